// SPDX-License-Identifier: GPL-2.0-or-later
#include "kconfig.h"

#include <stdlib.h>
#include <string.h>

#include "kread.h"

struct kentry *kentryadd(struct kconfig *k, enum kentrykind kind)
{
	struct kentry *e = xcalloc(1, sizeof(*e));

	e->kind = kind;
	if (k->len == k->cap) {
		k->cap = k->cap ? 2 * k->cap : 256;
		k->entry = xrealloc(k->entry, k->cap * sizeof(*k->entry));
	}
	k->entry[k->len++] = e;
	return e;
}

void kentryname(struct kconfig *k, struct kentry *e, const char *name)
{
	void **place = tableput(&k->symbol, name);
	struct kentry *last = *place;

	e->name = name;
	if (!last) {
		*place = e;
		return;
	}
	while (last->same)
		last = last->same;
	last->same = e;
}

void kattradd(struct kentry *e, enum kattrkind kind, const char *text)
{
	if (e->nattr == e->capattr) {
		e->capattr = e->capattr ? 2 * e->capattr : 4;
		e->attr = xrealloc(e->attr, e->capattr * sizeof(*e->attr));
	}
	e->attr[e->nattr++] = (struct kattr){ .kind = kind, .text = text };
}

char *ktextkeep(struct kconfig *k, char *text)
{
	if (k->ntext == k->captext) {
		k->captext = k->captext ? 2 * k->captext : 256;
		k->text = xrealloc(k->text, k->captext * sizeof(*k->text));
	}
	k->text[k->ntext++] = text;
	return text;
}

/* The directory of arch/ that the kernel's Makefile takes for an ARCH. */
static const char *srcarch(const char *arch)
{
	static const char *const row[][2] = {
		{ "i386", "x86" },	{ "x86_64", "x86" },	  { "sparc32", "sparc" },
		{ "sparc64", "sparc" }, { "parisc64", "parisc" },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		if (strcmp(arch, row[i][0]) == 0)
			return row[i][1];
	}
	return arch;
}

static void varset(struct kconfig *k, const char *name, const char *value)
{
	char *var = xasprintf("%s=%s", name, value);

	listadd(&k->vars, var);
	free(var);
}

int kconfigread(struct kconfig *k, const char *tree, const char *arch)
{
	struct kread r = { .k = k, .tree = tree };

	varset(k, "srctree", ".");
	if (arch) {
		varset(k, "ARCH", arch);
		varset(k, "SRCARCH", srcarch(arch));
	}
	if (kreadfile(&r, "Kconfig") == 0)
		return 0;
	return kreadfile(&r, "Config.in");
}

void kconfigfree(struct kconfig *k)
{
	for (size_t i = 0; i < k->len; i++) {
		free(k->entry[i]->attr);
		free(k->entry[i]);
	}
	for (size_t i = 0; i < k->ntext; i++)
		free(k->text[i]);
	free(k->entry);
	free(k->text);
	tablefree(&k->symbol);
	listfree(&k->vars);
	listfree(&k->names);
	listfree(&k->lost);
	*k = (struct kconfig){ 0 };
}

const struct kentry *ksymbol(const struct kconfig *k, const char *name)
{
	return tableget(&k->symbol, name);
}

enum ktype ksymboltype(const struct kentry *e)
{
	enum ktype type = KTYPE_UNKNOWN;

	for (; e && !type; e = e->same)
		type = e->type;
	return type;
}

int khasprompt(const struct kentry *e)
{
	for (size_t i = 0; i < e->nattr; i++) {
		if (e->attr[i].kind == KATTR_PROMPT)
			return 1;
	}
	return 0;
}
