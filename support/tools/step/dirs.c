// SPDX-License-Identifier: GPL-2.0-or-later
#include "dirs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/msg.h"
#include "fs/file.h"
#include "fs/remove.h"

void dirfresh(const struct job *j, const char *name)
{
	char *path = jobpath(j, name);

	if (treeremove(path) < 0 || mkdirs(path) < 0)
		die("cannot recreate %s:", path);
	free(path);
}

void dirforget(const struct job *j, const char *name)
{
	char *path = jobpath(j, name);

	if (treeremove(path) < 0)
		die("cannot remove %s:", path);
	free(path);
}

void dirmove(const struct job *j, const char *from, const char *to)
{
	char *old = jobpath(j, from);
	char *new = jobpath(j, to);

	dirforget(j, to);
	if (rename(old, new) < 0)
		die("cannot rename %s to %s:", old, new);
	free(old);
	free(new);
}

bool direxists(const struct job *j, const char *name)
{
	char *path = jobpath(j, name);
	bool ret = access(path, F_OK) == 0;

	free(path);
	return ret;
}

void dirrecord(const struct job *j, const char *name, const char *data, size_t len)
{
	char *path = jobpath(j, name);

	if (mkparents(path) < 0 || filewrite(path, data, len, 0666) < 0)
		die("cannot write %s:", path);
	free(path);
}

int dirlock(const struct job *j, const char *name)
{
	char *path = jobpath(j, name);
	int fd, kept;

	if (mkdirs(j->dir) < 0)
		die("cannot make %s:", j->dir);
	fd = open(path, O_WRONLY | O_CREAT, 0666);
	if (fd < 0)
		die("cannot open %s:", path);
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK)
			die("cannot lock %s:", path);
		if (strcmp(name, "lock") == 0)
			warn("%s: another build is at work in %s: waiting for it to end", j->name,
			     j->dir);
		while (flock(fd, LOCK_EX) < 0) {
			if (errno != EINTR)
				die("cannot lock %s:", path);
		}
	}
	/* Keep clear of the descriptors that a script may use by number. */
	kept = fcntl(fd, F_DUPFD, 10);
	if (kept < 0)
		die("cannot keep %s open:", path);
	close(fd);
	free(path);
	return kept;
}

static bool known(const char *hex, const struct buf *keys, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (keys[i].len && strstr(keys[i].data, hex))
			return true;
	}
	return n == 0;
}

void dirplace(const struct job *j, const char *name, const struct pairs *files,
	      const struct buf *keys, size_t n)
{
	struct buf data = { 0 };
	char hex[DIGESTHEX];
	char *path;

	dirfresh(j, name);
	for (size_t i = 0; i < files->len; i++) {
		bufclear(&data);
		if (fileread(files->item[i].value, &data) < 0)
			die("cannot read %s:", files->item[i].value);
		digestbytes(bufstr(&data), data.len, hex);
		if (!known(hex, keys, n))
			die("%s: %s changed while make was at work; run make again", j->name,
			    files->item[i].value);
		path = xasprintf("%s/%s/%s", j->dir, name, files->item[i].name);
		if (filewrite(path, bufstr(&data), data.len, 0666) < 0)
			die("cannot write %s:", path);
		free(path);
	}
	buffree(&data);
}
