// SPDX-License-Identifier: GPL-2.0-or-later
#include "decide.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "affected.h"
#include "base/affix.h"
#include "base/path.h"
#include "form.h"
#include "fs/file.h"
#include "release.h"
#include "role.h"

void because(struct plan *p, const char *fmt, ...)
{
	va_list ap;

	if (p->reason)
		return;
	va_start(ap, fmt);
	if (vasprintf(&p->reason, fmt, ap) < 0)
		p->reason = xstrdup("memory ran out");
	va_end(ap);
}

/* Whether series (as "6.12") is that of version (as "6.12.95"). */
static bool inseries(const char *version, const char *series, size_t len)
{
	return len && strncmp(version, series, len) == 0 &&
	       (version[len] == '.' || version[len] == '-' || !version[len]);
}

static void checkversion(const struct known *k, struct plan *p)
{
	const char *version = submakevalue(k->base, "KERNELVERSION");
	const char *s = k->versions;

	/* else its records name them by paths that are not looked for */
	if (strcmp(submakevalue(k->base, "srctree"), k->work->src) != 0)
		because(p, "kbuild calls the sources %s", submakevalue(k->base, "srctree"));

	while (*s) {
		size_t len = strcspn(s, " ");

		if (inseries(version, s, len))
			return;
		s += len + strspn(s + len, " ");
	}
	because(p, "replay is not proven with Linux %s on this architecture", version);
}

/* If the line gives a configuration a file of this machine, say so. */
static void checkfiles(struct plan *p, const char *line)
{
	static const char *const files[] = {
		"INITRAMFS_SOURCE",
		"EXTRA_FIRMWARE",
		"BOOT_CONFIG_EMBED_FILE",
		"SYSTEM_TRUSTED_KEYS",
		"SYSTEM_BLACKLIST_HASH_LIST",
		"SYSTEM_REVOCATION_KEYS",
		"CFG80211_EXTRA_REGDB_KEYDIR",
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		size_t len = strlen(files[i]);

		if (startswith(line, "CONFIG_") && startswith(line + 7, files[i]) &&
		    startswith(line + 7 + len, "=\"") && line[7 + len + 2] != '"')
			because(p, "the kernel has CONFIG_%s, files that are built in", files[i]);
	}
}

/* Options with which kbuild reads more than its records say, or makes other bytes each time. */
static void checkoptions(const struct known *k, struct plan *p)
{
	static const char *const unfit[] = {
		"MODVERSIONS",
		"IKHEADERS",
		"TRIM_UNUSED_KSYMS",
		"LTO_CLANG",
		"FTRACE_MCOUNT_USE_RECORDMCOUNT",
		"RUST",
		"UAPI_HEADER_TEST",
		"HEADERS_INSTALL",
		"GCC_PLUGINS",
		"MODULE_SIG",
		"DEBUG_INFO_BTF",
		"GDB_SCRIPTS",
	};
	char *path = pathjoin(k->work->build, "include/config/auto.conf");
	struct buf text = { 0 };
	char *p_, *line;

	if (fileread(path, &text) < 0)
		because(p, "%s cannot be read", path);
	p_ = text.data;
	while (p_ && (line = strsep(&p_, "\n"))) {
		for (size_t i = 0; i < sizeof(unfit) / sizeof(*unfit); i++) {
			if (startswith(line, "CONFIG_") && startswith(line + 7, unfit[i]) &&
			    line[7 + strlen(unfit[i])] == '=')
				because(p, "the kernel has CONFIG_%s", unfit[i]);
		}
		checkfiles(p, line);
	}
	buffree(&text);
	free(path);
}

/* ---- the build directory ---- */

struct buildview {
	struct known *k;
	struct plan *p;
};

/* Whether a file may have changed: the last run was to make it, or the image's own make looks. */
static bool mayhavechanged(const struct known *k, const char *path)
{
	if (!statewatches(path))
		return true;
	if (roleimage(path))
		return true;
	for (size_t i = 0; i < k->state.pending.len; i++) {
		char *record = besidetarget(k->state.pending.item[i], ".cmd");
		bool hit = strcmp(path, k->state.pending.item[i]) == 0 || strcmp(path, record) == 0;

		free(record);
		if (hit)
			return true;
	}
	return false;
}

static void seebuilt(void *ctx, enum snapchange what, const struct snapfile *file)
{
	struct buildview *v = ctx;

	(void)what;
	v->p->last |= roleimage(file->path);
	if (!v->p->reason && !mayhavechanged(v->k, file->path))
		because(v->p, "%s/%s was changed by another program", v->k->work->build,
			file->path);
}

static void checkbuild(struct known *k, struct plan *p, struct snapshot *now)
{
	struct buildview v = { k, p };
	char *where = NULL;

	if (snapshottree(now, k->work->build, ".replay", &where) < 0)
		because(p, "%s cannot be read", where);
	else
		snapshotcompare(&k->state.build, now, seebuilt, &v);
	free(where);
}

static void seeoutside(void *ctx, enum snapchange what, const struct snapfile *file)
{
	(void)what;
	because(ctx, "%s changed", file->path);
}

static void checkoutside(const struct known *k, struct plan *p)
{
	struct snapshot now = { 0 };

	for (size_t i = 0; i < k->state.outside.len; i++)
		snapshotstat(&now, k->state.outside.item[i].path);
	snapshotcompare(&k->state.outside, &now, seeoutside, p);
	snapshotfree(&now);
}

/* ---- the sources ---- */

static void seesource(void *ctx, enum snapchange what, const struct snapfile *file)
{
	struct buildview *v = ctx;
	struct known *k = v->k;
	struct timespec now;

	if (roleaside(file->path)) {
		listadd(&k->changed, file->path);
		return;
	}
	clock_gettime(CLOCK_REALTIME, &now);
	if (what == SNAP_ADDED)
		because(v->p, "%s is new", file->path);
	else if (what == SNAP_REMOVED)
		because(v->p, "%s is gone", file->path);
	else if (!S_ISREG(file->mode))
		because(v->p, "%s, which is no plain file, changed", file->path);
	else if (what == SNAP_SAMEDATE || file->mtim.tv_sec < k->state.begun.tv_sec)
		because(v->p, "%s changed, but has the date of before the last build", file->path);
	else if (file->mtim.tv_sec > now.tv_sec)
		because(v->p, "%s has a date in the future", file->path);
	else
		listadd(&k->changed, file->path);
}

/* A link: files that change are not known by the name that it gives them. */
static void checklink(const struct known *k, struct plan *p, const char *link)
{
	char *path = pathjoin(k->work->src, link);
	char *to = realpath(path, NULL);
	size_t src = strlen(k->work->src);
	const char *inside =
		to && startswith(to, k->work->src) && to[src] == '/' ? to + src + 1 : NULL;

	if (to && !inside)
		because(p, "%s leads out of the sources", link);
	for (size_t i = 0; inside && i < k->changed.len; i++) {
		size_t len = strlen(inside);

		if (strncmp(k->changed.item[i], inside, len) == 0 &&
		    (!k->changed.item[i][len] || k->changed.item[i][len] == '/'))
			because(p, "%s changed, which %s leads to", k->changed.item[i], link);
	}
	free(to);
	free(path);
}

static void checksource(struct known *k, struct plan *p)
{
	struct buildview v = { k, p };

	snapshotcompare(&k->state.source, &k->source, seesource, &v);
	listsort(&k->changed);
	for (size_t i = 0; i < k->source.len; i++) {
		if (S_ISLNK(k->source.item[i].mode) && !roleunread(k->source.item[i].path))
			checklink(k, p, k->source.item[i].path);
	}
}

/* ---- the last run ---- */

/* Goals without a record: say so, and whether there is any other reason. */
static void checkgoals(struct known *k, struct plan *p)
{
	struct plan other = { 0 };
	struct snapshot now = { 0 };

	checksource(k, &other);
	for (size_t i = 0; i < k->changed.len; i++) {
		if (!rolerecorded(k->changed.item[i]) && !roleaside(k->changed.item[i]))
			because(&other, "%s changed", k->changed.item[i]);
	}
	checkbuild(k, &other, &now);
	p->newgoals = !other.reason;
	because(p, "these goals were not built here before");
	snapshotfree(&now);
	planfree(&other);
}

/* The state of the last run, and whether this one is its like. */
static void checkstate(struct known *k, struct plan *p, bool goals)
{
	struct strlist left = { 0 };
	char *why = NULL;

	if (markread(k->work, &left))
		because(p, "the last run was killed");
	else if (stateread(k->work, &k->state) < 0)
		because(p, errno == ENOENT ? "no build by kbuild is recorded here"
					   : "what was recorded of the last build is damaged");
	else if (goals && strcmp(k->state.env, k->work->env) != 0)
		because(p, "the environment of the build is another one");
	listfree(&left);
	if (p->reason)
		return;
	if (!goals)
		memcpy(k->work->goals, k->state.goals, sizeof(k->work->goals));
	char *dir = staterecord(k->work);

	if (access(dir, F_OK) < 0)
		checkgoals(k, p);
	else if (submakesread(&k->makes, dir, &why) < 0)
		because(p, "%s", why);
	k->base = submakeof(&k->makes, SUBMAKE_OBJECT);
	free(why);
	free(dir);
}

/* ---- all together ---- */

void decide(struct known *k, struct plan *p, bool goals)
{
	struct snapshot now = { 0 };
	struct release release = { 0 };
	char *why = NULL;

	checkstate(k, p, goals);
	if (!p->reason)
		releaseask(&release, k->work, k->base);
	if (!p->reason)
		checkversion(k, p);
	if (!p->reason)
		checkoptions(k, p);
	if (!p->reason)
		checksource(k, p);
	if (!p->reason)
		checkbuild(k, p, &now);
	if (!p->reason)
		checkoutside(k, p);
	if (!p->reason && cmdfilesread(&k->commands, k->work->build, &now, &why) < 0)
		because(p, "%s", why);
	if (!p->reason)
		affectedfind(k, p);
	if (!releasesame(&release, k->work, k->base))
		because(p, "the kernel's release is another one");
	p->same = !p->reason && !p->last && !p->compile.len && !p->offsets.len &&
		  !p->archives.len && !p->dirs.len && strcmp(k->state.goals, k->work->goals) == 0;
	free(why);
	snapshotfree(&now);
}

static bool addoutside(const struct work *w, const char *path, size_t len, struct strlist *out)
{
	size_t src = strlen(w->src), build = strlen(w->build);

	if (*path != '/' || (len > src && strncmp(path, w->src, src) == 0 && path[src] == '/') ||
	    (len > build && strncmp(path, w->build, build) == 0 && path[build] == '/'))
		return false;
	char *one = xstrndup(path, len);

	if (!out->len || strcmp(out->item[out->len - 1], one) != 0)
		listadd(out, one);
	free(one);
	return true;
}

void outsidelisted(const struct work *w, const struct cmdfiles *commands, struct snapshot *out)
{
	struct strlist all = { 0 };

	for (size_t i = 0; i < commands->len; i++) {
		const struct cmdfile *c = &commands->item[i];

		for (size_t k = 0; k < c->deps; k++)
			addoutside(w, c->dep[k].path, c->dep[k].len, &all);
	}
	listsort(&all);
	for (size_t i = 0; i < all.len; i++) {
		if (i == 0 || strcmp(all.item[i], all.item[i - 1]) != 0)
			snapshotstat(out, all.item[i]);
	}
	snapshotsort(out);
	listfree(&all);
}

void knownfree(struct known *k)
{
	statefree(&k->state);
	snapshotfree(&k->source);
	submakesfree(&k->makes);
	cmdfilesfree(&k->commands);
	listfree(&k->changed);
}

void planfree(struct plan *p)
{
	free(p->reason);
	listfree(&p->offsets);
	listfree(&p->compile);
	listfree(&p->dirs);
	listfree(&p->thin);
	listfree(&p->archives);
	*p = (struct plan){ 0 };
}
