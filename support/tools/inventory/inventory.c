// SPDX-License-Identifier: GPL-2.0-or-later
#include "inventory.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/keylist.h"

static const struct key wholekeys[] = {
	{ "board", KEY_STRING, offsetof(struct inventory, board) },
	{ "images", KEY_STRING, offsetof(struct inventory, images) },
	{ "manifest", KEY_STRING, offsetof(struct inventory, manifest) },
	{ "downloads", KEY_STRING, offsetof(struct inventory, downloads) },
	{ "epoch", KEY_STRING, offsetof(struct inventory, epoch) },
	{ NULL, KEY_STRING, 0 },
};

static const struct key packagekeys[] = {
	{ "recipe", KEY_STRING, offsetof(struct package, recipe) },
	{ "version", KEY_STRING, offsetof(struct package, version) },
	{ "license", KEY_STRING, offsetof(struct package, license) },
	{ "license-file", KEY_LIST, offsetof(struct package, licensefile) },
	{ "own-license", KEY_STRING, offsetof(struct package, ownlicense) },
	{ "mode", KEY_STRING, offsetof(struct package, mode) },
	{ "type", KEY_STRING, offsetof(struct package, type) },
	{ "dir", KEY_STRING, offsetof(struct package, dir) },
	{ "src", KEY_STRING, offsetof(struct package, src) },
	{ "source", KEY_STRING, offsetof(struct package, source) },
	{ "url", KEY_LIST, offsetof(struct package, url) },
	{ "sha256", KEY_DIGESTS, offsetof(struct package, digest) },
	{ "site-sha256", KEY_STRING, offsetof(struct package, sitedigest) },
	{ "pool", KEY_STRING, offsetof(struct package, pool) },
	{ "pool-sha256", KEY_STRING, offsetof(struct package, pooldigest) },
	{ "git-url", KEY_STRING, offsetof(struct package, giturl) },
	{ "git-commit", KEY_STRING, offsetof(struct package, gitcommit) },
	{ "local", KEY_STRING, offsetof(struct package, local) },
	{ "owner", KEY_STRING, offsetof(struct package, owner) },
	{ "patch", KEY_LIST, offsetof(struct package, patch) },
	{ "depends", KEY_WORDS, offsetof(struct package, depends) },
	{ "cpe", KEY_STRING, offsetof(struct package, cpe) },
	{ "purl", KEY_STRING, offsetof(struct package, purl) },
	{ "homepage", KEY_STRING, offsetof(struct package, homepage) },
	{ NULL, KEY_STRING, 0 },
};

static void *begin(void *into, const char *name)
{
	struct inventory *v = into;
	struct package *p;

	if (componentfind(v, name))
		return NULL;
	p = xcalloc(1, sizeof(*p));
	p->name = xstrdup(name);
	v->package = xrealloc(v->package, (v->len + 1) * sizeof(*v->package));
	return v->package[v->len++] = p;
}

/* What p lacks: a required key, or a package that it names; NULL if nothing. */
static const char *lacking(const struct inventory *v, const struct package *p)
{
	if (!p->dir)
		return "dir";
	if (!p->recipe)
		return "recipe";
	if (!p->src)
		return "src";
	if (p->owner && !componentfind(v, p->owner))
		return p->owner;
	for (size_t i = 0; i < p->depends.len; i++) {
		if (!componentfind(v, p->depends.item[i]))
			return p->depends.item[i];
	}
	return NULL;
}

static int byname(const void *a, const void *b)
{
	const struct package *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

int inventoryread(struct inventory *v, const char *path, char **why)
{
	const struct keylist l = { wholekeys, v, packagekeys, begin };

	if (keylistread(&l, path, why) < 0)
		return -1;
	if (!v->board || !v->images || !v->manifest || !v->downloads)
		*why = xasprintf("%s: board, images, manifest or downloads is missing", path);
	for (size_t i = 0; !*why && i < v->len; i++) {
		const char *bad = lacking(v, v->package[i]);

		if (bad)
			*why = xasprintf("%s: package %s lacks %s", path, v->package[i]->name, bad);
	}
	if (v->len)
		qsort(v->package, v->len, sizeof(*v->package), byname);
	return *why ? -1 : 0;
}

struct package *componentfind(const struct inventory *v, const char *name)
{
	for (size_t i = 0; i < v->len; i++) {
		if (strcmp(v->package[i]->name, name) == 0)
			return v->package[i];
	}
	return NULL;
}

const struct package *packagesource(const struct inventory *v, const struct package *p)
{
	return p->owner ? componentfind(v, p->owner) : p;
}

void inventoryfree(struct inventory *v)
{
	for (size_t i = 0; i < v->len; i++) {
		keysfree(packagekeys, v->package[i]);
		free(v->package[i]->name);
		free(v->package[i]);
	}
	free(v->package);
	keysfree(wholekeys, v);
	*v = (struct inventory){ 0 };
}

const char *basenameof(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}
