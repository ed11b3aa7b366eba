// SPDX-License-Identifier: GPL-2.0-or-later
#include "artifact.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "artfile.h"
#include "digest.h"
#include "file.h"
#include "pack.h"

/* Add text, which is freed, to *note. */
static void noteadd(char **note, char *text)
{
	char *old = *note;

	if (!old) {
		*note = text;
		return;
	}
	*note = xasprintf("%s; %s", old, text);
	free(old);
	free(text);
}

/* Open a new file beside path that nobody else writes to, on whatever machine he may be. */
static int tempopen(struct outfile *o, const char *path)
{
	struct timespec now;

	if (mkparents(path) < 0)
		return -1;
	clock_gettime(CLOCK_REALTIME, &now);
	o->path = xstrdup(path);
	o->temp = xasprintf("%s.tmp%ld-%lx", path, (long)getpid(), (unsigned long)now.tv_nsec);
	o->fd = open(o->temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (o->fd >= 0)
		return 0;
	free(o->path);
	free(o->temp);
	o->path = o->temp = NULL;
	return -1;
}

/* Open the local entry, verified, its offset where the tree begins; -1: it is not there. */
static int localopen(const struct artifacts *a, const char *key, struct buf *meta, char **note)
{
	char *path = artifactpath(a->dir, key);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	const char *why;

	if (fd < 0 && errno != ENOENT && errno != ENOTDIR) {
		noteadd(note, xasprintf("cannot read %s: %s", path, strerror(errno)));
	} else if (fd >= 0 && artverify(fd, key, meta, &why) < 0) {
		close(fd);
		fd = -1;
		noteadd(note, xasprintf("%s was damaged and is removed: %s", path, why));
		artifactremove(a->dir, key);
	} else if (fd >= 0) {
		/* The time of its last use; a store that is not ours to write has none. */
		utimensat(AT_FDCWD, path, NULL, 0);
	}
	free(path);
	return fd;
}

static int entryopen(const struct artifacts *a, const char *key, struct buf *meta, char **note)
{
	*note = NULL;
	if (digestvalid(key))
		return localopen(a, key, meta, note);
	*note = xasprintf("'%s' is no key of an artifact", key);
	return -1;
}

int artifactfind(const struct artifacts *a, const char *key, struct buf *meta, char **note)
{
	int fd = entryopen(a, key, meta, note);

	if (fd < 0)
		return 0;
	close(fd);
	return 1;
}

/* Unpack fd's tree as todir: 1, 0 it is not fit for that, -1 todir cannot be made. */
static int treemake(int fd, const char *todir, char **why)
{
	char *part = xasprintf("%s.part", todir);
	struct stat st;
	int ret = -1;

	if (lstat(todir, &st) == 0)
		*why = xasprintf("cannot make %s: it exists", todir);
	else if (treeremove(part) < 0)
		*why = xasprintf("cannot remove %s: %s", part, strerror(errno));
	else
		ret = unpacktree(part, fd, why);
	if (ret == 0 && rename(part, todir) < 0) {
		*why = xasprintf("cannot make %s: %s", todir, strerror(errno));
		ret = -1;
	}
	if (ret != 0)
		treeremove(part);
	free(part);
	return ret == 0 ? 1 : ret == 1 ? 0 : -1;
}

int artifactload(const struct artifacts *a, const char *key, const char *todir, struct buf *meta,
		 char **note)
{
	struct buf text = { 0 };
	char *why = NULL;
	int fd = entryopen(a, key, &text, note);
	int ret;

	if (fd < 0)
		return 0;
	ret = treemake(fd, todir, &why);
	close(fd);
	if (ret == 0)
		artifactremove(a->dir, key);
	if (why)
		noteadd(note, xasprintf("%s %s%s: %s", ret ? "cannot unpack artifact" : "artifact",
					key, ret ? "" : " is bad and was removed", why));
	free(why);
	if (ret == 1 && meta && text.len)
		bufadd(meta, text.data, text.len);
	buffree(&text);
	return ret;
}

int artifactstore(const struct artifacts *a, const char *key, const char *fromdir,
		  const struct buf *meta, char **note)
{
	struct artifactgc gc = { 0 };
	struct outfile o = { .fd = -1 };
	char *path, *why = NULL;
	int ret = -1;

	*note = NULL;
	if (!digestvalid(key)) {
		*note = xasprintf("'%s' is no key of an artifact", key);
		return -1;
	}
	path = artifactpath(a->dir, key);
	if (tempopen(&o, path) < 0) {
		why = xstrdup(strerror(errno));
	} else if (artwrite(o.fd, key, meta, fromdir, &why) == 0) {
		ret = outcommit(&o);
		if (ret < 0)
			why = xstrdup(strerror(errno));
	}
	outabort(&o);
	if (why)
		noteadd(note, xasprintf("cannot store %s as %s: %s", fromdir, path, why));
	free(why);
	free(path);
	if (ret == 0 && a->limit && artifactevict(a->dir, a->limit, key, &gc) < 0)
		noteadd(note, xasprintf("cannot remove old artifacts from %s: %s", a->dir,
					strerror(errno)));
	return ret;
}
