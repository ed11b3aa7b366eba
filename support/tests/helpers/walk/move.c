// SPDX-License-Identifier: GPL-2.0-or-later
#include "move.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/msg.h"
#include "build.h"
#include "fs/file.h"
#include "fs/remove.h"

/* Put line in place of what .config says of symbol. */
static void configure(struct walk *w, const char *symbol, const char *line)
{
	struct buf config = { 0 };

	configread(w, &config);
	configset(&config, symbol, line);
	configwrite(w, &config);
	buffree(&config);
	bufprintf(&w->said, "%s; ", line);
}

static void configbool(struct walk *w, const char *symbol, int on)
{
	char *line =
		on ? xasprintf("CONFIG_%s=y", symbol) : xasprintf("# CONFIG_%s is not set", symbol);

	configure(w, symbol, line);
	free(line);
}

void another(struct walk *w, int *n, int low, int high)
{
	*n = low + (*n - low + 1 + roll(&w->dice, high - low)) % (high - low + 1);
}

/* A package, rather one that is chosen than not. */
static int package(struct walk *w)
{
	struct buf config = { 0 };
	int p = roll(&w->dice, NPKG);

	configread(w, &config);
	for (int i = 0; i < 2 && !packageon(bufstr(&config), p); i++)
		p = roll(&w->dice, NPKG);
	buffree(&config);
	return p;
}

/* Turn a symbol on or off: what it is not. */
static void configflip(struct walk *w, const char *symbol)
{
	struct buf config = { 0 };

	configread(w, &config);
	configbool(w, symbol, !configon(bufstr(&config), symbol));
	buffree(&config);
}

static void movepackage(struct walk *w)
{
	char *symbol = xasprintf("PACKAGE_%s", partprefix[roll(&w->dice, NPKG)]);

	configflip(w, symbol);
	free(symbol);
}

static void moveoption(struct walk *w)
{
	static const char *const symbol[] = { "TOP_SHOUT", "KEEP_A", "KEEP_B", "KEEP_LOCAL" };
	int n = roll(&w->dice, 6);
	char *line;

	if (n < 4) {
		configflip(w, symbol[n]);
		return;
	}
	line = n == 4 ? xasprintf("CONFIG_KEEP_N=%d", roll(&w->dice, 10))
		      : xasprintf("CONFIG_TOP_WORD=\"word%d\"", roll(&w->dice, 4));
	configure(w, n == 4 ? "KEEP_N" : "TOP_WORD", line);
	free(line);
}

/* Point a symbol to something in the external tree, or to nothing (NULL). */
static void configfiles(struct walk *w, const char *symbol, const char *name)
{
	char *line = xasprintf("CONFIG_%s=\"%s%s%s\"", symbol, name ? w->ext : "", name ? "/" : "",
			       name ? name : "");

	configure(w, symbol, line);
	free(line);
}

/* What only the root filesystem knows. */
static void moverootfs(struct walk *w)
{
	static const char *const symbol[] = { "ROOTFS_GREETING", "ROOTFS_HOSTNAME",
					      "ROOTFS_ROOT_PASSWORD", "ROOTFS_COMPRESS_*" };
	static const char *const how[] = { "NONE", "GZIP", "BZIP2", "XZ", "ZSTD", "LZ4" };
	int n = roll(&w->dice, 6);
	int value = roll(&w->dice, 6);
	char *line;

	if (n == 4) {
		configfiles(w, "ROOTFS_OVERLAY", value < 4 ? "overlay" : NULL);
	} else if (n == 5) {
		configfiles(w, "ROOTFS_DEVICE_TABLE", value < 4 ? "table" : NULL);
	} else {
		line = n < 3 ? xasprintf("CONFIG_%s=\"value%d\"", symbol[n], value)
			     : xasprintf("CONFIG_ROOTFS_COMPRESS_%s=y", how[value]);
		configure(w, symbol[n], line);
		free(line);
	}
}

/* What nothing here is made of. */
static void moveelsewhere(struct walk *w)
{
	static const char *const symbol[] = { "QEMU_MEMORY", "TOOLCHAIN_CFLAGS", "QEMU_APPEND" };
	int n = roll(&w->dice, 3);
	char *line = xasprintf(n ? "CONFIG_%s=\"-DX=%d\"" : "CONFIG_%s=%d", symbol[n],
			       64 + roll(&w->dice, 4));

	configure(w, symbol[n], line);
	free(line);
}

/* A line is lost; the front end asks for its default. */
static void moveforget(struct walk *w)
{
	struct buf config = { 0 };
	size_t at, end;

	configread(w, &config);
	at = (size_t)roll(&w->dice, (int)config.len);
	while (at > 0 && config.data[at - 1] != '\n')
		at--;
	bufprintf(&w->said, "forget %.*s; ", (int)strcspn(config.data + at, "\n"),
		  config.data + at);
	end = at + strcspn(config.data + at, "\n");
	memmove(config.data + at, config.data + end, config.len - end + 1);
	config.len -= end - at;
	configwrite(w, &config);
	buffree(&config);
}

void moverandconfig(struct walk *w)
{
	char *seed = xasprintf("%d", roll(&w->dice, 1000000));
	char *pins = pathjoin(w->scratch, "allconfig");
	struct outcome o;

	bufprintf(&w->said, "randconfig %s; ", seed);
	if (filewrite(pins, bufstr(&w->pins), w->pins.len, 0666) < 0)
		die("cannot write %s:", pins);
	setenv("KCONFIG_PROBABILITY", "70", 1);
	setenv("KCONFIG_SEED", seed, 1);
	setenv("KCONFIG_ALLCONFIG", pins, 1);
	build(w, w->out, "randconfig", 1, -1, 0, &o);
	if (o.status != 0)
		die("make randconfig failed: %s", bufstr(&o.log));
	unsetenv("KCONFIG_PROBABILITY");
	unsetenv("KCONFIG_SEED");
	unsetenv("KCONFIG_ALLCONFIG");
	configfiles(w, "ROOTFS_OVERLAY", roll(&w->dice, 3) ? "overlay" : NULL);
	configfiles(w, "ROOTFS_DEVICE_TABLE", roll(&w->dice, 3) ? "table" : NULL);
	outcomefree(&o);
	free(seed);
	free(pins);
}

static void moveflag(struct walk *w)
{
	int p = package(w);
	int s = CONFIGURE + roll(&w->dice, NSTEP - CONFIGURE);

	another(w, &w->world.recipe[p].flag[s], 0, 3);
	bufprintf(&w->said, "flag of %s %s is %d; ", partname[p], stepname[s],
		  w->world.recipe[p].flag[s]);
}

static void movenoise(struct walk *w)
{
	int p = package(w);
	int s = roll(&w->dice, NSTEP);

	/* Only these two unpack by a script that has it. */
	if (s == UNPACK)
		p = p % 2 ? LIB : GEN;
	another(w, &w->world.recipe[p].noise[s], 0, 3);
	bufprintf(&w->said, "noise in %s %s is %d; ", partname[p], stepname[s],
		  w->world.recipe[p].noise[s]);
}

static void movecomment(struct walk *w)
{
	int p = package(w);

	w->world.recipe[p].comment++;
	bufprintf(&w->said, "another comment in %s; ", partname[p]);
}

static void moveversion(struct walk *w)
{
	int p = roll(&w->dice, 3) ? LIB : KEEP;

	another(w, &w->world.recipe[p].version, 1, p == LIB ? LIBVERSIONS : KEEPVERSIONS);
	bufprintf(&w->said, "version of %s is %d; ", partname[p], w->world.recipe[p].version);
}

static void movepatch(struct walk *w)
{
	int i = roll(&w->dice, 2);

	another(w, &w->world.patch[i], 0, 2);
	bufprintf(&w->said, "patch %d of lib is %d; ", i + 1, w->world.patch[i]);
}

static void movedepends(struct walk *w)
{
	w->world.rightgen = !w->world.rightgen;
	bufprintf(&w->said, "right %s on gen; ", w->world.rightgen ? "depends" : "does not depend");
}

static void movesource(struct walk *w)
{
	struct buf config = { 0 };
	int t = roll(&w->dice, NTREE);
	int n = roll(&w->dice, 5);
	int *file;

	/* Rather where it counts, and with all kinds of dates. */
	configread(w, &config);
	if (configon(bufstr(&config), "KEEP_LOCAL") && roll(&w->dice, 2))
		t = KEEPTREE;
	w->editing.date = roll(&w->dice, NDATES);
	file = n < 3 ? &w->world.used[t] : n < 4 ? &w->world.unused[t] : &w->world.more[t];

	another(w, file, 0, n < 4 ? 9 : 1);
	bufprintf(&w->said, "%s in the sources of %s is %d; ",
		  n < 2	  ? "used"
		  : n < 4 ? "unused"
			  : "more",
		  t == KEEPTREE ? "keep" : "local", *file);
	buffree(&config);
}

static void moveoverlay(struct walk *w)
{
	int n = roll(&w->dice, NOVERLAY + 2);

	if (n < NOVERLAY)
		another(w, &w->world.overlay[n], n == 0, 4);
	else if (n == NOVERLAY)
		w->world.overlayexec = !w->world.overlayexec;
	else
		another(w, &w->world.table, 1, 5);
	bufprintf(&w->said, "overlay %d %d %d%s, table %d; ", w->world.overlay[0],
		  w->world.overlay[1], w->world.overlay[2], w->world.overlayexec ? " x" : "",
		  w->world.table);
}

static void movetouch(struct walk *w)
{
	treetouch(w->ext);
	bufputs(&w->said, "touch all; ");
}

/*
 * The clock goes back an hour. What counts is that files then seem to be made later than now,
 * so all are moved by an hour instead of the machine's clock.
 */
static void moveclock(struct walk *w)
{
	treeshift(w->out, 3600);
	treeshift(w->ext, 3600);
	w->model.dates = 1;
	bufputs(&w->said, "clock back an hour; ");
}

static void moveout(struct walk *w)
{
	static const char *const place[] = { "out", "a/b/c/out-2", "o", "another/output" };
	char *to = pathjoin(w->space, place[roll(&w->dice, 4)]);

	bufprintf(&w->said, "O is %s; ", to + strlen(w->space) + 1);
	if (strcmp(to, w->out) != 0 && (mkparents(to) < 0 || rename(w->out, to) < 0))
		die("cannot move %s to %s:", w->out, to);
	free(w->out);
	w->out = to;
}

/* The downloads are gone; the mirror has them. */
static void movedownloads(struct walk *w)
{
	char *dl = xasprintf("%s/cache/whittle/dl", w->space);

	if (treeremove(dl) < 0)
		die("cannot remove %s:", dl);
	free(dl);
	bufputs(&w->said, "no downloads; ");
}

/* make clean, make <package>-dirclean, or images/ is removed. */
static void moveclean(struct walk *w)
{
	int p = roll(&w->dice, NPKG + 2);
	char *goal = p < NPKG ? xasprintf("%s-dirclean", partname[p]) : xstrdup("clean");
	char *images = pathjoin(w->out, "images");
	struct outcome o = { 0 };

	if (p > NPKG) {
		if (treeremove(images) < 0)
			die("cannot remove %s:", images);
		bufputs(&w->said, "rm -r images; ");
	} else {
		build(w, w->out, goal, 1, -1, 0, &o);
		if (o.status != 0)
			die("make %s failed: %s", goal, bufstr(&o.log));
		for (int q = 0; q < NPARTS; q++) {
			if (p == NPKG || q == p)
				modelforget(&w->model, q);
		}
		bufprintf(&w->said, "make %s; ", goal);
	}
	outcomefree(&o);
	free(images);
	free(goal);
}

/* As when another branch is checked out: back to a state of some moves ago. */
static void movepast(struct walk *w)
{
	int n = roll(&w->dice, NPAST);
	struct buf config = { 0 };

	if (!w->past[n].config.len)
		return;
	w->world = w->past[n].world;
	bufadd(&config, w->past[n].config.data, w->past[n].config.len);
	configwrite(w, &config);
	buffree(&config);
	bufputs(&w->said, "back to an earlier state; ");
}

static const struct {
	void (*move)(struct walk *w);
	int weight;
} moves[] = {
	/* those that touch .config */
	{ movepackage, 8 },
	{ moveoption, 7 },
	{ moverootfs, 6 },
	{ movepast, 4 },
	{ moverandconfig, 3 },
	{ moveelsewhere, 2 },
	{ moveforget, 2 },
	/* and the others */
	{ moveflag, 8 },
	{ movenoise, 5 },
	{ moveversion, 5 },
	{ movepatch, 5 },
	{ movesource, 9 },
	{ moveoverlay, 5 },
	{ movecomment, 2 },
	{ movedepends, 2 },
	{ movegit, 8 },
	{ movebeside, 4 },
	{ moveahead, 2 },
	{ movetouch, 2 },
	{ moveclock, 3 },
	{ moveout, 2 },
	{ movedownloads, 2 },
	{ moveclean, 3 },
};

enum { NMOVES = sizeof(moves) / sizeof(*moves), FIRSTTREE = 7 };

/* One of those from first on. */
static void movesome(struct walk *w, int first)
{
	int sum = 0, n, i;

	for (i = first; i < NMOVES; i++)
		sum += moves[i].weight;
	n = roll(&w->dice, sum);
	for (i = first; n >= moves[i].weight; i++)
		n -= moves[i].weight;
	moves[i].move(w);
	if (w->editing.date == DATESAME || w->editing.date == DATEOLD)
		w->model.dates = 1;
	treewrite(&w->world, w->ext, &w->editing);
}

void movework(struct walk *w)
{
	if (roll(&w->dice, 3) == 0) {
		moveflag(w);
	} else {
		configbool(w, "PACKAGE_KEEP", 1);
		configflip(w, roll(&w->dice, 2) ? "KEEP_A" : "KEEP_B");
	}
	treewrite(&w->world, w->ext, &w->editing);
}

void moveany(struct walk *w)
{
	movesome(w, 0);
}

void movetree(struct walk *w)
{
	movesome(w, FIRSTTREE);
}
