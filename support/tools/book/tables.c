// SPDX-License-Identifier: GPL-2.0-or-later
#include "tables.h"

#include <errno.h>
#include <glob.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "base/shellword.h"
#include "chapter.h"
#include "fs/file.h"
#include "inline.h"

int tableoverview(struct doc *d, struct book *b, char **why)
{
	struct node *t = doctable(d, true);

	(void)why;
	t->right = 1 << 2 | 1 << 3;
	docrow(t, "Package", "Version", "Build time", "Root filesystem", NULL);
	for (size_t i = 0; i < b->len; i++) {
		const struct package *p = b->package[i];
		char *link = xasprintf(LINK("#%s", "%s"), p->name, p->name);
		char *took = sbutext(b, p->seconds);
		char *size = p->measured ? sizetext(p->part[0].bytes) : xstrdup("unknown");

		docrow(t, link, p->version ? p->version : "", took,
		       p->measured && !p->part[0].files && !p->part[0].links ? "nothing" : size,
		       NULL);
		free(link);
		free(took);
		free(size);
	}
	return 0;
}

/* Append the packages' names, each after a space. */
static void names(struct buf *out, const struct book *b)
{
	for (size_t i = 0; i < b->len; i++)
		bufprintf(out, " %s", b->package[i]->name);
}

int tabledirectories(struct doc *d, struct book *b, char **why)
{
	struct buf out = { 0 };

	(void)why;
	bufputs(&out, "for name in");
	names(&out, b);
	bufputs(&out, " rootfs; do\n\tbegin \"$name\" \"$PACKAGES/$name/src\"\ndone\n");
	docadd(d, RUN, "%s", bufstr(&out));
	buffree(&out);
	return 0;
}

/* Whether some of the tool's sources are in folders. */
static bool hasfolders(const char *tool)
{
	char *pattern = xasprintf("support/tools/%s/*/*.c", tool);
	glob_t found;
	bool has = glob(pattern, 0, NULL, &found) == 0;

	if (has)
		globfree(&found);
	free(pattern);
	return has;
}

int tabletools(struct doc *d, struct book *b, char **why)
{
	struct buf out = { 0 };

	(void)why;
	bufputs(&out, "mkdir -p \"$TOOLS\" \"$WORK/lib\"\n"
		      "cd \"$WORK/lib\"\n"
		      "for name in");
	for (size_t i = 0; i < b->lib.len; i++)
		bufprintf(&out, " %s", b->lib.item[i]);
	bufputs(&out,
		"; do\n"
		"\tcc -O2 -std=c11 -D_GNU_SOURCE -I\"$TOP/support/lib\" -c \"$TOP/support/lib/$name.c\"\n"
		"done\n"
		"sh \"$TOP/support/lib/arch/archtexts.sh\" \"$TOP\"/support/arch/*.arch |\n"
		"\tcc -O2 -std=c11 -I\"$TOP/support/lib\" -x c -c -o archtexts.o -\n"
		"ar rcs lib.a *.o\n");
	for (size_t i = 0; i < b->tool.len; i++) {
		const struct pair *t = &b->tool.item[i];

		bufprintf(&out,
			  "cc -O2 -std=c11 -D_GNU_SOURCE -I\"$TOP/support/lib\" "
			  "-I\"$TOP/support/tools\" -o \"$TOOLS/%s\" \\\n"
			  "\t\"$TOP\"/support/tools/%s/*.c",
			  t->name, t->name);
		if (hasfolders(t->name))
			bufprintf(&out, " \"$TOP\"/support/tools/%s/*/*.c", t->name);
		bufprintf(&out, " lib.a -Wl,--as-needed%s%s\n", *t->value ? " " : "", t->value);
	}
	bufputs(&out, "cd \"$WORK\"\n");
	docadd(d, RUN, "%s", bufstr(&out));
	buffree(&out);
	return 0;
}

/* Append "echo DIGEST FILE | sha256sum" for each accepted digest. */
static void checkcommands(struct buf *out, const struct package *p)
{
	for (size_t i = 0; i < p->digest.len; i++) {
		bool last = i + 1 == p->digest.len;

		bufprintf(out, "%secho \"%s  $DL/", i ? "\t" : "", p->digest.item[i]);
		shellquoted(out, p->source);
		bufprintf(out, "\" | sha256sum -c%s\n", last ? "" : " --status ||");
	}
}

/* Append the commands that download file, which is quoted, unless it exists. */
static void fetchcommands(struct buf *out, const struct package *p, const char *file)
{
	const char *slash = strrchr(file, '/');

	if (!p->url.len) {
		bufprintf(out, "ls \"$DL/%s\"\n", file);
		return;
	}
	if (slash)
		bufprintf(out, "mkdir -p \"$DL/%.*s\"\n", (int)(slash - file), file);
	bufprintf(out, "[ -e \"$DL/%s\" ] || {\n", file);
	for (size_t i = 0; i < p->url.len; i++) {
		bufprintf(out, "\tcurl -fL -o \"$DL/%s.part\" \"", file);
		shellquoted(out, p->url.item[i]);
		bufputs(out, i + 1 < p->url.len ? "\" ||\n" : "\"\n");
	}
	bufprintf(out, "\tmv \"$DL/%s.part\" \"$DL/%s\"\n}\n", file, file);
}

static void filesource(struct doc *d, const struct package *p)
{
	struct buf out = { 0 }, file = { 0 };

	docadd(d, PARA, LINK("#%s", "%s%s%s") "%s%s", p->name, p->name, p->version ? " " : "",
	       p->version ? p->version : "",
	       p->digest.len > 1 ? ". There is more than one packing of it; this is either:" : ":",
	       p->url.len ? "" : " No address of it is known. It has to be there.");
	shellquoted(&file, p->source);
	fetchcommands(&out, p, bufstr(&file));
	checkcommands(&out, p);
	docadd(d, RUN, "%s", bufstr(&out));
	buffree(&out);
	buffree(&file);
}

static void gitsource(struct doc *d, const struct package *p)
{
	struct buf out = { 0 }, url = { 0 };
	char *repo = xasprintf("$DL/%s/%s.git", p->name, p->name);

	shellquoted(&url, p->giturl);
	bufprintf(&out, "mkdir -p \"$DL/%s\"\n", p->name);
	bufprintf(&out, "git init -q --bare \"%s\"\n", repo);
	bufprintf(&out, "git --git-dir=\"%s\" cat-file -e '%s^{commit}' ||\n", repo, p->gitcommit);
	bufprintf(&out, "\tgit --git-dir=\"%s\" fetch -q --depth 1 \"%s\" %s ||\n", repo,
		  bufstr(&url), p->gitcommit);
	bufprintf(&out, "\tgit --git-dir=\"%s\" fetch -q \"%s\" '+refs/*:refs/fetched/*'\n", repo,
		  bufstr(&url));
	docadd(d, PARA,
	       LINK("#%s", "%s") ", a commit in a git repository. Its id stands for its content:",
	       p->name, p->name);
	docadd(d, RUN, "%s", bufstr(&out));
	buffree(&out);
	buffree(&url);
	free(repo);
}

int tablesources(struct doc *d, struct book *b, char **why)
{
	(void)why;
	for (size_t i = 0; i < b->len; i++) {
		const struct package *p = b->package[i];

		if (p->giturl && p->gitcommit)
			gitsource(d, p);
		else if (p->source)
			filesource(d, p);
	}
	return 0;
}

int tableimages(struct doc *d, struct book *b, char **why)
{
	struct buf out = { 0 };

	(void)why;
	bufputs(&out, "mkdir -p \"$WORK/images\"\nfor name in");
	names(&out, b);
	bufputs(&out,
		" rootfs; do\n\tcp -a \"$PACKAGES/$name/image/images/.\" \"$WORK/images\"\ndone\n");
	docadd(d, RUN, "%s", bufstr(&out));
	buffree(&out);
	return 0;
}

/* How much one of the root filesystem's layers brought. */
struct share {
	char *who;
	size_t files, others;
	unsigned long long bytes;
};

static struct share *shareof(struct share **s, size_t *n, const char *who)
{
	for (size_t i = 0; i < *n; i++) {
		if (strcmp((*s)[i].who, who) == 0)
			return &(*s)[i];
	}
	*s = xrealloc(*s, (*n + 1) * sizeof(**s));
	(*s)[*n] = (struct share){ .who = xstrdup(who) };
	return &(*s)[(*n)++];
}

/* Past the first word of a manifest's line, which may be quoted. */
static const char *pastpath(const char *s)
{
	if (*s != '"')
		return s + strcspn(s, " ");
	for (s++; *s && *s != '"'; s++)
		s += *s == '\\' && s[1];
	return s + (*s != '\0');
}

/* PATH TYPE MODE UID GID SIZE WHAT WHO */
static void addentry(struct share **s, size_t *n, const char *line)
{
	const char *type = pastpath(line);
	const char *who = strrchr(line, ' ');
	struct share *share;

	if (*type != ' ' || !who)
		return;
	share = shareof(s, n, who + 1);
	if (startswith(type, " file ")) {
		const char *size = type + 6;

		for (int skip = 0; skip < 3; skip++)
			size += strcspn(size, " ") + (size[strcspn(size, " ")] == ' ');
		share->files++;
		share->bytes += strtoull(size, NULL, 10);
	} else {
		share->others++;
	}
}

int tablemanifest(struct doc *d, struct book *b, char **why)
{
	struct buf text = { 0 };
	struct share *s = NULL;
	size_t n = 0;
	struct node *t;
	char *p, *line;

	if (fileread(b->manifest, &text) < 0) {
		*why = xasprintf("cannot read %s: %s", b->manifest, strerror(errno));
		return -1;
	}
	p = text.data;
	while (p && (line = strsep(&p, "\n")))
		addentry(&s, &n, line);
	t = doctable(d, true);
	t->right = 1 << 1 | 1 << 2 | 1 << 3;
	docrow(t, "Brought by", "Files", "Size", "Directories, links, devices", NULL);
	for (size_t i = 0; i < n; i++) {
		char *size = sizetext(s[i].bytes);
		char *files = xasprintf("%zu", s[i].files);
		char *others = xasprintf("%zu", s[i].others);

		docrow(t, s[i].who, files, size, others, NULL);
		free(size);
		free(files);
		free(others);
		free(s[i].who);
	}
	free(s);
	buffree(&text);
	return 0;
}
