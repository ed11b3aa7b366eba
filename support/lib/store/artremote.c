// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/artremote.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/url.h"
#include "fs/file.h"
#include "store/remote.h"

#define FETCHMAX (2ULL << 30) /* most bytes of an entry: no package is larger */

/* The file that disables the remote store, or storing in it. */
static char *markpath(const struct artifacts *a, bool put)
{
	return a->downmark ? xasprintf("%s%s", a->downmark, put ? ".put" : "") : NULL;
}

static bool marked(const struct artifacts *a, bool put)
{
	char *mark = markpath(a, put);
	bool ret = mark && access(mark, F_OK) == 0;

	free(mark);
	return ret;
}

bool artremoteusable(const struct artifacts *a, bool put)
{
	if (!a->url || marked(a, false))
		return false;
	return !put || (a->push && !marked(a, true));
}

/* Create the mark. Returns false if another process did, which then has reported the reason. */
static bool markmake(const struct artifacts *a, bool put)
{
	char *mark = markpath(a, put);
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

static char *address(const struct artifacts *a, const char *key)
{
	char *path = xasprintf("%.2s/%s.art", key, key);
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
	else if (result == REMOTE_REFUSED && put && markmake(a, true))
		note = xasprintf("the remote cache %s refuses to store packages: %s", url, why);
	else if (result == REMOTE_DOWN || (result == REMOTE_REFUSED && !put))
		note = markmake(a, false)
			       ? xasprintf("the remote cache %s is disabled for now: %s", url, why)
			       : NULL;
	free(why);
	free(url);
	return note;
}

bool artremoteget(const struct artifacts *a, const char *key, int fd, char **note)
{
	char *from = address(a, key);
	char *why;
	enum remote result = remoteget(from, fd, FETCHMAX, &why);

	free(from);
	*note = notemake(a, false, key, result, why);
	return result == REMOTE_DONE;
}

void artremoteput(const struct artifacts *a, const char *key, int fd, char **note)
{
	char *to = address(a, key);
	char *why;
	enum remote result = remoteput(to, fd, &why);

	free(to);
	*note = notemake(a, true, key, result, why);
}
