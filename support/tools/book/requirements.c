// SPDX-License-Identifier: GPL-2.0-or-later
#include "requirements.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "fs/file.h"

enum { FAMILIES = 5, FIELDS = 2 + FAMILIES };

static const struct {
	const char *name, *command;
} families[FAMILIES] = {
	{ "Debian, Ubuntu", "apt-get install" }, { "Fedora", "dnf install" },
	{ "Arch", "pacman -S --needed" },	 { "Alpine", "apk add" },
	{ "openSUSE", "zypper install" },
};

/* Split line into fields and the reason after them. Returns 0 if it is not a line of the table. */
static bool cutneed(char *line, char *field[FIELDS], char **whytext)
{
	if (!startswith(line, "all ") && !startswith(line, "run ") && !startswith(line, "debug "))
		return false;
	for (int i = 0; i < FIELDS; i++) {
		line += strspn(line, " ");
		if (!*line)
			return false;
		field[i] = line;
		line += strcspn(line, " ");
		if (*line)
			*line++ = '\0';
	}
	*whytext = line + strspn(line, " ");
	return **whytext != '\0';
}

/* Add the packages in a field of a row, "A,B" or "A|B" (B where there is no A), each once; "-" is
 * none. */
static void addpackages(struct strlist *packages, char *names)
{
	char *name;

	names[strcspn(names, "|")] = '\0';
	while ((name = strsep(&names, ","))) {
		if (strcmp(name, "-") != 0)
			listaddonce(packages, name);
	}
}

/* Add what line asks for, if it is a row that the book needs. */
static void addneed(const struct book *b, struct node *table, struct strlist *packages, char *line)
{
	char *field[FIELDS], *reason;

	if (!cutneed(line, field, &reason) || listhas(&b->needless, field[1]))
		return;
	docrow(table, field[2], reason, NULL);
	for (int i = 0; i < FAMILIES; i++)
		addpackages(&packages[i], field[2 + i]);
}

/* Append the command of one distribution, in lines of readable width. */
static void addcommand(struct doc *d, int family, const struct strlist *packages)
{
	struct buf out = { 0 };
	size_t col;

	bufputs(&out, families[family].command);
	col = out.len;
	for (size_t i = 0; i < packages->len; i++) {
		if (col + strlen(packages->item[i]) > 76) {
			bufputs(&out, " \\\n   ");
			col = 3;
		}
		bufprintf(&out, " %s", packages->item[i]);
		col += 1 + strlen(packages->item[i]);
	}
	docadd(d, PARA, "%s:", families[family].name);
	docadd(d, SHOW, "%s\n", bufstr(&out));
	buffree(&out);
}

int needstable(struct doc *d, struct book *b, char **why)
{
	struct strlist packages[FAMILIES] = { 0 };
	struct buf text = { 0 };
	char *p, *line;
	struct node *t;

	if (!b->needs || fileread(b->needs, &text) < 0) {
		*why = xasprintf("cannot read %s: %s",
				 b->needs ? b->needs : "the table of required packages",
				 strerror(errno));
		return -1;
	}
	t = doctable(d, true);
	docrow(t, "Debian's package", "What it is for", NULL);
	p = text.data;
	while (p && (line = strsep(&p, "\n")))
		addneed(b, t, packages, line);
	for (size_t i = 0; i < b->need.len; i++)
		addneed(b, t, packages, b->need.item[i]);
	docrow(t, "curl", "fetches sources", NULL);
	for (int i = 0; i < FAMILIES; i++) {
		listadd(&packages[i], "curl");
		addcommand(d, i, &packages[i]);
		listfree(&packages[i]);
	}
	buffree(&text);
	return 0;
}
