// SPDX-License-Identifier: GPL-2.0-or-later
#include "needs.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "contents.h"
#include "library.h"
#include "loader.h"
#include "mkinitramfs/tree/word.h"
#include "object.h"

/* The state of a check. */
struct check {
	struct contents contents;
	struct objects objects;
	struct loader **loader; /* the loaders that programs name, owned */
	size_t nloader;
	const struct elf *target; /* the machine that the image is for, or NULL */
	struct problems *problems;
};

static bool canrun(const struct node *n)
{
	return n && S_ISREG(n->inode->mode) && n->inode->mode & 0111;
}

/* Return whether to check the file: a program, or a shared library by its name. */
static bool candidate(const struct node *n)
{
	const char *name = pathlast(n->path);

	return S_ISREG(n->inode->mode) && n->inode->source &&
	       (canrun(n) || fnmatch("*.so", name, 0) == 0 || fnmatch("*.so.*", name, 0) == 0);
}

/* Return the reason why path cannot be run, for a message. */
static char *whynot(const struct check *c, const char *path)
{
	const struct node *n = contentsfollow(&c->contents, path);
	char *clean = pathclean(path);
	const struct node *link = clean ? nodeget(c->contents.tree, clean) : NULL;

	free(clean);
	if (n)
		return xasprintf("is in the image, but cannot be executed (%s %04o)",
				 typename(n->inode->mode), n->inode->mode & 07777);
	if (link && S_ISLNK(link->inode->mode))
		return xasprintf("is in the image, but as a link to %s, which is not",
				 link->inode->target);
	return xstrdup("is not in the image");
}

/* Return the program at path, the interpreter of o. If there is none, report it and return NULL. */
static struct node *programfind(struct check *c, const struct object *o, const char *path,
				const char *instead)
{
	struct node *n = contentsfollow(&c->contents, path);
	char *who, *why, *name;

	if (canrun(n))
		return n;
	who = objectname(o);
	why = whynot(c, path);
	name = wordquoted(path);
	problemadd(c->problems, "%s: its interpreter %s %s: select the package that has it, or %s",
		   who, name, why, instead);
	free(who);
	free(why);
	free(name);
	return NULL;
}

/* Check the program that env searches for in the system's PATH. */
static void envcheck(struct check *c, const struct object *o, const char *program)
{
	static const char *const path[] = { "/usr/sbin", "/usr/bin", "/sbin", "/bin" };
	char *who, *name;

	if (strchr(program, '/')) {
		programfind(c, o, program, "leave it out");
		return;
	}
	for (size_t i = 0; i < sizeof(path) / sizeof(*path); i++) {
		if (canrun(contentsfile(&c->contents, path[i], program)))
			return;
	}
	who = objectname(o);
	name = wordquoted(program);
	problemadd(c->problems,
		   "%s: its interpreter %s, which env is to find, is not in /usr/sbin, /usr/bin, "
		   "/sbin or /bin of the image: select the package that has it, or leave it out",
		   who, name);
	free(who);
	free(name);
}

static void scriptcheck(struct check *c, const struct object *o)
{
	char *program = shebangenv(&o->script);

	if (programfind(c, o, o->script.interp, "leave it out") && program)
		envcheck(c, o, program);
	free(program);
}

/* Return the loader with that path, or the unknown one for NULL. */
static const struct loader *loaderget(struct check *c, const char *interp)
{
	struct loader *l;

	for (size_t i = 0; i < c->nloader; i++) {
		const char *known = c->loader[i]->interp;

		if (known == interp || (known && interp && strcmp(known, interp) == 0))
			return c->loader[i];
	}
	l = xcalloc(1, sizeof(*l));
	loaderopen(l, &c->contents, interp);
	c->loader = xrealloc(c->loader, (c->nloader + 1) * sizeof(struct loader *));
	c->loader[c->nloader++] = l;
	return l;
}

static void programcheck(struct check *c, struct object *o)
{
	const struct node *n = programfind(c, o, o->elf.interp, "link it statically");
	const struct object *interp = n ? objectget(&c->objects, n, c->problems) : NULL;

	if (interp && interp->content == CONTENT_ELF && !elfsame(&o->elf, &interp->elf)) {
		char *who = objectname(o), *why = elfdifference(&interp->elf, &o->elf);

		problemadd(c->problems, "%s: its interpreter %s %s: build both for the same", who,
			   o->elf.interp, why);
		free(who);
		free(why);
	}
	librariesload(&c->objects, &c->contents, loaderget(c, o->elf.interp), o, c->problems);
}

/* Report a program that is not for the image's machine. Returns whether it is one. */
static bool foreigncheck(const struct check *c, const struct object *o)
{
	char *who, *why;

	if (!c->target || !o->elf.program || elfsame(&o->elf, c->target))
		return false;
	who = objectname(o);
	why = elfdifference(&o->elf, c->target);
	problemadd(c->problems, "%s: it %s: build it for the image's machine, or leave it out", who,
		   why);
	free(who);
	free(why);
	return true;
}

/*
 * Check all objects by their content. Objects that are read meanwhile are appended and checked,
 * too.
 */
static void objectscheck(struct check *c)
{
	for (size_t i = 0; i < c->objects.len; i++) {
		struct object *o = c->objects.item[i];

		if (o->content == CONTENT_SCRIPT)
			scriptcheck(c, o);
		else if (o->content == CONTENT_ELF && !foreigncheck(c, o) && o->elf.interp)
			programcheck(c, o);
	}
	/*
	 * At the end, check the libraries that no program needs, such as plugins. Their loader is
	 * unknown.
	 */
	for (size_t i = 0; i < c->objects.len; i++) {
		struct object *o = c->objects.item[i];

		if (o->content == CONTENT_ELF && !o->elf.interp && !o->loaded &&
		    (!c->target || elfsame(&o->elf, c->target)))
			librariesload(&c->objects, &c->contents, loaderget(c, NULL), o,
				      c->problems);
	}
}

void needscheck(const struct tree *t, const struct strlist *append, const struct elf *target,
		struct problems *p)
{
	struct check c = { .contents.tree = t, .target = target, .problems = p };

	for (size_t i = 0; i < append->len; i++)
		contentsappend(&c.contents, append->item[i], p);
	for (size_t i = 0; i < t->len; i++) {
		if (candidate(t->node[i]))
			objectget(&c.objects, t->node[i], p);
	}
	objectscheck(&c);
	for (size_t i = 0; i < c.nloader; i++) {
		loaderfree(c.loader[i]);
		free(c.loader[i]);
	}
	free(c.loader);
	objectsfree(&c.objects);
	nodesfree(&c.contents.appended);
}
