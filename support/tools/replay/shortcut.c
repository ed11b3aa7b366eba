// SPDX-License-Identifier: GPL-2.0-or-later
#include "shortcut.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/msg.h"
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

bool shortcutlink(const struct known *k, const struct plan *p, const struct strlist *digests)
{
	/* what kbuild's last makes make of vmlinux.a, in their order */
	static const char *const last[] = {
		".vmlinux.objs",   "vmlinux.o",		"modules.builtin.modinfo",
		"modules.builtin", "vmlinux.symvers",	"modules-only.symvers",
		"Module.symvers",  ".vmlinux.export.o", "vmlinux"
	};

	/* after a run that failed, objects may be new already */
	if (k->state.pending.len || !*submakevalue(k->base, "KBUILD_BUILD_VERSION") ||
	    !*submakevalue(k->base, "KBUILD_BUILD_TIMESTAMP") ||
	    p->thin.len != p->archives.len + 1 || !same(k, p, digests))
		return false;
	for (size_t i = 0; i < sizeof(last) / sizeof(*last); i++) {
		char *path = pathjoin(k->work->build, last[i]);

		if (utimensat(AT_FDCWD, path, NULL, 0) < 0 && errno != ENOENT)
			die("cannot set the date of %s:", path);
		free(path);
	}
	return true;
}
