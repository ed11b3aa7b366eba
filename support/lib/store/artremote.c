// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/artremote.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/url.h"
#include "fs/capture.h"
#include "fs/file.h"
#include "store/artsign.h"

#define FETCHMAX (2ULL << 30) /* most bytes of an entry: no package is larger */

/* What a mark stands for, and the end of its name. */
enum mark { MARK_DOWN, MARK_PUT, MARK_REFUSED };
static const char *const marks[] = { "", ".put", ".refused" };

static char *markpath(const struct artifacts *a, enum mark m)
{
	return a->downmark ? xasprintf("%s%s", a->downmark, marks[m]) : NULL;
}

static bool marked(const struct artifacts *a, enum mark m)
{
	char *mark = markpath(a, m);
	bool ret = mark && access(mark, F_OK) == 0;

	free(mark);
	return ret;
}

bool artremoteusable(const struct artifacts *a, bool put)
{
	if (!a->url || marked(a, MARK_DOWN))
		return false;
	return !put || (a->push && !marked(a, MARK_PUT));
}

/* Create the mark. Returns false if another process did, which then has reported the reason. */
static bool markmake(const struct artifacts *a, enum mark m)
{
	char *mark = markpath(a, m);
	bool ret = true;
	int fd = -1;

	if (mark && mkparents(mark) == 0) {
		fd = open(mark, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		ret = fd >= 0 || errno != EEXIST;
	}
	if (fd >= 0)
		close(fd);
	free(mark);
	return ret;
}

/* The address of the entry, or of its signature. */
static char *address(const struct artifacts *a, const char *key, bool sig)
{
	char *path = xasprintf("%.2s/%s.art%s", key, key, sig ? ".sig" : "");
	char *ret = urljoin(a->url, path);

	free(path);
	return ret;
}

/* The note for a result; why is freed. */
static char *notemake(const struct artifacts *a, bool put, const char *key, enum remote result,
		      char *why)
{
	char *url = urlshow(a->url);
	char *note = NULL;

	if (result == REMOTE_FAILED)
		note = xasprintf("cannot %s %s the remote cache %s: artifact %s: %s",
				 put ? "store" : "read", put ? "in" : "from", url, key, why);
	else if (result == REMOTE_REFUSED && put && markmake(a, MARK_PUT))
		note = xasprintf("the remote cache %s refuses to store packages: %s", url, why);
	else if (result == REMOTE_DOWN || (result == REMOTE_REFUSED && !put))
		note = markmake(a, MARK_DOWN)
			       ? xasprintf("the remote cache %s is disabled for now: %s", url, why)
			       : NULL;
	free(why);
	free(url);
	return note;
}

char *artremoterefused(const struct artifacts *a, const char *key, bool here, const char *why)
{
	char *url, *note;

	if (!markmake(a, MARK_REFUSED))
		return NULL;
	url = here ? NULL : urlshow(a->url);
	note = xasprintf("artifact %s%s%s is not used: %s%s", key,
			 here ? ", which was fetched earlier," : " of the remote cache ",
			 here ? "" : url, why,
			 a->downmark ? "; others that are refused are not reported" : "");
	free(url);
	return note;
}

char *artremotedisable(const struct artifacts *a, const char *why)
{
	return notemake(a, false, NULL, REMOTE_DOWN, xstrdup(why));
}

char *artremoteunsigned(const struct artifacts *a, const char *why)
{
	char *url, *note;

	if (!markmake(a, MARK_PUT))
		return NULL;
	url = urlshow(a->url);
	note = xasprintf("packages are not stored in the remote cache %s: %s", url, why);
	free(url);
	return note;
}

/* Write the file, or its signature, to fd. */
static enum remote get(const struct artifacts *a, const char *key, bool sig, int fd, char **note)
{
	char *from = address(a, key, sig);
	char *why;
	enum remote result = remoteget(from, fd, sig ? SIGNATURE_MAX : FETCHMAX, &why);

	free(from);
	*note = notemake(a, false, key, result, why);
	return result;
}

bool artremoteget(const struct artifacts *a, const char *key, int fd, char **note)
{
	return get(a, key, false, fd, note) == REMOTE_DONE;
}

/* Append the signature of the entry. */
static enum remote sigget(const struct artifacts *a, const char *key, struct buf *sig, char **note)
{
	char text[SIGNATURE_MAX];
	enum remote ret = REMOTE_FAILED;
	int fd = memoryfile("", 0);
	ssize_t len;

	if (fd < 0) {
		*note = notemake(a, false, key, ret, xstrdup(strerror(errno)));
		return ret;
	}
	ret = get(a, key, true, fd, note);
	len = ret == REMOTE_DONE ? pread(fd, text, sizeof(text), 0) : 0;
	if (len > 0)
		bufadd(sig, text, (size_t)len);
	close(fd);
	return ret;
}

bool artremotesig(const struct artifacts *a, const char *key, struct buf *sig, char **note)
{
	enum remote result;

	*note = NULL;
	if (!a->trust)
		return true;
	result = sigget(a, key, sig, note);
	/* An entry without a signature is refused, a missing one is not worth a word. */
	if (result == REMOTE_NONE && !marked(a, MARK_REFUSED) &&
	    artremotehas(a, key, false, note) == REMOTE_DONE)
		*note = artremoterefused(a, key, false, "it is not signed");
	return result == REMOTE_DONE;
}

enum remote artremotehas(const struct artifacts *a, const char *key, bool sig, char **note)
{
	char *where = address(a, key, sig);
	char *why;
	enum remote result = remotehas(where, &why);

	free(where);
	*note = notemake(a, false, key, result, why);
	return result;
}

/* Put the file fd there. */
static enum remote put(const struct artifacts *a, const char *key, bool sig, int fd, char **why)
{
	char *to = address(a, key, sig);
	enum remote result = remoteput(to, fd, why);

	free(to);
	return result;
}

enum remote artremoteput(const struct artifacts *a, const char *key, int fd, const struct buf *sig,
			 char **note)
{
	int sigfd = sig->len ? memoryfile(sig->data, sig->len) : -1;
	enum remote result = REMOTE_DONE;
	char *why = NULL;

	/* The signature first, so that no entry is there without it. */
	if (sigfd >= 0) {
		result = put(a, key, true, sigfd, &why);
		close(sigfd);
	} else if (sig->len) {
		result = REMOTE_FAILED;
		why = xstrdup(strerror(errno));
	}
	if (result == REMOTE_DONE)
		result = put(a, key, false, fd, &why);
	*note = notemake(a, true, key, result, why);
	return result;
}
