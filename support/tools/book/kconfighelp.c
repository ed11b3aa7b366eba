// SPDX-License-Identifier: GPL-2.0-or-later
#include "kconfighelp.h"

#include <stdlib.h>
#include <string.h>

static size_t blanks(const char *s)
{
	return strspn(s, " \t");
}

/* Is the first word of s this one? Returns what follows it, or NULL. */
static const char *after(const char *s, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(s, word, len) != 0 || (s[len] && !blanks(s + len)))
		return NULL;
	s += len;
	return s + blanks(s);
}

/* The name that a config statement defines, or NULL. */
static const char *configname(const char *line)
{
	const char *name = after(line, "config");

	return name ? name : after(line, "menuconfig");
}

/* Does a statement of another entry begin here? */
static int endsentry(const char *line)
{
	static const char *const words[] = { "choice",	"endchoice", "if",	"endif",   "menu",
					     "endmenu", "source",    "comment", "mainmenu" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (after(line, words[i]))
			return 1;
	}
	return 0;
}

static char *unquote(const char *s)
{
	const char *end = *s == '"' || *s == '\'' ? strchr(s + 1, *s) : NULL;

	return end ? xstrndup(s + 1, (size_t)(end - s - 1)) : NULL;
}

/* The prompt that this line gives, or NULL. */
static char *promptof(const char *line)
{
	static const char *const words[] = { "bool", "tristate", "prompt", "string", "int" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		const char *rest = after(line, words[i]);

		if (rest)
			return unquote(rest);
	}
	return NULL;
}

static void addparagraph(struct strlist *help, struct buf *para)
{
	if (para->len)
		listadd(help, bufstr(para));
	bufclear(para);
}

/* Take the indented lines at *p. */
static void takehelp(char **p, struct strlist *help)
{
	struct buf para = { 0 };

	while (*p) {
		char *line = *p;
		size_t indent = blanks(line);

		if (line[indent] && line[indent] != '\n' && !indent)
			break;
		strsep(p, "\n");
		for (char *s = line; *s; s++) {
			if ((unsigned char)*s < ' ')
				*s = ' ';
		}
		if (!line[indent])
			addparagraph(help, &para);
		else
			bufprintf(&para, "%s%s", para.len ? " " : "", line + indent);
	}
	addparagraph(help, &para);
	buffree(&para);
}

void kconfighelp(const char *text, const char *symbol, char **prompt, struct strlist *help)
{
	char *copy = xstrdup(text);
	char *p = copy, *line;
	int inside = 0;

	*prompt = NULL;
	while (p && (line = strsep(&p, "\n"))) {
		const char *name;

		line += blanks(line);
		name = configname(line);
		if (name || endsentry(line))
			inside = name && strcmp(name, symbol) == 0;
		if (!inside)
			continue;
		if (!*prompt)
			*prompt = promptof(line);
		if (after(line, "help"))
			takehelp(&p, help);
	}
	free(copy);
}
