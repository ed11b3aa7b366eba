// SPDX-License-Identifier: GPL-2.0-or-later
#include "package.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/affix.h"
#include "fs/file.h"
#include "hashes.h"
#include "kconf.h"
#include "kconfig/config.h"
#include "lines.h"
#include "mkfile.h"
#include "recipe.h"
#include "symbols.h"

const char *packagename(const char *dir)
{
	const char *slash = strrchr(dir, '/');

	return slash ? slash + 1 : dir;
}

/*
 * Read the file at path into text. Returns 0, or -1 if it cannot be read. This is reported, unless
 * the file is missing and not needed.
 */
static int readpart(const char *path, bool needed, struct buf *text, struct report *r)
{
	if (fileread(path, text) == 0)
		return 0;
	if (needed || errno != ENOENT)
		reportadd(r, path, 1, "cannot be read: %s", strerror(errno));
	return -1;
}

void kconfigcheck(const char *path, const char *package, const struct strlist *known,
		  struct report *r)
{
	struct buf text = { 0 };
	struct kconf k = { 0 };

	if (readpart(path, true, &text, r) == 0) {
		kconfparse(&k, path, bufstr(&text), r);
		symbolscheck(path, &k, package, known, r);
	}
	kconffree(&k);
	buffree(&text);
}

/*
 * Check file names: a .mk or .hash has the name of the package, a patch starts with four digits and
 * a dash.
 */
static void checkfilenames(const char *dir, const char *name, struct report *r)
{
	struct strlist names = { 0 };

	if (dirlist(dir, &names) < 0)
		reportadd(r, dir, 1, "cannot be read: %s", strerror(errno));
	for (size_t i = 0; i < names.len; i++) {
		const char *file = names.item[i];
		const char *dot = strrchr(file, '.');
		char *path = pathjoin(dir, file);

		if ((endswith(file, ".mk") || endswith(file, ".hash")) &&
		    ((size_t)(dot - file) != strlen(name) || !startswith(file, name)))
			reportadd(r, path, 1, "is read by nobody: name it %s%s", name, dot);
		if (endswith(file, ".patch") &&
		    (strspn(file, "0123456789") != 4 || file[4] != '-' || !file[5]))
			reportadd(r, path, 1, "name a patch NNNN-what-it-does.patch, four digits");
		free(path);
	}
	listfree(&names);
}

static void checkmk(const char *dir, const char *name, const struct strlist *known,
		    const struct vocabulary *v, struct report *r)
{
	char *mkpath = xasprintf("%s/%s.mk", dir, name);
	char *hashpath = xasprintf("%s/%s.hash", dir, name);
	char *srcpath = pathjoin(dir, "src");
	struct buf mktext = { 0 };
	struct buf hashtext = { 0 };
	struct mkfile mk = { 0 };
	struct hashes hashes = { 0 };
	struct stat st;
	struct recipe rc = { name, mkpath, &mk, &hashes, 0, known, v };

	rc.ownsource = stat(srcpath, &st) == 0 && S_ISDIR(st.st_mode);
	if (readpart(hashpath, false, &hashtext, r) == 0)
		hashparse(&hashes, hashpath, bufstr(&hashtext), r);
	if (readpart(mkpath, true, &mktext, r) == 0) {
		mkparse(&mk, mkpath, bufstr(&mktext), r);
		recipecheck(&rc, r);
	}
	mkfree(&mk);
	hashfree(&hashes);
	buffree(&mktext);
	buffree(&hashtext);
	free(mkpath);
	free(hashpath);
	free(srcpath);
}

void packagecheck(const char *dir, const struct strlist *known, const struct vocabulary *v,
		  struct report *r)
{
	const char *name = packagename(dir);
	char *kconfig = pathjoin(dir, "Kconfig");

	if (!*name || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(name))
		reportadd(r, dir, 1, "a package's name holds a-z, 0-9 and '-' only");
	checkfilenames(dir, name, r);
	kconfigcheck(kconfig, name, known, r);
	checkmk(dir, name, known, v, r);
	free(kconfig);
}

void packagenames(const char *dir, const struct strlist *known, const struct vocabulary *v,
		  struct report *r)
{
	const char *name = packagename(dir);
	char *path = xasprintf("%s/%s.mk", dir, name);
	struct recipe rc = { .name = name, .file = path, .known = known, .vocabulary = v };
	struct report syntax = { 0 };
	struct buf text = { 0 };
	struct mkfile mk = { 0 };

	rc.mk = &mk;
	if (readpart(path, true, &text, r) == 0) {
		mkparse(&mk, path, bufstr(&text), &syntax);
		recipenames(&rc, r);
	}
	mkfree(&mk);
	reportfree(&syntax);
	buffree(&text);
	free(path);
}

/* Check that a defconfig has the syntax of a .config. */
static void checkdefconfig(const char *path, const char *text, struct report *r)
{
	struct lines l = { .next = text };

	while (linenext(&l)) {
		struct configline set;

		if (configline(&set, l.buf.data))
			reportadd(r, path, l.number, "neither CONFIG_NAME=VALUE nor a comment");
	}
	buffree(&l.buf);
}

void boardcheck(const char *dir, const struct strlist *known, struct report *r)
{
	char *kconfig = pathjoin(dir, "Kconfig");
	char *defconfig = pathjoin(dir, "defconfig");
	struct buf text = { 0 };

	kconfigcheck(kconfig, NULL, known, r);
	if (readpart(defconfig, true, &text, r) == 0)
		checkdefconfig(defconfig, bufstr(&text), r);
	buffree(&text);
	free(kconfig);
	free(defconfig);
}
