// SPDX-License-Identifier: GPL-2.0-or-later
#include "sources.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/affix.h"
#include "base/digest.h"
#include "fs/file.h"

static bool endsinone(const char *name, const char *const *ends)
{
	for (; *ends; ends++) {
		if (endswith(name, *ends) && strcmp(name, *ends) != 0)
			return true;
	}
	return false;
}

/* Whether name or the first bytes are those of a compiler's or archiver's output. */
static bool compiled(const char *name, const struct buf *text)
{
	static const char *const ends[] = { ".o", ".lo", ".a", ".la", ".so", ".d", NULL };

	return endsinone(name, ends) || (text->len >= 4 && memcmp(text->data, "\177ELF", 4) == 0) ||
	       (text->len >= 8 && memcmp(text->data, "!<arch>\n", 8) == 0);
}

static int walk(const char *dir, const char *rel, struct strlist *lines, char **why);

/* Add the line of the file at path, called rel below the top. Returns 0, or -1 with errno. */
static int addline(const char *path, const char *rel, const struct stat *st, struct strlist *lines)
{
	struct buf text = { 0 };
	char hex[DIGESTHEX];
	char *line;
	int ret = 0;

	if (S_ISLNK(st->st_mode)) {
		char target[4096];
		ssize_t n = readlink(path, target, sizeof(target));

		if (n < 0)
			return -1;
		bufadd(&text, target, (size_t)n);
	} else {
		ret = fileread(path, &text);
	}
	if (ret == 0 && (S_ISLNK(st->st_mode) || !compiled(rel, &text))) {
		digestbytes(bufstr(&text), text.len, hex);
		line = xasprintf("%s%s  %04o  %s", S_ISLNK(st->st_mode) ? "->" : "", hex,
				 (unsigned)st->st_mode & 0777, rel);
		listadd(lines, line);
		free(line);
	}
	buffree(&text);
	return ret;
}

static int visit(const char *path, const char *rel, struct strlist *lines, char **why)
{
	size_t before = lines->len;
	struct stat st;
	int ret = lstat(path, &st);

	if (ret == 0 && S_ISDIR(st.st_mode)) {
		ret = walk(path, rel, lines, why);
		if (ret == 0 && lines->len == before) {
			char *line = xasprintf("-/  0000  %s", rel);

			listadd(lines, line);
			free(line);
		}
		return ret;
	}
	if (ret == 0 && (S_ISREG(st.st_mode) || S_ISLNK(st.st_mode)))
		ret = addline(path, rel, &st, lines);
	if (ret < 0)
		*why = xasprintf("cannot read %s: %s", path, strerror(errno));
	return ret;
}

static int walk(const char *dir, const char *rel, struct strlist *lines, char **why)
{
	struct strlist names = { 0 };
	int ret = dirlist(dir, &names);

	if (ret < 0)
		*why = xasprintf("cannot read %s: %s", dir, strerror(errno));
	for (size_t i = 0; ret == 0 && i < names.len; i++) {
		char *path = pathjoin(dir, names.item[i]);
		char *sub = pathjoin(rel, names.item[i]);

		if (strchr(names.item[i], '\n')) {
			*why = xasprintf("a line break in the name of %s: rename it", path);
			ret = -1;
		} else if (strcmp(names.item[i], ".git") != 0) {
			ret = visit(path, sub, lines, why);
		}
		free(path);
		free(sub);
	}
	listfree(&names);
	return ret;
}

int treelist(const char *dir, struct buf *out, char **why)
{
	struct strlist lines = { 0 };
	int ret;

	*why = NULL;
	ret = walk(dir, "", &lines, why);
	for (size_t i = 0; ret == 0 && i < lines.len; i++)
		bufprintf(out, "%s\n", lines.item[i]);
	listfree(&lines);
	return ret;
}

/* "MODE  PATH" of a line, up to its end. */
static const char *nameof(const char *line)
{
	const char *p = strstr(line, "  ");

	return p ? p + 2 : line;
}

/* Whether the file whose line this is may differ: one that is compiled by itself. */
static bool mayedit(const char *line, size_t len)
{
	static const char *const ends[] = { ".c", ".cc", ".cpp", ".cxx", ".S", NULL };
	char *copy = xstrndup(line, len);
	bool ret = *line != '-' && endsinone(copy, ends);

	free(copy);
	return ret;
}

int treeedited(const char *was, const char *now, struct strlist *paths)
{
	while (*was && *now) {
		size_t a = strcspn(was, "\n"), b = strcspn(now, "\n");
		const char *name = nameof(now);
		size_t len = (size_t)(now + b - name);

		if (nameof(was) + len != was + a || memcmp(nameof(was), name, len) != 0)
			return -1;
		if (a != b || memcmp(was, now, a) != 0) {
			char *path;

			if (!mayedit(now, b) || *was == '-')
				return -1;
			path = xstrndup(name + 6, len - 6);
			listadd(paths, path);
			free(path);
		}
		was += a + (was[a] == '\n');
		now += b + (now[b] == '\n');
	}
	return *was || *now ? -1 : 0;
}
