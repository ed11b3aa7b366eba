// SPDX-License-Identifier: GPL-2.0-or-later
#include "loader.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "fs/file.h"

#define MUSL	   "ld-musl-"
#define SEPARATORS ":\n" /* separators of the directories in a path */

static bool ismusl(const char *path)
{
	return strncmp(pathlast(path), MUSL, strlen(MUSL)) == 0;
}

/* Add the directories in text, except relative ones. */
static void dirsadd(struct strlist *dirs, const char *text, const char *separators)
{
	while (*(text += strspn(text, separators))) {
		size_t len = strcspn(text, separators);
		char *dir = xstrndup(text, len);

		if (*dir == '/')
			listadd(dirs, dir);
		free(dir);
		text += len;
	}
}

/* Add the directories that a file of the image lists. Returns false if its content is unknown. */
static bool dirsread(struct strlist *dirs, const struct node *n, const char *separators)
{
	struct buf text = { 0 };
	bool known = n->inode->source && fileread(n->inode->source, &text) == 0;

	if (known)
		dirsadd(dirs, bufstr(&text), separators);
	buffree(&text);
	return known;
}

/* musl reads its directories from a file below its own PREFIX/etc, or else uses three defaults. */
static void muslopen(struct loader *l, const struct contents *c)
{
	const char *name = pathlast(l->interp) + strlen(MUSL);
	char *dir = pathparent(l->interp), *prefix = pathparent(dir);
	char *path = xasprintf("%s/etc/" MUSL "%.*s.path", prefix, (int)strcspn(name, "."), name);
	const struct node *n = contentsfollow(c, path);

	if (!n)
		dirsadd(&l->dirs, "/lib:/usr/local/lib:/usr/lib", SEPARATORS);
	else
		l->anywhere = !dirsread(&l->dirs, n, SEPARATORS);
	free(path);
	free(prefix);
	free(dir);
}

/*
 * Add the library directories of distributions that the tree has, and those in lists of
 * directories.
 */
static void distribution(struct loader *l, const struct tree *t)
{
	for (size_t i = 0; i < t->len; i++) {
		const struct node *n = t->node[i];

		if (fnmatch("lib/*-linux-gnu*", n->path, FNM_PATHNAME) == 0 ||
		    fnmatch("usr/lib/*-linux-gnu*", n->path, FNM_PATHNAME) == 0) {
			char *dir = xasprintf("/%s", n->path);

			listadd(&l->dirs, dir);
			free(dir);
		} else if ((strcmp(n->path, "etc/ld.so.conf") == 0 ||
			    fnmatch("etc/ld.so.conf.d/*.conf", n->path, FNM_PATHNAME) == 0) &&
			   S_ISREG(n->inode->mode) && !dirsread(&l->dirs, n, " \t,:\n")) {
			l->anywhere = true;
		}
	}
}

void loaderopen(struct loader *l, const struct contents *c, const char *interp)
{
	l->interp = interp;
	l->anywhere = !interp;
	if (!interp) {
		for (size_t i = 0; i < c->tree->len; i++)
			l->musl |= ismusl(c->tree->node[i]->path);
		return;
	}
	l->musl = ismusl(interp);
	if (l->musl) {
		muslopen(l, c);
		return;
	}
	dirsadd(&l->dirs, "/lib:/usr/local/lib:/usr/lib:/lib64:/usr/lib64", SEPARATORS);
	distribution(l, c->tree);
	distribution(l, &c->appended);
}

bool loaderhas(const struct loader *l, const char *library)
{
	/* musl itself provides every library whose name starts with one of these. */
	static const char *const own[] = { "libc.",  "libpthread.", "librt.",  "libm.",
					   "libdl.", "libutil.",    "libxnet." };

	if (l->interp &&
	    (strcmp(library, l->interp) == 0 || strcmp(library, pathlast(l->interp)) == 0))
		return true;
	for (size_t i = 0; l->musl && i < sizeof(own) / sizeof(*own); i++) {
		if (strncmp(library, own[i], strlen(own[i])) == 0)
			return true;
	}
	return false;
}

/* Append path to out with $ORIGIN replaced by origin. Other uses of $ are unknown. */
static void expand(struct buf *out, const char *path, const char *origin)
{
	for (; *path; path++) {
		size_t len = 0;

		if (strncmp(path, "$ORIGIN", 7) == 0)
			len = 7;
		else if (strncmp(path, "${ORIGIN}", 9) == 0)
			len = 9;
		if (len)
			bufputs(out, origin);
		else
			bufputc(out, *path);
		path += len ? len - 1 : 0;
	}
}

char *loaderpath(const struct loader *l, const struct user *u, const char *library)
{
	struct buf path = { 0 };

	if (l->musl)
		bufputs(&path, library);
	else
		expand(&path, library, u->dir);
	return bufsteal(&path);
}

void loaderdirs(const struct loader *l, const struct user *u, struct strlist *out)
{
	/*
	 * musl uses the paths of all files up to the program. Others do so only for an RPATH
	 * without a RUNPATH.
	 */
	for (const struct user *by = u; by; by = by->after) {
		bool counts = l->musl || by == u || (!u->elf->runpath && !by->elf->runpath);
		struct buf path = { 0 };

		if (counts && by->elf->path)
			expand(&path, by->elf->path, by->dir);
		dirsadd(out, bufstr(&path), SEPARATORS);
		buffree(&path);
	}
	for (size_t i = 0; i < l->dirs.len; i++)
		listadd(out, l->dirs.item[i]);
}

void loaderfree(struct loader *l)
{
	listfree(&l->dirs);
}
