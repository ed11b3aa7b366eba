// SPDX-License-Identifier: GPL-2.0-or-later
#include "model.h"

#include <stdlib.h>
#include <string.h>

static int keeplocal(const char *config)
{
	return configon(config, "KEEP_LOCAL");
}

/* The source file that counts. */
static void usedtext(const struct world *w, const char *config, int p, struct buf *out)
{
	int version = w->recipe[p].version;

	if (p == LIB)
		sourcepatched(p, version, "used", w->patch[0], out);
	else if (p == TWIN)
		usedtext(w, config, LIB, out);
	else if (p == LOCAL) {
		localtext(LOCALTREE, "used", w->used[LOCALTREE], out);
		bufprintf(out, "far %d\n", w->far);
	} else if (p == KEEP && keeplocal(config))
		localtext(KEEPTREE, "used", w->used[KEEPTREE], out);
	else if (p == KEEP)
		sourcetext(p, version, "used", out);
}

static void options(const char *config, int p, struct buf *out)
{
	struct buf word = { 0 };

	if (p == TOP) {
		configget(config, "TOP_WORD", &word);
		bufprintf(out, "top %s %.*s\n", configon(config, "TOP_SHOUT") ? "y" : "",
			  word.len > 2 ? (int)word.len - 2 : 0, bufstr(&word) + (word.len > 0));
	} else if (p == KEEP) {
		configget(config, "KEEP_N", &word);
		bufprintf(out, "a=%s\nb=%s\nn=%s\n", configon(config, "KEEP_A") ? "y" : "",
			  configon(config, "KEEP_B") ? "y" : "", bufstr(&word));
	}
	buffree(&word);
}

/* The file "out" that p's build makes; it is what dependants get, in usr/lib. */
static void outtext(const struct world *w, const char *config, int p, struct buf *out)
{
	const struct recipe *r = &w->recipe[p];

	if (p == KEEP) {
		usedtext(w, config, p, out);
		options(config, p, out);
		bufprintf(out, "f=%d\ng=%d\n", r->flag[CONFIGURE], r->flag[BUILD]);
		if (keeplocal(config))
			localgit(w, KEEPTREE, out);
		else
			bufputs(out, "git none none clean\n");
		return;
	}
	bufprintf(out, "%s configure %d\n", partname[p], r->flag[CONFIGURE]);
	options(config, p, out);
	usedtext(w, config, p, out);
	if (p == LEFT)
		outtext(w, config, LIB, out);
	if (p == TOP) {
		outtext(w, config, LEFT, out);
		outtext(w, config, RIGHT, out);
	}
	if (p == LOCAL) {
		bufprintf(out, "gen says %d\n", w->recipe[GEN].flag[BUILD]);
		localgit(w, LOCALTREE, out);
	}
	bufprintf(out, "%s build %d\n", partname[p], r->flag[BUILD]);
}

void modelfile(const struct world *w, const char *config, int p, struct buf *out)
{
	outtext(w, config, p, out);
	bufprintf(out, "%s install %d\n", partname[p], w->recipe[p].flag[INSTALL]);
}

/* All packages that p depends on, directly or not, as bits. */
static unsigned int dependsall(const struct world *w, int p)
{
	unsigned int direct = worlddepends(w, p);
	unsigned int all = direct;

	for (int d = 0; d < NPKG; d++) {
		if (direct & 1u << d)
			all |= dependsall(w, d);
	}
	return all;
}

/* What p's sources are; nothing for a directory. */
static void sourcesid(const struct world *w, const char *config, int p, struct buf *out)
{
	if (p == TWIN)
		p = LIB;
	if (p == LOCAL || (p == KEEP && keeplocal(config)))
		return;
	bufprintf(out, "sources %d\n", w->recipe[p].version);
	if (p == LIB)
		bufprintf(out, "patches %d %d\n", w->patch[0], w->patch[1]);
}

/* All that counts of a directory of sources. */
static void treeid(const struct world *w, int tree, struct buf *out)
{
	const struct repo *r = &w->repo[tree];

	bufprintf(out, "tree %d %d %d %d\n", w->used[tree], w->unused[tree], w->more[tree],
		  tree == LOCALTREE ? w->far : 0);
	if (r->on)
		bufprintf(out, "commit %d of %d %d %d, tag %d, branch %d, %d\n", r->commit, r->used,
			  r->unused, r->more, r->tag, r->branch, localdirty(w, tree));
}

/* All that counts for a step of p. */
static void stepid(const struct world *w, const char *config, int p, int step, struct buf *out)
{
	const struct recipe *r = &w->recipe[p];
	int tree = p == LOCAL ? LOCALTREE : KEEPTREE;

	bufprintf(out, "%s\n", stepname[step]);
	sourcesid(w, config, p, out);
	if (p == KEEP)
		bufprintf(out, "local %d\n", keeplocal(config));
	bufprintf(out, "noise %d flag %d\n", r->noise[step], r->flag[step]);
	if (step == UNPACK)
		return;
	for (int d = 0; d < NPKG; d++) {
		if (dependsall(w, p) & 1u << d) {
			bufprintf(out, "uses %s:\n", partname[d]);
			outtext(w, config, d, out);
		}
	}
	if (step == CONFIGURE)
		options(config, p, out);
	if (step == BUILD && (p == LOCAL || (p == KEEP && keeplocal(config))))
		treeid(w, tree, out);
	if (step == INSTALL && p == GEN)
		bufprintf(out, "gen says %d\n", r->flag[BUILD]);
}

void modelconfig(const char *config, const char *prefix, struct buf *out)
{
	size_t len;

	for (const char *p = config; *p; p += len, p += *p == '\n') {
		len = strcspn(p, "\n");
		if (strncmp(p, prefix, strlen(prefix)) == 0) {
			bufadd(out, p, len);
			bufputc(out, '\n');
		}
	}
}

/* All that counts for the root filesystem. */
static void rootfsid(const struct world *w, const char *config, struct buf *out)
{
	struct buf value = { 0 };

	modelconfig(config, "CONFIG_ROOTFS_", out);
	configget(config, "ROOTFS_OVERLAY", &value);
	if (value.len > 2) {
		for (int i = 0; i < NOVERLAY; i++)
			bufprintf(out, "overlay %d\n", w->overlay[i]);
		if (w->overlay[0])
			bufprintf(out, "executable %d\n", w->overlayexec);
	}
	bufclear(&value);
	configget(config, "ROOTFS_DEVICE_TABLE", &value);
	if (value.len > 2)
		bufprintf(out, "table %d\n", w->table);
	for (int p = 0; p < NPKG; p++) {
		if (packageon(config, p)) {
			bufprintf(out, "package %s:\n", partname[p]);
			modelfile(w, config, p, out);
		}
	}
	buffree(&value);
}

/*
 * What may count, but need not: for a package, that its sources were unpacked by another
 * script to the same effect; for the root filesystem, what its files are dated by.
 */
static void looseid(const struct world *w, const char *config, int p, struct buf *out)
{
	if (p == ROOTFS) {
		for (int q = 0; q < NPKG; q++)
			bufprintf(out, "%d", packageon(config, q) ? w->recipe[q].version : 0);
		bufprintf(out, " %d\n", keeplocal(config));
	} else {
		bufprintf(out, "unpacked %d\n", w->recipe[p == TWIN ? LIB : p].noise[UNPACK]);
	}
}

/* Take text (emptied) as what to is of now. Returns nonzero if it was something else. */
static int changed(char to[DIGESTHEX], struct buf *text)
{
	char hex[DIGESTHEX];
	int ret;

	digestbytes(bufstr(text), text->len, hex);
	ret = memcmp(to, hex, DIGESTHEX) != 0;
	memcpy(to, hex, DIGESTHEX);
	buffree(text);
	return ret;
}

static unsigned int packagesteps(struct model *m, const struct world *w, const char *config, int p)
{
	int own = p != TWIN && p != LOCAL && !(p == KEEP && keeplocal(config));
	unsigned int steps = 0;

	for (int s = own ? UNPACK : CONFIGURE; s < NSTEP; s++) {
		struct buf id = { 0 };

		stepid(w, config, p, s, &id);
		if (changed(m->done[p].id[s], &id))
			steps |= 1u << s;
	}
	/* Each step is done on top of the one before; a build begins in an empty directory. */
	if (steps & 1u << CONFIGURE || (steps & 1u << BUILD && p != KEEP))
		steps |= 1u << CONFIGURE | 1u << BUILD | 1u << INSTALL;
	else if (steps & 1u << BUILD)
		steps |= 1u << INSTALL;
	return steps;
}

static unsigned int rootfssteps(struct model *m, const struct world *w, const char *config)
{
	struct buf id = { 0 };

	rootfsid(w, config, &id);
	return changed(m->done[ROOTFS].id[INSTALL], &id) ? 1u << INSTALL : 0;
}

void modelbuild(struct model *m, const struct world *w, const char *config, struct plan *plan)
{
	memset(plan, 0, sizeof(*plan));
	for (int p = 0; p < NPARTS; p++) {
		struct buf loose = { 0 };
		unsigned int steps;

		if (p != ROOTFS && !packageon(config, p))
			continue;
		steps = p == ROOTFS ? rootfssteps(m, w, config) : packagesteps(m, w, config, p);
		plan->must[p] = plan->may[p] = steps;
		looseid(w, config, p, &loose);
		if (changed(m->done[p].loose, &loose))
			plan->may[p] |= p == ROOTFS ? 1u << INSTALL : ALLSTEPS & ~1u;
		/* Where dates do not tell what is newer, keep is right to begin afresh. */
		if (p == KEEP && m->dates && steps & (1u << CONFIGURE | 1u << BUILD)) {
			plan->may[p] |= ALLSTEPS & ~1u;
			m->dates = 0;
		}
		if (m->done[p].unknown) {
			plan->must[p] = 0;
			plan->may[p] = ALLSTEPS;
			m->done[p].unknown = 0;
		}
		if (m->cache) {
			plan->must[p] = 0;
			plan->may[p] = plan->may[p] ? ALLSTEPS | CACHED : 0;
		}
	}
	/* With a cache, sources are unpacked when a step wants them, be it another package's. */
	if (m->cache && packageon(config, LIB))
		plan->may[LIB] |= plan->may[TWIN] & 1u << UNPACK;
}

void modelforget(struct model *m, int p)
{
	memset(&m->done[p], 0, sizeof(m->done[p]));
}

void modeldisturbed(struct model *m)
{
	for (int p = 0; p < NPARTS; p++)
		m->done[p].unknown = 1;
}
