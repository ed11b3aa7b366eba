// SPDX-License-Identifier: GPL-2.0-or-later
#include "booklist.h"

#include <stdlib.h>
#include <string.h>

#include "base/keylist.h"

static const struct key bookkeys[] = {
	{ "unit", KEY_STRING, offsetof(struct book, unit) },
	{ "rootfs", KEY_STRING, offsetof(struct book, rootfs) },
	{ "manifest", KEY_STRING, offsetof(struct book, manifest) },
	{ "needs", KEY_STRING, offsetof(struct book, needs) },
	{ "set", KEY_SETTINGS, offsetof(struct book, set) },
	{ "tool", KEY_SETTINGS, offsetof(struct book, tool) },
	{ "lib", KEY_WORDS, offsetof(struct book, lib) },
	{ "need", KEY_LIST, offsetof(struct book, need) },
	{ "needless", KEY_LIST, offsetof(struct book, needless) },
	{ NULL, KEY_STRING, 0 },
};

static const struct key packagekeys[] = {
	{ "symbol", KEY_STRING, offsetof(struct package, symbol) },
	{ "kconfig", KEY_STRING, offsetof(struct package, kconfig) },
	{ "recipe", KEY_STRING, offsetof(struct package, recipe) },
	{ "version", KEY_STRING, offsetof(struct package, version) },
	{ "license", KEY_STRING, offsetof(struct package, license) },
	{ "mode", KEY_STRING, offsetof(struct package, mode) },
	{ "type", KEY_STRING, offsetof(struct package, type) },
	{ "base", KEY_STRING, offsetof(struct package, base) },
	{ "dir", KEY_STRING, offsetof(struct package, dir) },
	{ "source", KEY_STRING, offsetof(struct package, source) },
	{ "git-url", KEY_STRING, offsetof(struct package, giturl) },
	{ "git-commit", KEY_STRING, offsetof(struct package, gitcommit) },
	{ "owner", KEY_STRING, offsetof(struct package, owner) },
	{ "local", KEY_STRING, offsetof(struct package, local) },
	{ "url", KEY_LIST, offsetof(struct package, url) },
	{ "sha256", KEY_DIGESTS, offsetof(struct package, digest) },
	{ "patch", KEY_LIST, offsetof(struct package, patch) },
	{ "copy", KEY_PAIRS, offsetof(struct package, copy) },
	{ "embed", KEY_PAIRS, offsetof(struct package, embed) },
	{ "depends", KEY_WORDS, offsetof(struct package, depends) },
	{ NULL, KEY_STRING, 0 },
};

static void *begin(void *into, const char *name)
{
	struct book *b = into;
	struct package *p;

	if (packagefind(b, name))
		return NULL;
	p = xcalloc(1, sizeof(*p));
	p->name = xstrdup(name);
	p->seconds = -1;
	b->package = xrealloc(b->package, (b->len + 1) * sizeof(*b->package));
	return b->package[b->len++] = p;
}

/* Check the required keys of each package. Returns a missing key and its package, or NULL. */
static const char *lacking(const struct book *b, const struct package **who)
{
	for (size_t i = 0; i < b->len; i++) {
		const struct package *p = b->package[i];

		*who = p;
		if (!p->dir)
			return "dir";
		if (p->owner && !packagefind(b, p->owner))
			return p->owner;
		for (size_t k = 0; k < p->depends.len; k++) {
			if (!packagefind(b, p->depends.item[k]))
				return p->depends.item[k];
		}
	}
	return NULL;
}

int listread(struct book *b, const char *path, char **why)
{
	const struct keylist l = { bookkeys, b, packagekeys, begin };
	const struct package *who;
	const char *bad;

	if (keylistread(&l, path, why) < 0)
		return -1;
	if (!(b->rootfs && b->manifest))
		*why = xasprintf("%s: rootfs or manifest is missing", path);
	else if (!b->len)
		*why = xasprintf("%s: it has no package", path);
	else if ((bad = lacking(b, &who)))
		*why = xasprintf("%s: package %s lacks %s", path, who->name, bad);
	return *why ? -1 : 0;
}

void bookfree(struct book *b)
{
	for (size_t i = 0; i < b->len; i++) {
		struct package *p = b->package[i];

		keysfree(packagekeys, p);
		free(p->name);
		free(p->title);
		listfree(&p->help);
		listfree(&p->all);
		listfree(&p->users);
		for (size_t k = 0; k < NPARTS; k++)
			pairsfree(&p->part[k].paths);
		free(p);
	}
	free(b->package);
	keysfree(bookkeys, b);
	*b = (struct book){ 0 };
}
