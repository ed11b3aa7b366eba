// SPDX-License-Identifier: GPL-2.0-or-later
#include "kofile.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "fs/file.h"
#include "fs/tree.h"

/* Whether a file has that name as a module: the length of name before ".ko". */
static size_t stem(const char *file)
{
	static const char *const ends[] = { "", ".gz", ".xz", ".zst", ".debug" };
	const char *ko = strstr(file, ".ko");

	for (size_t i = 0; ko && i < sizeof(ends) / sizeof(*ends); i++)
		if (strcmp(ko + 3, ends[i]) == 0)
			return (size_t)(ko - file);
	return 0;
}

static void collect(struct kofiles *f, const char *dir, const struct treedir *tree)
{
	for (size_t i = 0; i < tree->len; i++) {
		const struct treenode *n = &tree->item[i];
		char *path;

		if (!n->dir && !(S_ISREG(n->st.st_mode) && stem(n->name)))
			continue;
		path = pathjoin(dir, n->name);
		if (n->dir)
			collect(f, path, n->dir);
		else
			listadd(&f->path, path);
		free(path);
	}
}

static void filesread(struct kofiles *f)
{
	f->read = true;
	for (size_t i = 0; f->where && i < f->where->len; i++) {
		const char *where = f->where->item[i];
		struct treedir *tree;
		struct stat st;

		if (stat(where, &st) < 0)
			continue;
		if (!S_ISDIR(st.st_mode)) {
			listadd(&f->path, where);
			continue;
		}
		tree = treeread(where, ".git", NULL);
		if (tree)
			collect(f, where, tree);
		treefree(tree);
	}
}

static bool same(const char *file, size_t len, const char *name)
{
	for (size_t i = 0; i < len; i++)
		if ((file[i] == '-' ? '_' : file[i]) != (name[i] == '-' ? '_' : name[i]))
			return false;
	return !name[len];
}

const char *kofilesfind(struct kofiles *f, const char *name, size_t index)
{
	if (!f->read)
		filesread(f);
	for (size_t i = 0; i < f->path.len; i++) {
		const char *file = pathlast(f->path.item[i]);
		size_t len = stem(file);

		if (len && len == strlen(name) && same(file, len, name) && index-- == 0)
			return f->path.item[i];
	}
	return NULL;
}

void kofilesfree(struct kofiles *f)
{
	listfree(&f->path);
	f->read = false;
}
