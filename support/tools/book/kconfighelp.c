// SPDX-License-Identifier: GPL-2.0-or-later
#include "kconfighelp.h"

#include <stdlib.h>
#include <string.h>

#include "kconfig/expr.h"
#include "kconfig/kconfig.h"

/* The text in quotes that begins at s, or NULL. */
static char *unquote(const char *s)
{
	const char *end = *s == '"' || *s == '\'' ? wordend(s) : s;

	return end > s + 1 && end[-1] == *s ? xstrndup(s + 1, (size_t)(end - s) - 2) : NULL;
}

/* The prompt of e, or NULL. */
static char *promptof(const struct kentry *e)
{
	char *prompt = NULL;

	for (size_t i = 0; !prompt && i < e->nattr; i++) {
		if (e->attr[i].kind == KATTR_PROMPT)
			prompt = unquote(e->attr[i].text);
	}
	return prompt;
}

static void addparagraph(struct strlist *help, struct buf *para)
{
	if (para->len)
		listadd(help, bufstr(para));
	bufclear(para);
}

/* Add the paragraphs of text, which empty lines divide. */
static void addhelp(const char *text, struct strlist *help)
{
	struct buf para = { 0 };

	while (*text) {
		size_t len = strcspn(text, "\n");
		size_t indent = strspn(text, " \t");

		if (indent == len)
			addparagraph(help, &para);
		else if (para.len)
			bufputc(&para, ' ');
		for (size_t i = indent; i < len; i++)
			bufputc(&para, (unsigned char)text[i] < ' ' ? ' ' : text[i]);
		text += len + (text[len] == '\n');
	}
	addparagraph(help, &para);
	buffree(&para);
}

void kconfighelp(const char *text, const char *symbol, char **prompt, struct strlist *help)
{
	struct kconfig k = { .keephelp = 1 };
	char *why;

	*prompt = NULL;
	kconfigtext(&k, "Kconfig", text, &why);
	free(why); /* what was read before counts */
	for (const struct kentry *e = ksymbol(&k, symbol); e; e = e->same) {
		if (!*prompt)
			*prompt = promptof(e);
		if (e->help)
			addhelp(e->help, help);
	}
	kconfigfree(&k);
}
