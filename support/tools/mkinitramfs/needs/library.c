// SPDX-License-Identifier: GPL-2.0-or-later
#include "library.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "mkinitramfs/tree/word.h"

/* A file that the program has loaded. */
struct loaded {
	struct object *object;
	const char *name; /* the name it was searched by, borrowed; NULL for the program itself */
	char *dir;	  /* its directory, owned */
	struct user user;
};

/* The simulated start of a program. */
struct start {
	struct objects *objects;
	const struct contents *contents;
	const struct loader *loader;
	struct problems *problems;
	struct loaded **item; /* owned; the first is the program */
	size_t len;
};

/* The result of a search. */
struct search {
	struct object *object; /* NULL: none */
	struct object *alien;  /* the first file of that name that cannot be loaded; or NULL */
	char *dir;	       /* directory of object, owned */
};

/* Add the library. Takes ownership of dir. */
static void add(struct start *s, struct object *o, const char *name, char *dir,
		const struct loaded *by)
{
	struct loaded *one = xcalloc(1, sizeof(*one));

	*one = (struct loaded){ o, name, dir, { &o->elf, dir, by ? &by->user : NULL } };
	s->item = xrealloc(s->item, (s->len + 1) * sizeof(struct loaded *));
	s->item[s->len++] = one;
}

static bool loaded(const struct start *s, const char *name)
{
	for (size_t i = 1; i < s->len; i++) {
		if (strcmp(s->item[i]->name, name) == 0)
			return true;
	}
	return false;
}

/*
 * Use the file n if it is compatible with the file that needs it. Returns whether the search is
 * over.
 */
static bool take(struct start *s, struct search *found, const struct object *by,
		 const struct node *n, const char *dir)
{
	struct object *o;

	if (!n)
		return false;
	o = objectget(s->objects, n, s->problems);
	if (o->content == CONTENT_UNKNOWN ||
	    (o->content == CONTENT_ELF && elfsame(&o->elf, &by->elf))) {
		found->object = o;
		found->dir = xstrdup(dir);
		return true;
	}
	if (!found->alien)
		found->alien = o;
	/* Other loaders continue with the next directory. */
	return s->loader->musl && s->loader->interp;
}

/* Search a whole tree for a file with that name. */
static void searchtree(struct start *s, struct search *found, const struct object *by,
		       const struct tree *t, const char *name)
{
	for (size_t i = 0; i < t->len && !found->object; i++) {
		const char *path = t->node[i]->path;
		char *parent, *dir;

		if (strcmp(pathlast(path), name) != 0)
			continue;
		parent = pathparent(path);
		dir = xasprintf("/%s", parent);
		take(s, found, by, contentsfile(s->contents, dir, name), dir);
		free(dir);
		free(parent);
	}
}

/* Return a description of the searched directories for a message. Caller frees. */
static char *places(const struct start *s, const char *name, const struct strlist *dirs)
{
	struct buf text = { 0 };

	if (strchr(name, '/'))
		return xstrdup("");
	if (s->loader->anywhere)
		return xstrdup(" (looked for everywhere)");
	for (size_t i = 0; i < dirs->len; i++) {
		bufputs(&text, i ? ":" : " (looked for in ");
		wordquote(&text, dirs->item[i]);
	}
	if (dirs->len)
		bufputc(&text, ')');
	return bufsteal(&text);
}

/* Report that the library is missing. alien is an incompatible file with its name, or NULL. */
static void tell(struct start *s, struct object *by, const char *name, const struct object *alien,
		 const struct strlist *dirs)
{
	char *who = objectname(by), *what = wordquoted(name), *why;

	if (!alien) {
		why = places(s, name, dirs);
		problemadd(s->problems,
			   "%s: its library %s is not in the image%s: select the package that has "
			   "it, or %s",
			   who, what, why,
			   by->elf.interp ? "link it statically" : "leave out what needs it");
	} else {
		bool elf = alien->content == CONTENT_ELF;

		why = elf ? elfdifference(&alien->elf, &by->elf) : xstrdup("is no ELF file");
		problemadd(s->problems, "%s: its library /%s %s: %s", who, alien->node->path, why,
			   elf ? "build both for the same" : "put the library there");
	}
	listadd(&by->told, name);
	free(why);
	free(what);
	free(who);
}

/* Search the directories of the loader. */
static void searchdirs(struct start *s, struct search *found, const struct loaded *by,
		       const char *name, struct strlist *dirs)
{
	bool over = false;

	loaderdirs(s->loader, &by->user, dirs);
	for (size_t i = 0; i < dirs->len && !over; i++)
		over = take(s, found, by->object, contentsfile(s->contents, dirs->item[i], name),
			    dirs->item[i]);
	if (s->loader->anywhere && !found->object)
		searchtree(s, found, by->object, s->contents->tree, name);
	if (s->loader->anywhere && !found->object)
		searchtree(s, found, by->object, &s->contents->appended, name);
}

/* Load one library that by needs. */
static void need(struct start *s, const struct loaded *by, const char *name)
{
	struct search found = { 0 };
	struct strlist dirs = { 0 };

	if (loaderhas(s->loader, name) || loaded(s, name))
		return;
	if (strchr(name, '/')) {
		char *path = loaderpath(s->loader, &by->user, name), *dir = pathparent(path);

		take(s, &found, by->object, contentsfile(s->contents, "", path), dir);
		free(path);
		free(dir);
	} else {
		searchdirs(s, &found, by, name, &dirs);
	}
	if (found.object) {
		found.object->loaded = true;
		add(s, found.object, name, found.dir, by);
	} else if (!listhas(&by->object->told, name)) {
		tell(s, by->object, name, found.alien, &dirs);
	}
	listfree(&dirs);
}

void librariesload(struct objects *all, const struct contents *c, const struct loader *l,
		   struct object *o, struct problems *p)
{
	struct start s = { .objects = all, .contents = c, .loader = l, .problems = p };
	char *parent = pathparent(o->node->path);

	add(&s, o, NULL, xasprintf("/%s", parent), NULL);
	free(parent);
	for (size_t i = 0; i < s.len; i++) {
		struct loaded *by = s.item[i];

		for (size_t k = 0; k < by->object->elf.needed.len; k++)
			need(&s, by, by->object->elf.needed.item[k]);
	}
	for (size_t i = 0; i < s.len; i++) {
		free(s.item[i]->dir);
		free(s.item[i]);
	}
	free(s.item);
}
