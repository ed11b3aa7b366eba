// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * walk: goes from one configuration of small packages to another by random moves, builds after
 * each, and compares all of images/ with what a clean build of the same state gives, and the
 * steps that ran with those that had to. support/tests/engine/60-walk.t compiles and runs it;
 * it runs in the top directory of the tree.
 *
 *	world.c    what may be different: packages, sources, overlay
 *	move.c     the moves; beside.c: those of git, links and dates
 *	tree.c     writes the external tree; recipe.c: its recipes
 *	model.c    what has to be done, and what comes out, by what the packages are
 *	build.c    runs make, kills it, fills its disk
 *	compare.c  compares results, remembers clean builds by their state
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/msg.h"
#include "build.h"
#include "compare.h"
#include "fs/file.h"
#include "fs/remove.h"
#include "move.h"

static const char usage[] =
	"usage: walk --seed N --moves N --tools TOOLDIR --dir DIR [--tmpfs] [--cache] [--keep DIR]\n"
	"\n"
	"  --tmpfs     mount a small file system below DIR, and fill it now and then\n"
	"  --cache     let the builds that are tested use an artifact cache\n"
	"  --keep DIR  copy the outputs there if they are not what they should be\n"
	"exit: 0 all as it should be, 1 not, or something could not be done, 2 usage\n";

static struct {
	long killed, full;    /* builds that were disturbed, and did not end well */
	long clean, recalled; /* clean builds, and results that were remembered */
	long steps;	      /* that the builds after the moves did */
	long still;	      /* of those builds, the ones that did nothing */
	long cached;	      /* images that came from a cache */
} count;

static const char *keepdir;

void configread(const struct walk *w, struct buf *config)
{
	char *path = pathjoin(w->out, ".config");

	if (fileread(path, config) < 0 && errno != ENOENT)
		die("cannot read %s:", path);
	free(path);
}

void configwrite(const struct walk *w, struct buf *config)
{
	char *path = pathjoin(w->out, ".config");
	struct buf pins = { 0 };
	char *p, *line;
	FILE *f;

	bufputs(&pins, w->pins.data);
	p = pins.data;
	while ((line = strsep(&p, "\n"))) {
		char *symbol = strstr(line, "CONFIG_");

		if (!symbol)
			continue;
		symbol = xstrndup(symbol + 7, strcspn(symbol + 7, "= "));
		configset(config, symbol, line);
		free(symbol);
	}
	if (w->editing.replace) {
		if (filewrite(path, bufstr(config), config->len, 0666) < 0)
			die("cannot write %s:", path);
	} else {
		f = fopen(path, "w");
		if (!f || fwrite(config->data, 1, config->len, f) != config->len || fclose(f) != 0)
			die("cannot write %s:", path);
	}
	buffree(&pins);
	free(path);
}

/* What is the same in all configurations: none of the tree's own packages, sources from dir. */
static void pinsmake(struct walk *w, const char *mirror)
{
	struct strlist names = { 0 };

	bufputs(&w->pins, "CONFIG_TOOLCHAIN_NONE=y\nCONFIG_ROOTFS_INIT_SCRIPT=y\n"
			  "CONFIG_BOARD_QEMU_X86_64=y\nCONFIG_OFFLINE=y\n"
			  "# CONFIG_ROOTFS_CHECK_NEEDS is not set\n");
	bufprintf(&w->pins, "CONFIG_MIRROR=\"file://%s\"\n", mirror);
	bufputs(&w->pins, w->model.cache ? "CONFIG_CACHE=y\n" : "# CONFIG_CACHE is not set\n");
	if (dirlist("package", &names) < 0)
		die("cannot read package:");
	for (size_t i = 0; i < names.len; i++) {
		for (char *c = names.item[i]; *c; c++)
			*c = *c == '-' ? '_' : (char)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c);
		bufprintf(&w->pins, "# CONFIG_PACKAGE_%s is not set\n", names.item[i]);
	}
	listfree(&names);
}

/* Tell what is wrong, how it came about, and end. */
static void fail(struct walk *w, const char *what, const char *detail, struct outcome *o)
{
	printf("%s\n%s", what, detail);
	if (o)
		printf("what make said:\n%s", bufstr(&o->log));
	if (keepdir) {
		char *argv[] = { "cp", "-a", w->space, (char *)keepdir, NULL };

		if (runquietly(argv) == 0)
			printf("all is kept in %s\n", keepdir);
	}
	fflush(stdout);
	exit(EXIT_FAILED);
}

static void steplist(unsigned int bits, int p, const char *what, struct buf *out)
{
	for (int s = 0; s <= NSTEP; s++) { /* CACHED is the last */
		if (bits & 1u << s)
			bufprintf(out, "  %s %s: %s\n", s < NSTEP ? stepname[s] : "CACHE",
				  partname[p], what);
	}
}

/* Compare the steps that ran with those that had to. */
static void plancheck(struct walk *w, const struct plan *plan, struct outcome *o)
{
	struct buf wrong = { 0 };
	long steps = 0;

	for (int p = 0; p < NPARTS; p++) {
		steplist(o->ran[p] & ~plan->may[p], p, "was done, though nothing of it had changed",
			 &wrong);
		steplist(plan->must[p] & ~o->ran[p], p, "was not done, though it had to be",
			 &wrong);
		steps += __builtin_popcount(o->ran[p]);
	}
	if (o->twice)
		bufputs(&wrong, "  a step was done twice\n");
	if (wrong.len)
		fail(w, "the steps are not those that the change asks for:", wrong.data, o);
	for (int p = 0; p < NPARTS; p++)
		count.cached += (o->ran[p] & CACHED) != 0;
	count.steps += steps;
	count.still += !steps;
}

/* The result of a clean build of the state, made in another directory, or remembered. */
static const struct result *cleanbuild(struct walk *w, const struct buf *config, const char *state)
{
	const struct result *known = recall(state);
	char *out = pathjoin(w->space, "clean/deeper/and/of/another-name");
	char *path = pathjoin(out, ".config");
	struct buf text = { 0 };
	struct result *r;
	struct outcome o;

	count.recalled += known != NULL;
	count.clean += !known;
	if (!known) {
		bufputs(&text, config->data);
		configset(&text, "CACHE", "# CONFIG_CACHE is not set");
		if (treeremove(out) < 0 || mkdirs(out) < 0 ||
		    filewrite(path, text.data, text.len, 0666) < 0)
			die("cannot begin anew in %s:", out);
		build(w, out, NULL, 1 + roll(&w->dice, 4), -1, 0, &o);
		if (o.status != 0)
			fail(w, "a clean build failed:", "", &o);
		outcomefree(&o);
		r = xcalloc(1, sizeof(*r));
		resultread(out, r);
		remember(state, r);
		known = r;
	}
	buffree(&text);
	free(path);
	free(out);
	return known;
}

/* Build, and see that all is as it should be. */
static void checkedbuild(struct walk *w)
{
	int jobs = 1 + roll(&w->dice, 4);
	struct buf config = { 0 }, wrong = { 0 };
	char state[DIGESTHEX];
	const struct result *clean;
	struct result result;
	struct outcome o;
	struct plan plan;

	configread(w, &config);
	if (!config.len)
		fail(w, "the configuration is lost", "", NULL);
	statedigest(&w->world, bufstr(&config), state);
	build(w, w->out, NULL, jobs, -1, 0, &o);
	if (o.status != 0)
		fail(w, "the build failed:", "", &o);
	resultread(w->out, &result);
	modelbuild(&w->model, &w->world, bufstr(&result.config), &plan);
	plancheck(w, &plan, &o);
	clean = cleanbuild(w, &config, state);
	resultdiff(&result, clean, &wrong);
	if (wrong.len)
		fail(w, "-: what came out, +: what a clean build gives:", wrong.data, &o);
	w->usual = o.took > w->usual * 3 / 4 ? o.took : w->usual * 3 / 4;
	manifestcheck(&w->world, bufstr(&result.config), w->out, &wrong);
	if (wrong.len)
		fail(w, "the result is not what the recipes say:", wrong.data, &o);
	/* The configuration is complete now: it is the same state by another text. */
	bufclear(&config);
	configread(w, &config);
	statedigest(&w->world, bufstr(&config), state);
	if (!recall(state))
		remember(state, clean);
	resultfree(&result);
	outcomefree(&o);
	buffree(&wrong);
	buffree(&config);
}

/* What is done about processes that outlive a killed make. */
enum { ATONCE, WAIT, ALL };

/* A build that is killed or finds the disk full; then perhaps another change. */
static void disturb(struct walk *w)
{
	static const char *const says[] = { "and on at once", "and wait for what is left",
					    "all of it killed" };
	int full = w->tmpfs && roll(&w->dice, 3) == 0;
	int amount = full ? roll(&w->dice, 10) : 20 + roll(&w->dice, 90); /* pages, percent */
	int how = roll(&w->dice, 3);
	struct outcome o;

	movework(w);
	if (full)
		spacelimit(w, amount * 4096L);
	build(w, w->out, NULL, 1 + roll(&w->dice, 4), full ? -1 : amount * w->usual / 100,
	      how == ALL, &o);
	if (full)
		spacelimit(w, -1);
	if (full || how == WAIT)
		leftovers();
	if (full)
		bufprintf(&w->said, "build with %d pages of space; ", amount);
	else
		bufprintf(&w->said, "build for %d%% of the time, %s; ", amount, says[how]);
	count.full += full && o.status != 0;
	count.killed += !full && o.status != 0;
	modeldisturbed(&w->model);
	outcomefree(&o);
	if (roll(&w->dice, 4) == 0) {
		leftovers();
		movetree(w);
	}
}

static void keeppast(struct walk *w)
{
	int n = roll(&w->dice, 2 * NPAST);

	if (n >= NPAST)
		return;
	w->past[n].world = w->world;
	bufclear(&w->past[n].config);
	configread(w, &w->past[n].config);
}

static void step(struct walk *w, long n)
{
	int changes = roll(&w->dice, 3) ? 1 : 2 + roll(&w->dice, 3);

	bufclear(&w->said);
	w->editing.replace = roll(&w->dice, 2);
	w->editing.date = roll(&w->dice, 2) ? DATENOW : roll(&w->dice, NDATES);
	if (n == 0)
		moverandconfig(w);
	for (int i = 0; n > 0 && i < changes; i++)
		moveany(w);
	if (roll(&w->dice, 6) == 0)
		disturb(w);
	printf("%ld: %s\n", n, bufstr(&w->said));
	fflush(stdout);
	checkedbuild(w);
	leftovers();
	keeppast(w);
}

/* All that is written is in a repository, which none of it has to do with; and what git says
 * depends on nothing of this machine. */
static void repostart(const struct walk *w)
{
	static const char *const env[][2] = {
		{ "HOME", "/nonexistent" },
		{ "GIT_AUTHOR_NAME", "me" },
		{ "GIT_AUTHOR_EMAIL", "me@x" },
		{ "GIT_AUTHOR_DATE", "1262304000 +0000" },
		{ "GIT_COMMITTER_NAME", "me" },
		{ "GIT_COMMITTER_EMAIL", "me@x" },
		{ "GIT_COMMITTER_DATE", "1262304000 +0000" },
	};
	char *argv[] = { "sh", "-c", NULL, NULL };

	for (size_t i = 0; i < sizeof(env) / sizeof(*env); i++)
		setenv(env[i][0], env[i][1], 1);
	argv[2] = xasprintf(
		"for d in '%s' '%s'; do git init -q --template= $d && git -C $d commit -q --allow-empty -m outer; done",
		w->scratch, w->space);
	if (runquietly(argv) != 0)
		die("cannot make a repository in %s", w->scratch);
	free(argv[2]);
}

static void walkstart(struct walk *w)
{
	char *mirror = pathjoin(w->scratch, "mirror");
	char *cache = NULL;

	prctl(PR_SET_CHILD_SUBREAPER, 1);
	w->space = w->tmpfs ? pathjoin(w->scratch, "space") : xstrdup(w->scratch);
	w->ext = pathjoin(w->scratch, "ext");
	w->out = pathjoin(w->space, "out");
	cache = pathjoin(w->space, "cache");
	if (mkdirs(w->space) < 0 || (w->tmpfs && mount("walk", w->space, "tmpfs", 0, "") < 0))
		die("cannot mount a tmpfs at %s:", w->space);
	if (mkdirs(w->out) < 0 || setenv("XDG_CACHE_HOME", cache, 1) < 0)
		die("cannot make %s:", w->out);
	if (w->tmpfs)
		spacelimit(w, -1);
	repostart(w);
	tarballs(mirror);
	pinsmake(w, mirror);
	for (int p = 0; p < NPKG; p++)
		w->world.recipe[p].version = 1;
	w->world.overlay[0] = w->world.table = 1;
	treewrite(&w->world, w->ext, &w->editing);
	free(mirror);
	free(cache);
}

int main(int argc, char **argv)
{
	static struct walk w;
	unsigned long seed = 1;
	long moves = 10;

	progname = "walk";
	for (int i = 1; i < argc; i++) {
		const char *arg = i + 1 < argc ? argv[i + 1] : "";

		if (strcmp(argv[i], "--help") == 0) {
			fputs(usage, stdout);
			return EXIT_OK;
		} else if (strcmp(argv[i], "--tmpfs") == 0) {
			w.tmpfs = 1;
		} else if (strcmp(argv[i], "--cache") == 0) {
			w.model.cache = 1;
		} else if (*arg && strcmp(argv[i], "--seed") == 0) {
			seed = strtoul(argv[++i], NULL, 10);
		} else if (*arg && strcmp(argv[i], "--moves") == 0) {
			moves = strtol(argv[++i], NULL, 10);
		} else if (*arg && strcmp(argv[i], "--tools") == 0) {
			w.tools = argv[++i];
		} else if (*arg && strcmp(argv[i], "--dir") == 0) {
			w.scratch = argv[++i];
		} else if (*arg && strcmp(argv[i], "--keep") == 0) {
			keepdir = argv[++i];
		} else {
			dieusage("unknown option, or one without its value: '%s'", argv[i]);
		}
	}
	if (!w.tools || !w.scratch)
		dieusage("--tools and --dir are needed");
	diceseed(&w.dice, seed);
	walkstart(&w);
	for (long n = 0; n <= moves; n++)
		step(&w, n);
	printf("seed %lu: %ld moves, %ld steps, %ld images from a cache, %ld builds had nothing to do, "
	       "%ld were killed and %ld had no space; %ld clean builds, %ld remembered\n",
	       seed, moves, count.steps, count.cached, count.still, count.killed, count.full,
	       count.clean, count.recalled);
	return EXIT_OK;
}
