// SPDX-License-Identifier: GPL-2.0-or-later
#include "imagedigest.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/digest.h"
#include "fs/file.h"
#include "fs/links.h"

/* A list that is being written. */
struct list {
	const char *root;
	struct buf *out;
	struct links links; /* hard links: inode, first name */
	struct strlist names;
	char **why;
};

static int listtree(struct list *l, const char *rel);

/*
 * Return the name under which the file with stat st was listed before; NULL if it is new, and rel
 * is recorded as its name.
 */
static const char *listedas(struct list *l, const char *rel, const struct stat *st)
{
	void **first = linkslot(&l->links, st->st_dev, st->st_ino);

	if (*first)
		return *first;
	listadd(&l->names, rel);
	*first = l->names.item[l->names.len - 1];
	return NULL;
}

/*
 * Append the line of one path: its mode, the digest of its content or its target, its name. A hard
 * link to a listed file gets one more line.
 */
static int listnode(struct list *l, const char *rel)
{
	char *path = pathjoin(l->root, rel);
	const char *other = NULL;
	char hex[DIGESTHEX];
	char target[4096];
	struct stat st;
	ssize_t n = 0;
	int ret = lstat(path, &st);

	if (ret == 0 && !S_ISDIR(st.st_mode) && st.st_nlink > 1)
		other = listedas(l, rel, &st);
	if (strchr(rel, '\n')) {
		*l->why =
			xasprintf("%s: a file name with a line break in it cannot be packed", path);
		ret = -1;
	} else if (ret == 0 && S_ISREG(st.st_mode)) {
		ret = digestfile(path, hex);
		bufprintf(l->out, "%06o %s %s\n", st.st_mode, hex, rel);
	} else if (ret == 0 && S_ISLNK(st.st_mode)) {
		n = readlink(path, target, sizeof(target) - 1);
		ret = n < 0 ? -1 : 0;
		bufprintf(l->out, "%06o %.*s %s\n", st.st_mode, ret == 0 ? (int)n : 0, target, rel);
	} else if (ret == 0 && (S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode))) {
		bufprintf(l->out, "%06o %u:%u %s\n", st.st_mode, major(st.st_rdev),
			  minor(st.st_rdev), rel);
	} else if (ret == 0) {
		bufprintf(l->out, "%06o - %s\n", st.st_mode, rel);
		if (S_ISDIR(st.st_mode))
			ret = listtree(l, rel);
	}
	if (ret == 0 && other)
		bufprintf(l->out, "same=%s=%s\n", other, rel);
	if (ret < 0 && !*l->why)
		*l->why = xasprintf("cannot read %s: %s", path, strerror(errno));
	free(path);
	return ret;
}

static int listtree(struct list *l, const char *rel)
{
	char *dir = pathjoin(l->root, rel);
	struct strlist names = { 0 };
	int ret = dirlist(dir, &names);

	if (ret < 0 && errno == ENOENT)
		ret = 0;
	else if (ret < 0)
		*l->why = xasprintf("cannot read %s: %s", dir, strerror(errno));
	for (size_t i = 0; ret == 0 && i < names.len; i++) {
		char *sub = pathjoin(rel, names.item[i]);

		ret = listnode(l, sub);
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

/* Write dir/digest.PART from a list. */
static int putdigest(const struct job *j, const char *part, struct buf *list, char **why)
{
	char *name = xasprintf("digest.%s", part);
	struct buf text = { 0 };
	char hex[DIGESTHEX];
	int ret;

	digestbytes(bufstr(list), list->len, hex);
	bufprintf(&text, "%s\n", hex);
	ret = update(j, name, &text, why);
	buffree(&text);
	free(name);
	return ret;
}

/* Append the lines of image/TREE. */
static int listpart(const struct job *j, const char *tree, struct buf *list, char **why)
{
	char *root = jobpath(j, "image");
	struct list l = { .root = root, .out = list, .why = why };
	int ret = listtree(&l, tree);

	linksfree(&l.links);
	listfree(&l.names);
	free(root);
	return ret;
}

bool imageepoch(const struct job *j, struct buf *out)
{
	char *path = jobpath(j, "epoch");
	size_t before = out->len;
	bool ret = fileread(path, out) == 0 && out->len > before;

	free(path);
	return ret;
}

/* Write dir/epoch, or remove it; append it to list. */
static int putepoch(const struct job *j, const char *epoch, struct buf *list, char **why)
{
	char *path = jobpath(j, "epoch");
	char *source = xasprintf("%s.epoch", j->src);
	struct buf text = { 0 };
	int ret = 0;

	if (epoch)
		bufputs(&text, epoch);
	else if (list->len && fileread(source, &text) < 0)
		bufclear(&text);
	if (list->len && text.len) {
		bufprintf(list, "epoch %s", bufstr(&text));
		ret = update(j, "epoch", &text, why);
	} else if (unlink(path) < 0 && errno != ENOENT) {
		*why = xasprintf("cannot remove %s: %s", path, strerror(errno));
		ret = -1;
	}
	buffree(&text);
	free(source);
	free(path);
	return ret;
}

/*
 * Write digest.target, digest.sysroot and digest.images from their lists, and append the lists to
 * manifest.
 */
static int putparts(const struct job *j, const char *epoch, struct buf *manifest, char **why)
{
	struct buf target = { 0 };
	struct buf sysroot = { 0 };
	struct buf images = { 0 };
	int ret = listpart(j, "target", &target, why);

	if (ret == 0)
		ret = listpart(j, "sysroot", &sysroot, why);
	if (ret == 0)
		ret = listpart(j, "host", &sysroot, why);
	if (ret == 0)
		ret = listpart(j, "images", &images, why);
	bufputs(manifest, bufstr(&target));
	bufputs(manifest, bufstr(&sysroot));
	bufputs(manifest, bufstr(&images));
	if (ret == 0)
		ret = putepoch(j, epoch, &target, why);
	if (ret == 0)
		ret = putdigest(j, "target", &target, why);
	if (ret == 0)
		ret = putdigest(j, "sysroot", &sysroot, why);
	if (ret == 0)
		ret = putdigest(j, "images", &images, why);
	buffree(&target);
	buffree(&sysroot);
	buffree(&images);
	return ret;
}

int imagedigest(const struct job *j, const char *epoch, char **why)
{
	struct buf manifest = { 0 };
	int ret;

	*why = NULL;
	ret = putparts(j, epoch, &manifest, why);
	if (ret == 0)
		ret = update(j, "manifest", &manifest, why);
	buffree(&manifest);
	return ret;
}
