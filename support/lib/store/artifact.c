// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/artifact.h"
#include "store/artlist.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/pack.h"
#include "archive/unpack.h"
#include "base/digest.h"
#include "base/url.h"
#include "fs/file.h"
#include "fs/remove.h"
#include "store/artfile.h"
#include "store/artremote.h"
#include "store/artsign.h"

/* Append text, which is freed (NULL: nothing), to *note. */
static void noteadd(char **note, char *text)
{
	char *old = *note;

	if (!old || !text) {
		*note = old ? old : text;
		return;
	}
	*note = xasprintf("%s; %s", old, text);
	free(old);
	free(text);
}

/* Open a new file next to path, with a name that no other process on any machine uses. */
static int tempopen(struct outfile *o, const char *path, char **note)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	o->path = xstrdup(path);
	o->temp = xasprintf("%s.tmp%ld-%lx", path, (long)getpid(), (unsigned long)now.tv_nsec);
	o->fd = mkparents(path) < 0 ? -1
				    : open(o->temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (o->fd >= 0)
		return 0;
	noteadd(note, xasprintf("cannot write %s: %s", o->temp, strerror(errno)));
	free(o->path);
	free(o->temp);
	o->path = o->temp = NULL;
	return -1;
}

static void evict(const struct artifacts *a, const char *keep, char **note)
{
	struct artifactgc gc = { 0 };

	if (a->limit && artifactevict(a->dir, a->limit, keep, &gc) < 0)
		noteadd(note, xasprintf("cannot remove old artifacts from %s: %s", a->dir,
					strerror(errno)));
}

/*
 * Whether the local entry may be used. What was built here may; of what was fetched, where a->trust
 * is set, what somebody has signed whom it names now.
 */
static bool localtrusted(const struct artifacts *a, const char *key, int fd, char **note)
{
	struct buf sig = { 0 };
	enum origin from = a->trust ? artorigin(a->dir, key, &sig) : ORIGIN_HERE;
	char *why = NULL;
	bool ret = from == ORIGIN_HERE ||
		   (from == ORIGIN_SIGNED && artsigncheck(fd, a->trust, &sig, &why) == SIGNED_GOOD);

	if (why)
		noteadd(note, artremoterefused(a, key, true, why));
	buffree(&sig);
	free(why);
	return ret;
}

/* Open the local entry, verified, at the offset of its tree; -1: no valid entry. */
static int localopen(const struct artifacts *a, const char *key, struct buf *meta, char **note)
{
	char *path = artifactpath(a->dir, key);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char *why = NULL;

	if (fd < 0 && errno != ENOENT && errno != ENOTDIR) {
		noteadd(note, xasprintf("cannot read %s: %s", path, strerror(errno)));
	} else if (fd >= 0 && !localtrusted(a, key, fd, note)) {
		close(fd);
		fd = -1;
	} else if (fd >= 0 && artverify(fd, key, meta, &why) < 0) {
		close(fd);
		fd = -1;
		noteadd(note,
			artifactremove(a->dir, key) < 0
				? xasprintf("%s is damaged and cannot be removed: %s", path, why)
				: xasprintf("%s was damaged and is removed: %s", path, why));
	} else if (fd >= 0) {
		/* Its time of use; fails silently if the store is read-only. */
		utimensat(AT_FDCWD, path, NULL, 0);
	}
	free(path);
	free(why);
	return fd;
}

/*
 * Verify the entry in o, from the remote store, and its signature if only signed ones are used.
 * Returns 0, or -1 and reports why.
 */
static int fetchedcheck(const struct artifacts *a, const char *key, int fd, const struct buf *sig,
			struct buf *meta, char **note)
{
	enum signedby by = SIGNED_GOOD;
	char *why = NULL;
	bool good;

	if (a->trust)
		by = artsigncheck(fd, a->trust, sig, &why);
	good = by == SIGNED_GOOD && artverify(fd, key, meta, &why) == 0;
	if (!good)
		noteadd(note, by == SIGNED_UNKNOWN ? artremotedisable(a, why)
						   : artremoterefused(a, key, false, why));
	free(why);
	return good ? 0 : -1;
}

/* Verify the entry in o, with the signature sig, and keep both. Returns like localopen. */
static int fetchedopen(const struct artifacts *a, const char *key, struct outfile *o,
		       const struct buf *sig, struct buf *meta, char **note)
{
	int fd;

	if (fetchedcheck(a, key, o->fd, sig, meta, note) < 0)
		return -1;
	fd = fcntl(o->fd, F_DUPFD_CLOEXEC, 0);
	/* It is used now even if it cannot be kept. */
	if (artsignkeep(a->dir, key, sig) == 0 && outcommit(o) == 0)
		evict(a, key, note);
	return fd;
}

/* Fetch and open the remote store's entry. Returns like localopen. */
static int remoteopen(const struct artifacts *a, const char *key, struct buf *meta, char **note)
{
	struct outfile o = { .fd = -1 };
	struct buf sig = { 0 };
	char *path, *text = NULL;
	int fd = -1;

	if (!artremoteusable(a, 0))
		return -1;
	path = artifactpath(a->dir, key);
	if (artremotesig(a, key, &sig, &text) && tempopen(&o, path, note) == 0) {
		if (artremoteget(a, key, o.fd, &text))
			fd = fetchedopen(a, key, &o, &sig, meta, note);
	}
	noteadd(note, text);
	outabort(&o);
	buffree(&sig);
	free(path);
	return fd;
}

static int entryopen(const struct artifacts *a, const char *key, struct buf *meta, char **note)
{
	int fd;

	*note = NULL;
	if (!digestvalid(key)) {
		*note = xasprintf("'%s' is not the key of an artifact", key);
		return -1;
	}
	fd = localopen(a, key, meta, note);
	return fd < 0 ? remoteopen(a, key, meta, note) : fd;
}

bool artifactfind(const struct artifacts *a, const char *key, struct buf *meta, char **note)
{
	int fd = entryopen(a, key, meta, note);

	if (fd < 0)
		return false;
	close(fd);
	return true;
}

/*
 * Unpack fd's tree as todir. Returns 0; 1 if the entry is invalid, -1 if todir cannot be created.
 */
static int treemake(int fd, const char *todir, char **why)
{
	char *part = xasprintf("%s.part", todir);
	struct stat st;
	int ret = -1;

	if (lstat(todir, &st) == 0)
		*why = xstrdup("it exists");
	else if (treeremove(part) < 0)
		*why = xasprintf("cannot remove %s: %s", part, strerror(errno));
	else
		ret = unpacktree(part, fd, why);
	if (ret == 0 && rename(part, todir) < 0) {
		*why = xstrdup(strerror(errno));
		ret = -1;
	}
	if (ret != 0)
		treeremove(part);
	free(part);
	return ret;
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
	if (ret == 1) {
		artifactremove(a->dir, key);
		noteadd(note, xasprintf("artifact %s was damaged and is removed: %s", key, why));
	} else if (ret < 0) {
		noteadd(note, xasprintf("cannot unpack artifact %s to %s: %s", key, todir, why));
	} else if (meta && text.len) {
		bufadd(meta, text.data, text.len);
	}
	buffree(&text);
	free(why);
	return ret == 0 ? 1 : ret == 1 ? 0 : -1;
}

/* Write the entry. Returns its file, open for reading, or -1. */
static int localstore(const struct artifacts *a, const char *key, const char *fromdir,
		      const struct buf *meta, char **note)
{
	struct outfile o = { .fd = -1 };
	char *path = artifactpath(a->dir, key);
	char *why = NULL;
	int fd = -1;

	if (tempopen(&o, path, note) == 0 && artwrite(o.fd, key, meta, fromdir, &why) == 0) {
		fd = fcntl(o.fd, F_DUPFD_CLOEXEC, 0);
		if (outcommit(&o) < 0) {
			why = xstrdup(strerror(errno));
			close(fd);
			fd = -1;
		} else {
			artsignforget(a->dir, key);
		}
	}
	outabort(&o);
	if (why)
		noteadd(note, xasprintf("cannot store %s as %s: %s", fromdir, path, why));
	free(why);
	free(path);
	return fd;
}

/* Put the entry in fd, which was built here, into the remote store, signed if a->sign. */
static void remotestore(const struct artifacts *a, const char *key, int fd, char **note)
{
	struct buf sig = { 0 };
	char *why = NULL, *text = NULL;

	if (!a->sign || artsignmake(fd, a->sign, &sig, &why) == 0)
		artremoteput(a, key, fd, &sig, &text);
	else
		text = artremoteunsigned(a, why);
	noteadd(note, text);
	free(why);
	buffree(&sig);
}

int artifactstore(const struct artifacts *a, const char *key, const char *fromdir,
		  const struct buf *meta, char **note)
{
	int fd;

	*note = NULL;
	if (!digestvalid(key)) {
		*note = xasprintf("'%s' is not the key of an artifact", key);
		return -1;
	}
	fd = localstore(a, key, fromdir, meta, note);
	if (fd < 0)
		return -1;
	evict(a, key, note);
	if (artremoteusable(a, 1))
		remotestore(a, key, fd, note);
	close(fd);
	return 0;
}
