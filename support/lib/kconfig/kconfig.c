// SPDX-License-Identifier: GPL-2.0-or-later
#include "kconfig/kconfig.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "arch/arch.h"
#include "fs/file.h"
#include "kconfig/kread.h"

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
	struct kentry *first = *place;

	e->name = name;
	if (!first) {
		*place = e->last = e;
		return;
	}
	first->last->same = e;
	first->last = e;
}

void kattradd(struct kentry *e, enum kattrkind kind, const char *text, unsigned line)
{
	if (e->nattr == e->capattr) {
		e->capattr = e->capattr ? 2 * e->capattr : 4;
		e->attr = xrealloc(e->attr, e->capattr * sizeof(*e->attr));
	}
	e->attr[e->nattr++] = (struct kattr){ .kind = kind, .text = text, .line = line };
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

/*
 * Return the directory in arch/ that the kernel's Makefile uses for an ARCH; arch itself where no
 * description tells of another. Caller frees.
 */
static char *srcarch(const char *arch)
{
	const char *dir = arch;
	struct archs all = { 0 };
	char *why, *ret;

	if (archsload(&all, &why) < 0)
		free(why);
	for (size_t i = 0; i < all.len; i++)
		if (strcmp(all.item[i].kernel, arch) == 0)
			dir = all.item[i].srcarch;
	ret = xstrdup(dir);
	archsfree(&all);
	return ret;
}

static void varset(struct kconfig *k, const char *name, const char *value)
{
	char *var = xasprintf("%s=%s", name, value);

	listadd(&k->vars, var);
	free(var);
}

const char *kvariable(const struct kconfig *k, const char *name, size_t len)
{
	for (size_t i = 0; i < k->vars.len; i++) {
		const char *var = k->vars.item[i];

		if (strncmp(var, name, len) == 0 && var[len] == '=')
			return var + len + 1;
	}
	return NULL;
}

int kconfigread(struct kconfig *k, const char *tree, const char *arch, char **why)
{
	struct kread r = { .k = k, .tree = tree };
	char *dir;
	int ret;

	*why = NULL;
	varset(k, "srctree", ".");
	if (arch) {
		varset(k, "ARCH", arch);
		dir = srcarch(arch);
		varset(k, "SRCARCH", dir);
		free(dir);
	}
	ret = kreadtree(&r, "Kconfig");
	if (ret < 0 && !r.why)
		ret = kreadtree(&r, "Config.in");
	if (ret < 0 && r.why)
		*why = pathjoin(tree, r.why);
	else if (ret < 0)
		*why = xasprintf("%s: cannot read its Kconfig or Config.in: %s", tree,
				 strerror(errno));
	free(r.why);
	return ret;
}

int kconfigtext(struct kconfig *k, const char *file, const char *text, char **why)
{
	struct kread r = { .k = k };

	kreadtext(&r, file, text);
	*why = r.why;
	return r.why ? -1 : 0;
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

bool khasprompt(const struct kentry *e)
{
	for (size_t i = 0; i < e->nattr; i++) {
		if (e->attr[i].kind == KATTR_PROMPT)
			return true;
	}
	return false;
}
