// SPDX-License-Identifier: GPL-2.0-or-later
#include "why.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "base/digest.h"
#include "fs/file.h"

/* The lines of a text, and which of them are not in the other text. */
struct lines {
	char *text; /* owned; split at line ends */
	char **line;
	bool *odd; /* for each line, whether it is not in the other text */
	size_t len;
};

static void linescut(struct lines *l, const char *text)
{
	char *p, *line;

	*l = (struct lines){ .text = xstrdup(text) };
	p = l->text;
	while ((line = strsep(&p, "\n"))) {
		l->line = xrealloc(l->line, (l->len + 1) * sizeof(*l->line));
		l->line[l->len++] = line;
	}
	l->odd = xcalloc(l->len, sizeof(*l->odd));
}

static void linesfree(struct lines *l)
{
	free(l->text);
	free(l->line);
	free(l->odd);
}

static void linescompare(struct lines *a, const struct lines *b)
{
	for (size_t i = 0; i < a->len; i++) {
		a->odd[i] = true;
		for (size_t k = 0; a->odd[i] && k < b->len; k++)
			a->odd[i] = strcmp(a->line[i], b->line[k]) != 0;
	}
}

/* Length of the symbol that a line "CONFIG_X=..." or "# CONFIG_X is not set" sets; 0: none. */
static size_t symbol(const char *line, const char **name)
{
	size_t len;

	*name = startswith(line, "# CONFIG_") ? line + 2 : line;
	if (!startswith(*name, "CONFIG_"))
		return 0;
	len = strspn(*name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
	if (*name == line)
		return line[len] == '=' ? len : 0;
	return strcmp(*name + len, " is not set") == 0 ? len : 0;
}

/* Length of NAME in a line "# NAME DIGEST"; 0: it is none. */
static size_t digestname(const char *line)
{
	const char *last = strrchr(line, ' ');

	if (!startswith(line, "# ") || !last || last < line + 3 || !digestvalid(last + 1))
		return 0;
	return (size_t)(last - line) - 2;
}

/* Length of NAME in a line "dep NAME DIGEST"; 0: it is none. */
static size_t depname(const char *line)
{
	return startswith(line, "dep ") ? (size_t)(strchrnul(line + 4, ' ') - line) - 4 : 0;
}

/* Length of the title in the first line of a script. */
static size_t titlelen(const char *line)
{
	const char *end = strstr(line, ". Whittle wrote this from ");

	if (!startswith(line, "# ") || !end)
		return 0;
	while (end > line && *end != ':')
		end--;
	return end > line + 2 ? (size_t)(end - line) - 2 : 0;
}

/* Length of NAME in a line "NAME=VALUE" of the script, which begins at *name; 0: it is none. */
static size_t variable(const char *line, const char **name)
{
	size_t len;

	*name = line + strspn(line, " \t");
	len = strspn(*name, "abcdefghijklmnopqrstuvwxyz_");
	return (*name)[len] == '=' ? len : 0;
}

/*
 * Length of NAME, at *name, in a line 'set -- "$@" --KIND NAME=PATH', by which the script of the
 * root filesystem adds a part of it; 0: it is none.
 */
static size_t part(const char *line, const char **name)
{
	static const char add[] = "set -- \"$@\" --";

	line += strspn(line, " \t");
	if (strncmp(line, add, sizeof(add) - 1) != 0)
		return 0;
	line += strcspn(line + sizeof(add) - 1, " ") + sizeof(add) - 1;
	*name = line + strspn(line, " ");
	return (*name)[strcspn(*name, "= ")] == '=' ? strcspn(*name, "=") : 0;
}

/* Whether the two lines speak of one thing, so that one took the other's place. */
static bool sametopic(const char *a, const char *b)
{
	const char *x, *y;
	size_t len = symbol(a, &x);

	if (len)
		return symbol(b, &y) == len && memcmp(x, y, len) == 0;
	len = digestname(a);
	if (len)
		return digestname(b) == len && memcmp(a, b, len + 2) == 0;
	if (titlelen(a))
		return titlelen(b) != 0;
	if (depname(a))
		return strncmp(a, b, depname(a) + 5) == 0;
	if (startswith(a, "src "))
		return startswith(b, "src ");
	len = variable(a, &x);
	if (len)
		return variable(b, &y) == len && memcmp(x, y, len) == 0;
	len = part(a, &x);
	if (len) /* KIND and NAME */
		return part(b, &y) == len && strncmp(strchr(a, '@'), strchr(b, '@'),
						     (size_t)(x + len - strchr(a, '@'))) == 0;
	len = startswith(a, "export ") ? 7 : 0;
	len += strcspn(a + len, "='\" ");
	return len > 2 && a[len] == '=' && strncmp(a, b, len + 1) == 0;
}

static void textchanged(const struct job *j, const char *prefix, const char *want, const char *done,
			struct strlist *out);

/* Add a reason, unless it is in the list already. */
static void say(struct strlist *out, const char *prefix, char *text)
{
	char *all = xasprintf("%s%s", prefix, text);
	size_t i = 0;

	while (i < out->len && strcmp(out->item[i], all) != 0)
		i++;
	if (i == out->len)
		listadd(out, all);
	free(all);
	free(text);
}

/* The meaning of the name in a digest line: a file's path, or the name itself; as a new string. */
static char *digested(const struct job *j, const char *name, size_t len)
{
	char *word = xstrndup(name, len);
	const char *path = pairfind(&j->files, word);
	char *ret = xstrdup(path ? path : word);

	free(word);
	return ret;
}

/* A file whose digest is in the script changed: add the changed line, if the old copy exists. */
static void filechanged(const struct job *j, const char *name, size_t len, struct strlist *out)
{
	char *word = xstrndup(name, len);
	const char *path = pairfind(&j->files, word);
	struct buf now = { 0 };
	struct buf old = { 0 };
	size_t before = out->len;

	if (path) {
		char *copy = xasprintf("%s/files/%s", j->dir, word);
		char *prefix = xasprintf("%s: ", path);

		if (fileread(path, &now) == 0 && fileread(copy, &old) == 0)
			textchanged(j, prefix, bufstr(&now), bufstr(&old), out);
		if (out->len == before)
			say(out, "", xasprintf("%s changed", path));
		free(copy);
		free(prefix);
	} else if (strcmp(word, "sources") == 0) {
		say(out, "", xasprintf("%s was edited", j->src));
	} else if (strcmp(word, "git") == 0) {
		say(out, "",
		    xasprintf(
			    "git's description of %s changed: commit, branch, tags, or uncommitted edits",
			    j->src));
	} else {
		say(out, "", xasprintf("%s changed", word));
	}
	buffree(&now);
	buffree(&old);
	free(word);
}

/* Add that the file of a digest line is used now, or no longer used. */
static void sayused(const struct job *j, const char *line, const char *what, struct strlist *out)
{
	char *name = digested(j, line + 2, digestname(line));

	say(out, "", xasprintf("%s %s", name, what));
	free(name);
}

/* A line replaced the line old, or (old NULL) is new. */
static void linechanged(const struct job *j, const char *prefix, const char *line, const char *old,
			struct strlist *out)
{
	const char *name;

	if (depname(line))
		say(out, prefix,
		    xasprintf("%.*s %s", (int)depname(line), line + 4,
			      old ? "changed" : "is used now"));
	else if (startswith(line, "src "))
		say(out, prefix, xstrdup("the sources changed"));
	else if (digestname(line) && !old)
		sayused(j, line, "is used now", out);
	else if (digestname(line))
		filechanged(j, line + 2, digestname(line), out);
	else if (titlelen(line) && old && titlelen(old))
		say(out, prefix,
		    xasprintf("it is %.*s now and was %.*s", (int)titlelen(line), line + 2,
			      (int)titlelen(old), old + 2));
	else if (symbol(line, &name) && (!old || name == line || *old == '#'))
		say(out, prefix,
		    name == line && (!old || *old == '#') ? xasprintf("%s was not set before", line)
		    : old				  ? xasprintf("%s was %s before", line, old)
			  : xasprintf("'%s' was not there before", line));
	else if (old && variable(line, &name))
		say(out, prefix, xasprintf("%s was %s before", name, strchr(old, '=') + 1));
	else if (!old && part(line, &name))
		say(out, prefix, xasprintf("%.*s is used now", (int)part(line, &name), name));
	else if (old)
		say(out, prefix, xasprintf("'%s' was '%s' before", line, old));
	else if (*line)
		say(out, prefix, xasprintf("'%s' was not there before", line));
}

static void linegone(const struct job *j, const char *prefix, const char *line, struct strlist *out)
{
	const char *name;

	if (depname(line))
		say(out, prefix,
		    xasprintf("%.*s is not used any more", (int)depname(line), line + 4));
	else if (digestname(line))
		sayused(j, line, "is not used any more", out);
	else if (part(line, &name))
		say(out, prefix,
		    xasprintf("%.*s is not used any more", (int)part(line, &name), name));
	else if (*line)
		say(out, prefix, xasprintf("'%s' is not there any more", line));
}

/* The index in b of line i of a; equal lines are matched in order. b->len: none. */
static size_t linesame(const struct lines *a, size_t i, const struct lines *b)
{
	size_t count = 0;
	size_t k;

	for (k = 0; k <= i; k++)
		count += strcmp(a->line[k], a->line[i]) == 0;
	for (k = 0; k < b->len; k++) {
		count -= strcmp(b->line[k], a->line[i]) == 0;
		if (count == 0)
			break;
	}
	return k;
}

/*
 * The odd line of b that line i of a replaced: one on the same topic, or else the one at the same
 * position after the last common line. NULL: none.
 */
static const char *replaced(const struct lines *a, size_t i, struct lines *b)
{
	size_t anchor = i;
	size_t k;

	for (k = 0; k < b->len; k++) {
		if (b->odd[k] && sametopic(a->line[i], b->line[k]))
			break;
	}
	if (k == b->len && !sametopic(a->line[i], a->line[i])) {
		while (anchor > 0 && a->odd[anchor - 1])
			anchor--;
		k = anchor ? linesame(a, anchor - 1, b) + 1 : 0;
		k += i - anchor;
	}
	if (k >= b->len || !b->odd[k] || !*b->line[k] ||
	    sametopic(a->line[i], a->line[i]) != sametopic(b->line[k], b->line[k]))
		return NULL;
	b->odd[k] = false;
	return b->line[k];
}

static void textchanged(const struct job *j, const char *prefix, const char *want, const char *done,
			struct strlist *out)
{
	struct lines a, b;

	linescut(&a, want);
	linescut(&b, done);
	linescompare(&a, &b);
	linescompare(&b, &a);
	for (size_t i = 0; i < a.len; i++) {
		if (a.odd[i])
			linechanged(j, prefix, a.line[i], replaced(&a, i, &b), out);
	}
	for (size_t k = 0; k < b.len; k++) {
		if (b.odd[k])
			linegone(j, prefix, b.line[k], out);
	}
	linesfree(&a);
	linesfree(&b);
}

void whychanged(const struct job *j, const struct buf *want, const struct buf *done,
		struct strlist *out)
{
	size_t before = out->len;

	if (want->len == done->len &&
	    (!want->len || memcmp(want->data, done->data, want->len) == 0))
		return;
	if (!done->len)
		listadd(out, "it was not done before");
	else
		textchanged(j, "", want->data, done->data, out);
	if (out->len == before)
		listadd(out, "the order of the script's lines changed");
}
