// SPDX-License-Identifier: GPL-2.0-or-later
#include "shortcut.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/msg.h"
#include "form.h"
#include "fs/file.h"
#include "thin.h"

/* ---- archives ---- */

static int deepestfirst(const void *a, const void *b)
{
	const char *const paths[] = { *(const char *const *)a, *(const char *const *)b };
	int slashes[2] = { 0 };

	for (size_t i = 0; i < 2; i++) {
		for (const char *p = paths[i]; (p = strchr(p, '/')); p++)
			slashes[i]++;
	}
	return slashes[0] != slashes[1] ? slashes[1] - slashes[0] : strcmp(paths[0], paths[1]);
}

void shortcutarchives(const struct known *k, struct plan *p)
{
	const struct programs by = submakeprograms(k->base);
	const struct cmdfile *whole = cmdfilefind(&k->commands, "vmlinux.a");
	struct strlist all = { 0 };
	int ret = 0;

	for (size_t i = 0; i < p->archives.len; i++) {
		const struct cmdfile *c = cmdfilefind(&k->commands, p->archives.item[i]);

		if (c && commandform(c, &by, NULL) == FORM_ARCHIVE)
			listadd(&all, c->target);
	}
	if (all.len)
		qsort(all.item, all.len, sizeof(*all.item), deepestfirst);
	if (whole && p->relink)
		listadd(&all, whole->target);
	/* what is above an archive that ar makes later must not be older */
	for (size_t i = 0; ret == 0 && i < all.len; i++) {
		ret = thinupdate(k->work->build, all.item[i], &p->compile);
		if (ret < 0)
			die("cannot write %s/%s:", k->work->build, all.item[i]);
		if (ret == 0)
			listadd(&p->thin, all.item[i]);
	}
	listfree(&all);
}

/* ---- objects ---- */

void shortcutbefore(const struct known *k, const struct plan *p, struct strlist *digests)
{
	for (size_t i = 0; i < p->compile.len; i++) {
		char *path = pathjoin(k->work->build, p->compile.item[i]);
		char hex[DIGESTHEX] = "";

		listadd(digests, digestfile(path, hex) == 0 ? hex : "");
		free(path);
	}
}

/* Whether all that was compiled is what it was. */
static bool same(const struct known *k, const struct plan *p, const struct strlist *digests)
{
	struct strlist now = { 0 };
	bool good = true;

	shortcutbefore(k, p, &now);
	for (size_t i = 0; good && i < now.len; i++)
		good = *now.item[i] && strcmp(now.item[i], digests->item[i]) == 0;
	listfree(&now);
	return good;
}

/* ---- dates ---- */

/* The date of a file, relative to the build directory. Returns whether it is there. */
static bool date(const struct known *k, const char *name, struct timespec *out)
{
	char *path = *name == '/' ? xstrdup(name) : pathjoin(k->work->build, name);
	struct stat st;
	bool there = stat(path, &st) == 0;

	*out = there ? st.st_mtim : (struct timespec){ 0 };
	free(path);
	return there;
}

static bool older(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec : a.tv_nsec < b.tv_nsec;
}

/* Whether target, if there is one, is not older than what its record names. */
static bool current(const struct known *k, const char *target)
{
	const struct cmdfile *c = cmdfilefind(&k->commands, target);
	struct timespec its, of;
	bool good = c && date(k, target, &its);

	if (!c)
		return !date(k, target, &its);
	good = good && (!c->source || (date(k, c->source, &of) && !older(its, of)));
	for (size_t i = 0; good && i < c->deps; i++) {
		char *path = xstrndup(c->dep[i].path, c->dep[i].len);

		good = date(k, path, &of) && !older(its, of);
		free(path);
	}
	return good;
}

/* ---- the link ---- */

/*
 * Give the date of now to what is made of vmlinux.a. What was not up to date, as the lists that
 * only other goals have, stays so.
 */
static void touchlinked(const struct known *k)
{
	/* in the order in which kbuild makes them */
	static const char *const last[] = {
		".vmlinux.objs",   "vmlinux.o",	      "modules.builtin.modinfo",
		"modules.builtin", "vmlinux.symvers", "Module.symvers",
		"vmlinux"
	};
	struct timespec object, order, its;

	date(k, "vmlinux.o", &object);
	date(k, "modules.order", &order);
	for (size_t i = 0; i < sizeof(last) / sizeof(*last); i++) {
		char *path = pathjoin(k->work->build, last[i]);

		if (date(k, last[i], &its) && !older(its, object) &&
		    (strcmp(last[i], "Module.symvers") != 0 || !older(its, order)) &&
		    utimensat(AT_FDCWD, path, NULL, 0) < 0)
			die("cannot set the date of %s:", path);
		free(path);
	}
}

bool shortcutlast(const struct known *k)
{
	/* after a run that failed, objects may be new already */
	return !k->state.pending.len && *submakevalue(k->base, "KBUILD_BUILD_VERSION") &&
	       *submakevalue(k->base, "KBUILD_BUILD_TIMESTAMP") &&
	       current(k, "init/version-timestamp.o") && current(k, ".vmlinux.export.o");
}

bool shortcutlink(const struct known *k, const struct plan *p, const struct strlist *digests)
{
	if (!shortcutlast(k) || p->thin.len != p->archives.len + 1 || !same(k, p, digests))
		return false;
	touchlinked(k);
	return true;
}
