// SPDX-License-Identifier: GPL-2.0-or-later
#include "vocabulary.h"

#include <ctype.h>
#include <stdbool.h>

#include "base/near.h"
#include "base/shellword.h"
#include "findings.h"
#include "mkfile.h"

/* Append the words of the variable name. */
static int takewords(const struct mkfile *m, const char *name, struct strlist *words)
{
	const struct mkvar *v = mkfind(m, name);
	const char *text = v ? v->value : "";
	struct buf word = { 0 };

	while (shellwordnext(&text, &word, false) > 0)
		listadd(words, word.data);
	buffree(&word);
	return words->len ? 0 : -1;
}

int vocabularyparse(struct vocabulary *v, const char *file, const char *text, char **why)
{
	const struct {
		const char *name;
		struct strlist *words;
	} row[] = {
		{ "KNOWN_VARIABLES", &v->variables },
		{ "KNOWN_STEPS", &v->steps },
		{ "KNOWN_TYPES", &v->types },
		{ "KNOWN_MODES", &v->modes },
	};
	struct report wrong = { 0 };
	struct mkfile m = { 0 };

	*why = NULL;
	mkparse(&m, file, text, &wrong);
	if (wrong.len)
		*why = xasprintf("%s:%zu: %s", file, wrong.item[0].line, wrong.item[0].text);
	for (size_t i = 0; !*why && i < sizeof(row) / sizeof(*row); i++) {
		if (takewords(&m, row[i].name, row[i].words) < 0)
			*why = xasprintf("%s: it has no %s", file, row[i].name);
	}
	mkfree(&m);
	reportfree(&wrong);
	return *why ? -1 : 0;
}

bool vocabularyknows(const struct vocabulary *v, const char *suffix)
{
	return islower((unsigned char)*suffix) || listhas(&v->variables, suffix) ||
	       listhas(&v->steps, suffix);
}

const char *vocabularynear(const struct vocabulary *v, const char *suffix)
{
	const struct strlist *const row[] = { &v->steps, &v->variables };
	struct near n;

	nearstart(&n, suffix, nearletters(suffix));
	for (size_t i = 0; i < 2; i++) {
		for (size_t k = 0; k < row[i]->len; k++)
			neartry(&n, row[i]->item[k]);
	}
	return n.found;
}

void vocabularyfree(struct vocabulary *v)
{
	listfree(&v->variables);
	listfree(&v->steps);
	listfree(&v->types);
	listfree(&v->modes);
}
