// SPDX-License-Identifier: GPL-2.0-or-later
#include "image.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "digest.h"
#include "file.h"

static int listtree(const char *root, const char *rel, struct buf *out, char **why);

/* Append the line of one path: its mode, its content's digest or its target, its name. */
static int listnode(const char *root, const char *rel, struct buf *out, char **why)
{
	char *path = pathjoin(root, rel);
	char hex[DIGESTHEX];
	char target[4096];
	struct stat st;
	ssize_t n = 0;
	int ret = lstat(path, &st);

	if (strchr(rel, '\n')) {
		*why = xasprintf("%s: a file name with a line break in it cannot be packed", path);
		ret = -1;
	} else if (ret == 0 && S_ISREG(st.st_mode)) {
		ret = digestfile(path, hex);
		bufprintf(out, "%06o %s %s\n", st.st_mode, hex, rel);
	} else if (ret == 0 && S_ISLNK(st.st_mode)) {
		n = readlink(path, target, sizeof(target) - 1);
		ret = n < 0 ? -1 : 0;
		bufprintf(out, "%06o %.*s %s\n", st.st_mode, ret == 0 ? (int)n : 0, target, rel);
	} else if (ret == 0) {
		bufprintf(out, "%06o - %s\n", st.st_mode, rel);
		if (S_ISDIR(st.st_mode))
			ret = listtree(root, rel, out, why);
	}
	if (ret < 0 && !*why)
		*why = xasprintf("cannot read %s: %s", path, strerror(errno));
	free(path);
	return ret;
}

static int listtree(const char *root, const char *rel, struct buf *out, char **why)
{
	char *dir = pathjoin(root, rel);
	struct strlist names = { 0 };
	int ret = dirlist(dir, &names);

	if (ret < 0 && errno == ENOENT)
		ret = 0;
	else if (ret < 0)
		*why = xasprintf("cannot read %s: %s", dir, strerror(errno));
	for (size_t i = 0; ret == 0 && i < names.len; i++) {
		char *sub = pathjoin(rel, names.item[i]);

		ret = listnode(root, sub, out, why);
		free(sub);
	}
	listfree(&names);
	free(dir);
	return ret;
}

/* Write dir/NAME if it changed. */
static int update(const struct job *j, const char *name, const struct buf *text, char **why)
{
	char *path = jobpath(j, name);

	if (fileupdate(path, text->len ? text->data : "", text->len, 0666) < 0)
		*why = xasprintf("cannot write %s: %s", path, strerror(errno));
	free(path);
	return *why ? -1 : 0;
}

/* digest.PART from the trees that count as that part. */
static int partdigest(const struct job *j, const char *part, const char *tree, const char *more,
		      struct buf *manifest, char **why)
{
	char *root = jobpath(j, "image");
	char *name = xasprintf("digest.%s", part);
	struct buf list = { 0 };
	struct buf text = { 0 };
	char hex[DIGESTHEX];
	int ret = listtree(root, tree, &list, why);

	if (ret == 0 && more)
		ret = listtree(root, more, &list, why);
	if (ret == 0) {
		digestbytes(bufstr(&list), list.len, hex);
		bufprintf(&text, "%s\n", hex);
		ret = update(j, name, &text, why);
		bufputs(manifest, bufstr(&list));
	}
	buffree(&list);
	buffree(&text);
	free(name);
	free(root);
	return ret;
}

int imagedigest(const struct job *j, char **why)
{
	struct buf manifest = { 0 };
	int ret;

	*why = NULL;
	ret = partdigest(j, "target", "target", NULL, &manifest, why);
	if (ret == 0)
		ret = partdigest(j, "sysroot", "sysroot", "host", &manifest, why);
	if (ret == 0)
		ret = partdigest(j, "images", "images", NULL, &manifest, why);
	if (ret == 0)
		ret = update(j, "manifest", &manifest, why);
	buffree(&manifest);
	return ret;
}
