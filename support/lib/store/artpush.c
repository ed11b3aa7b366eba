// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/artpush.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/artfile.h"
#include "store/artlist.h"
#include "store/artremote.h"
#include "store/artsign.h"

/* What result is for the one that pushes. */
static enum artpush meaning(enum remote result)
{
	switch (result) {
	case REMOTE_DONE:
		return ARTPUSH_SENT;
	case REMOTE_FAILED:
		return ARTPUSH_FAILED;
	default:
		return ARTPUSH_END;
	}
}

/* Open an entry, verified. Returns -1 with *note. */
static int entryopen(const struct artifacts *a, const char *key, char **note)
{
	char *path = artifactpath(a->dir, key);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char *why = NULL;

	if (fd < 0) {
		*note = xasprintf("cannot read %s: %s", path, strerror(errno));
	} else if (artverify(fd, key, NULL, &why) < 0) {
		*note = xasprintf("%s is damaged, and is not sent: %s", path, why);
		close(fd);
		fd = -1;
	}
	free(why);
	free(path);
	return fd;
}

/*
 * Find the signature that the entry in fd is sent with; empty if none. Nobody signs here what
 * somebody else may have made. Returns ARTPUSH_SENT if it can be sent.
 */
static enum artpush sigfind(const struct artifacts *a, const char *key, int fd, struct buf *sig,
			    char **note)
{
	enum origin from = artorigin(a->dir, key, sig);
	char *why = NULL;
	enum signedby by;

	if (from == ORIGIN_HERE && a->sign) {
		if (artsignmake(fd, a->sign, sig, &why) == 0)
			return ARTPUSH_SENT;
		*note = why;
		return ARTPUSH_END;
	}
	if (from == ORIGIN_FETCHED && (a->sign || a->trust))
		return ARTPUSH_LEFT;
	if (from != ORIGIN_SIGNED || !a->trust)
		return ARTPUSH_SENT;
	by = artsigncheck(fd, a->trust, sig, &why);
	if (by == SIGNED_UNKNOWN)
		*note = why;
	else
		free(why);
	return by == SIGNED_GOOD ? ARTPUSH_SENT : by == SIGNED_BAD ? ARTPUSH_LEFT : ARTPUSH_END;
}

static enum artpush entrysend(const struct artifacts *a, const char *key, char **note)
{
	struct buf sig = { 0 };
	int fd = entryopen(a, key, note);
	enum artpush ret;

	if (fd < 0)
		return ARTPUSH_FAILED;
	ret = sigfind(a, key, fd, &sig, note);
	if (ret == ARTPUSH_SENT)
		ret = meaning(artremoteput(a, key, fd, &sig, note));
	buffree(&sig);
	close(fd);
	return ret;
}

enum artpush artifactpush(const struct artifacts *a, const char *key, char **note)
{
	bool sig = a->sign || artorigin(a->dir, key, NULL) == ORIGIN_SIGNED;
	enum remote result = artremotehas(a, key, false, note);

	/* An entry without the signature that it could have is replaced. */
	if (result == REMOTE_DONE && sig)
		result = artremotehas(a, key, true, note);
	if (result == REMOTE_DONE)
		return ARTPUSH_THERE;
	return result == REMOTE_NONE ? entrysend(a, key, note) : meaning(result);
}
