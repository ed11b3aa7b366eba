// SPDX-License-Identifier: GPL-2.0-or-later
#include "assignments.h"

#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "base/shellword.h"
#include "phrase.h"
#include "suggest.h"

#define FROM "OPTIONS" /* the file name of the settings in messages */

/* Return value as written in a configuration: in quotes if the symbol is a string. Caller frees. */
static char *valuewrite(enum ktype type, const char *value)
{
	struct buf out = { 0 };

	if (type != KTYPE_STRING)
		return xstrdup(value);
	bufputc(&out, '"');
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			bufputc(&out, '\\');
		bufputc(&out, *value);
	}
	bufputc(&out, '"');
	return bufsteal(&out);
}

/* Return a description of the values that the type allows, or NULL if value is valid. */
static const char *expected(enum ktype type, const char *value)
{
	const char *digits = value + (*value == '-');

	if (strchr(value, '\n'))
		return "one line";
	switch (type) {
	case KTYPE_BOOL:
		return strcmp(value, "y") == 0 || strcmp(value, "n") == 0 ? NULL : "y or n";
	case KTYPE_TRISTATE:
		return isbool(value) ? NULL : "y, m or n";
	case KTYPE_INT:
		return *digits && !digits[strspn(digits, "0123456789")] ? NULL : "a number";
	case KTYPE_HEX:
		return startswith(value, "0x") && value[2] &&
				       !value[2 + strspn(value + 2, "0123456789abcdefABCDEF")]
			       ? NULL
			       : "a number such as 0x1f";
	default:
		return NULL;
	}
}

/* Add the setting of one word. Returns 0, or -1 after reporting an error. */
static int optionread(struct config *c, char *word, const struct kconfig *tree, struct buf *errors)
{
	char *name = startswith(word, "CONFIG_") ? word + 7 : word;
	char *eq = strchr(name, '=');
	const char *other, *want;
	enum ktype type;
	char *value;

	if (eq)
		*eq = '\0';
	if (!ksymbol(tree, name)) {
		other = suggest(tree, name);
		if (!eq && !other && *name) {
			bufprintf(errors,
				  "'%s' is no option: put a value with blanks in quotes, as in "
				  "NAME=\"two words\"\n",
				  name);
			return -1;
		}
		bufprintf(errors, "there is no option '%s'%s%s%s\n", name,
			  other ? "; did you mean " : "", other ? other : "", other ? "?" : "");
		return -1;
	}
	if (!eq) {
		bufprintf(errors, "'%s' has no value: write %s=y, or =n, or another value\n", name,
			  name);
		return -1;
	}
	type = ksymboltype(ksymbol(tree, name));
	want = expected(type, eq + 1);
	if (want) {
		bufprintf(errors, "%s takes %s, not '%s'\n", name, want, eq + 1);
		return -1;
	}
	value = valuewrite(type, eq + 1);
	configadd(c, name, value, FROM, 1);
	free(value);
	return 0;
}

int optionsread(struct config *c, const char *text, const struct kconfig *tree, struct buf *errors)
{
	struct buf word = { 0 };
	int ret = 0;
	int got;

	while ((got = shellwordnext(&text, &word, false)) > 0)
		ret |= optionread(c, word.data, tree, errors);
	if (got < 0) {
		bufprintf(errors, "a quote is not closed: ...%s\n", bufstr(&word));
		ret = -1;
	}
	buffree(&word);
	return ret;
}

/* Merge both configurations into all; later settings override earlier ones. */
static void overlay(struct config *all, const struct config *base, const struct config *wanted)
{
	const struct config *const row[] = { base, wanted };

	for (size_t i = 0; i < 2; i++) {
		for (size_t k = 0; k < row[i]->len; k++) {
			const struct setting *s = row[i]->setting[k];

			if (!s->gone)
				configadd(all, s->name, s->value, s->file, s->line);
		}
	}
}

/* Set the unmet dependencies of setting s to y. */
static void resolveone(struct config *wanted, const struct setting *s, const struct explain *x,
		       struct buf *told)
{
	const struct kentry *first = ksymbol(x->tree, s->name);
	enum tri want = isbool(s->value) ? threshold(first, valuetri(s->value)) : TRI_M;
	struct terms t = { 0 };

	if (strcmp(s->value, "n") != 0)
		closest(x, first, want, &t);
	for (size_t i = 0; i < t.len; i++) {
		const struct expr *e = t.term[i].e;
		char *name = xstrndup(e->text, e->len);
		const struct kentry *other = exprissymbol(e) ? ksymbol(x->tree, name) : NULL;

		if (other && ksymboltype(other) == KTYPE_BOOL && khasprompt(other) &&
		    !configget(wanted, name)) {
			bufprintf(told, "%s=y, too: %s depends on it\n", name, s->name);
			configadd(wanted, name, "y", FROM, 1);
		}
		free(name);
	}
	termsfree(&t);
}

void optionsresolve(struct config *wanted, const struct config *base, const struct kconfig *tree,
		    struct buf *told)
{
	/* The loop also visits the added settings, which may have dependencies of their own. */
	for (size_t i = 0; i < wanted->len; i++) {
		struct config all = { 0 };
		struct explain x = { .final = &all, .requests = wanted, .tree = tree };

		overlay(&all, base, wanted);
		if (!wanted->setting[i]->gone)
			resolveone(wanted, wanted->setting[i], &x, told);
		configfree(&all);
	}
}
