// SPDX-License-Identifier: GPL-2.0-or-later
#include "scan.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/affix.h"
#include "base/hashline.h"
#include "base/packageprefix.h"
#include "base/pairs.h"
#include "fs/file.h"
#include "kconfig/config.h"

/*
 * Append c, escaped for make. A backslash is special only before a '#' and at the end of a line: an
 * empty reference after it prevents both.
 */
static void makeescape(struct buf *out, char c)
{
	if (c == '$')
		bufputs(out, "$$");
	else if (c == '#')
		bufputs(out, "\\#");
	else if (c == '\\')
		bufputs(out, "\\$()");
	else
		bufputc(out, c);
}

/* Append a value for make: a string loses its quotes. */
static void putvalue(struct buf *out, const char *value)
{
	if (*value != '"') {
		bufputs(out, value);
		return;
	}
	for (value++; value[1]; value++) {
		if (*value == '\\')
			value++;
		makeescape(out, *value);
	}
}

/* Append the assignment of a line. Returns 0, or -1 if the line is malformed. */
static int scanline(char *line, struct buf *out)
{
	struct configline l;

	if (configline(&l, line))
		return -1;
	if (l.name && strcmp(l.value, "n") != 0) {
		bufprintf(out, "CONFIG_%.*s := ", (int)l.len, l.name);
		putvalue(out, l.value);
		bufputc(out, '\n');
	}
	return 0;
}

long scanconfig(const char *path, struct buf *out)
{
	struct buf text = { 0 };
	char *line, *next, *end;
	long number = 0;
	long ret = fileread(path, &text);

	line = text.data;
	end = line ? line + text.len : NULL;
	for (; ret == 0 && line < end; line = next + 1) {
		number++;
		next = memchr(line, '\n', (size_t)(end - line));
		if (!next)
			next = end;
		*next = '\0';
		if (strlen(line) != (size_t)(next - line) || scanline(line, out) < 0) {
			errno = EINVAL;
			ret = number;
		}
	}
	buffree(&text);
	return ret;
}

char nameunfit(const char *name)
{
	const char *bad = strpbrk(name, "%:=#$\"'\\`()[]{}&|;<>*? \t\n");

	return bad ? *bad : '\0';
}

static bool ispatch(const char *name)
{
	size_t len = strlen(name);

	return len > 11 && strspn(name, "0123456789") == 4 && name[4] == '-' &&
	       endswith(name, ".patch");
}

static bool ismakefile(const char *name)
{
	return endswith(name, ".mk") && name[strlen(".mk")];
}

static void scanhash(const char *path, const char *package, struct buf *out, struct buf *bad)
{
	struct buf text = { 0 };
	char *p, *line;
	long n = 0;

	p = fileread(path, &text) == 0 ? text.data : NULL;
	while ((line = strsep(&p, "\n"))) {
		struct hashline h;

		n++;
		if (hashline(&h, line))
			bufprintf(
				bad,
				"%s:%ld: not a digest; write: sha256  <64 hex digits>  <file name>\n",
				path, n);
		else if (h.file && nameunfit(h.file))
			bufprintf(bad,
				  "%s:%ld: make cannot take the character '%c' in a file's name\n",
				  path, n, nameunfit(h.file));
		else if (h.file)
			bufprintf(out, "SHA256_%s/%s += %s\n", package, h.file, h.digest);
	}
	buffree(&text);
}

/* Return whether name is valid in a make variable, a file name and a Kconfig symbol. */
static bool namevalid(const char *name)
{
	return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(name);
}

/*
 * Record that the package or board (kind) with this name is in dir. If another directory has one
 * with that name, append a line to bad and return true.
 */
static bool istwice(struct pairs *seen, const char *kind, const char *name, const char *dir,
		    struct buf *bad)
{
	const char *other = pairfind(seen, name);

	if (!other)
		pairadd(seen, name, dir);
	else if (strcmp(other, dir) == 0)
		bufprintf(bad, "%s: its directory is given twice: name it once\n", dir);
	else
		bufprintf(bad, "%s: %s is a %s of the same name: rename one, or take it away\n",
			  dir, other, kind);
	return other != NULL;
}

static void scanpackage(const char *dir, const char *name, struct buf *out, struct strlist *kconfig,
			struct pairs *seen, struct buf *bad)
{
	struct strlist files = { 0 };
	char *recipe = xasprintf("%s.mk", name);
	char *hash = xasprintf("%s.hash", name);
	char *pkgdir = pathjoin(dir, name);
	char *up = packageprefix(name);
	struct buf patches = { 0 };
	struct buf hashes = { 0 };
	bool found = false, meant = false;

	if (dirlist(pkgdir, &files) < 0)
		goto out;
	for (size_t i = 0; i < files.len; i++) {
		char *path = pathjoin(pkgdir, files.item[i]);

		meant |= ismakefile(files.item[i]);
		if (strcmp(files.item[i], recipe) == 0)
			found = true;
		else if (strcmp(files.item[i], "Kconfig") == 0)
			listadd(kconfig, path);
		else if (strcmp(files.item[i], hash) == 0)
			scanhash(path, name, &hashes, bad);
		else if (ispatch(files.item[i]) && nameunfit(path))
			bufprintf(
				bad,
				"%s: make cannot take the character '%c' in the name of a patch: rename it\n",
				path, nameunfit(path));
		else if (ispatch(files.item[i]))
			bufprintf(&patches, " %s", path);
		free(path);
	}
	/* a directory with only a Kconfig is a menu */
	if (!found && meant)
		bufprintf(bad, "%s: a package without a recipe: write %s, or rename it to that\n",
			  pkgdir, recipe);
	else if (found && !namevalid(name))
		bufprintf(bad, "%s: a package's name is made of a-z, 0-9 and '-': rename it\n",
			  pkgdir);
	else if (found && !istwice(seen, "package", name, pkgdir, bad))
		bufprintf(
			out,
			"ALL_PACKAGES += %s\n%s.prefix := %s\n%s_PKGDIR := %s\n%s_PATCHES :=%s\n%s",
			name, name, up, up, pkgdir, up, bufstr(&patches), bufstr(&hashes));
out:
	listfree(&files);
	buffree(&patches);
	buffree(&hashes);
	free(recipe);
	free(hash);
	free(pkgdir);
	free(up);
}

int scanpackages(const char *dir, struct buf *out, struct strlist *kconfig, struct pairs *seen,
		 struct buf *bad)
{
	struct strlist names = { 0 };
	int ret = dirlist(dir, &names);

	if (ret < 0 && errno == ENOENT)
		ret = 0;
	for (size_t i = 0; ret == 0 && i < names.len; i++)
		scanpackage(dir, names.item[i], out, kconfig, seen, bad);
	listfree(&names);
	return ret;
}

int scanboards(const char *dir, struct buf *out, struct strlist *kconfig, struct pairs *seen,
	       struct buf *bad)
{
	struct strlist names = { 0 };
	int ret = dirlist(dir, &names);

	if (ret < 0 && errno == ENOENT)
		ret = 0;
	for (size_t i = 0; ret == 0 && i < names.len; i++) {
		char *board = pathjoin(dir, names.item[i]);
		char *defconfig = pathjoin(board, "defconfig");
		char *menu = pathjoin(board, "Kconfig");
		char *up = packageprefix(names.item[i]);

		if (access(defconfig, R_OK) == 0 && nameunfit(names.item[i]))
			bufprintf(
				bad,
				"%s: make cannot take the character '%c' in the name of a board: rename it\n",
				board, nameunfit(names.item[i]));
		else if (access(defconfig, R_OK) == 0 &&
			 !istwice(seen, "board", names.item[i], board, bad))
			bufprintf(
				out,
				"ALL_BOARDS += %1$s\nBOARD_UP_%1$s := %2$s\nBOARD_DIR_%1$s := %3$s\n",
				names.item[i], up, board);
		if (access(menu, R_OK) == 0)
			listadd(kconfig, menu);
		free(board);
		free(defconfig);
		free(menu);
		free(up);
	}
	listfree(&names);
	return ret;
}
