// SPDX-License-Identifier: GPL-2.0-or-later
#include "fragment.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "fs/file.h"
#include "inline.h"
#include "kconfig/config.h"

static void settingrow(struct node *table, const struct configline *set)
{
	char *a = xasprintf(CODE("CONFIG_%.*s"), (int)set->len, set->name);
	char *b = xasprintf(CODE("%s"), set->value);

	docrow(table, a, b, NULL);
	free(a);
	free(b);
}

/* Add rows for the settings in text; with comments, a comment above a setting is its heading. */
static size_t addsettings(struct node *table, const char *text, bool comments)
{
	char *copy = xstrdup(text);
	char *p = copy, *line;
	struct buf heading = { 0 };
	struct configline set;
	size_t n = 0;

	while ((line = strsep(&p, "\n"))) {
		if (!configline(&set, line) && set.name) {
			if (heading.len)
				docgroup(table, bufstr(&heading));
			bufclear(&heading);
			settingrow(table, &set);
			n++;
		} else if (comments && startswith(line, "# ")) {
			for (char *s = line; *s; s++)
				*s = (unsigned char)*s < ' ' ? ' ' : *s;
			bufprintf(&heading, "%s%s", heading.len ? " " : "", line + 2);
		} else if (!*line) {
			bufclear(&heading);
		}
	}
	buffree(&heading);
	free(copy);
	return n;
}

/* Add the settings of one of p's files; but not those of a complete configuration, the base. */
static int addfile(struct node *table, const struct pair *file, size_t *n, char **why)
{
	struct buf text = { 0 };
	char *title;

	if (strcmp(file->name, "base.config") == 0)
		return 0;
	if (fileread(file->value, &text) < 0) {
		*why = xasprintf("cannot read %s: %s", file->value, strerror(errno));
		return -1;
	}
	title = xasprintf("asked for by " CODE("%s"), file->name);
	docgroup(table, title);
	free(title);
	*n += addsettings(table, bufstr(&text), true);
	buffree(&text);
	return 0;
}

int fragmenttable(struct doc *d, const struct package *p, const char *script, char **why)
{
	struct node *table;
	size_t n = 0;

	if (!strstr(script, "\nCONFIG_") && !p->copy.len && !p->embed.len)
		return 0;
	table = doctable(d, true);
	table->folded = true;
	docrow(table, "Symbol", "Value", NULL);
	for (size_t i = 0; i < p->copy.len; i++) {
		if (addfile(table, &p->copy.item[i], &n, why) < 0)
			return -1;
	}
	if (strstr(script, "\nCONFIG_")) {
		docgroup(table, "asked for by the recipe");
		n += addsettings(table, script, false);
	}
	for (size_t i = 0; i < p->embed.len; i++) {
		if (addfile(table, &p->embed.item[i], &n, why) < 0)
			return -1;
	}
	free(table->text);
	table->text = xasprintf(
		"The %zu settings that are asked for, in the order in which they are merged", n);
	return 0;
}
