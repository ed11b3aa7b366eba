// SPDX-License-Identifier: GPL-2.0-or-later
#include "kept.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

int keptopen(struct kept *k, const char *dir)
{
	*k = (struct kept){ .dir = dir };
	if (mkdirs(dir) < 0)
		return -1;
	if (digestfile("/proc/self/exe", k->self) < 0)
		*k->self = '\0'; /* there is no /proc */
	return 0;
}

/* The name of the file that has what these bytes become. */
static int keptname(const struct kept *k, const struct range *r, const struct codec *c, int level,
		    char hex[DIGESTHEX])
{
	struct buf key = { 0 };

	if (rangedigest(r, hex) < 0)
		return -1;
	bufprintf(&key, "%s %s %d %s %s", k->self, c->name, level, c->library(), hex);
	digestbytes(key.data, key.len, hex);
	buffree(&key);
	return 0;
}

/* Compress to the file at path, which appears whole. */
static int keptmake(const char *path, const struct range *r, const struct codec *c, int level)
{
	struct outfile o = { .fd = -1 };
	uint64_t written = 0;
	int ret;

	if (outopen(&o, path, 0666) < 0)
		return -1;
	ret = rangecompress(r, c, level, o.fd, &written);
	if (ret == 0)
		ret = outcommit(&o);
	outabort(&o);
	return ret;
}

/* Append the file to out. */
static int keptcopy(int fd, int out, uint64_t *written)
{
	struct range all = { .fd = fd };
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -1;
	all.size = (uint64_t)st.st_size;
	return rangecompress(&all, codecfind("none"), 0, out, written);
}

int keptcompress(struct kept *k, const struct range *r, const struct codec *c, int level, int out,
		 uint64_t *written)
{
	char name[DIGESTHEX];
	int fd = -1, ret = -1;
	char *path;

	if (!*k->self)
		return rangecompress(r, c, level, out, written);
	if (keptname(k, r, c, level, name) < 0)
		return -1;
	listadd(&k->used, name);
	path = pathjoin(k->dir, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT && keptmake(path, r, c, level) == 0)
		fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		ret = keptcopy(fd, out, written);
	free(path);
	if (fd >= 0)
		close(fd);
	return ret;
}

/* Whether it is none of ours (it may end in what outopen adds), or was used. */
static int isused(const struct kept *k, const char *name)
{
	char hex[DIGESTHEX];

	snprintf(hex, sizeof(hex), "%s", name);
	if (!digestvalid(hex))
		return 1;
	for (size_t i = 0; i < k->used.len; i++) {
		if (strcmp(k->used.item[i], name) == 0)
			return 1;
	}
	return 0;
}

void keptclose(struct kept *k, int failed)
{
	struct strlist names = { 0 };

	if (!failed && dirlist(k->dir, &names) == 0) {
		for (size_t i = 0; i < names.len; i++) {
			char *path = pathjoin(k->dir, names.item[i]);

			if (!isused(k, names.item[i]))
				unlink(path);
			free(path);
		}
	}
	listfree(&names);
	listfree(&k->used);
}
