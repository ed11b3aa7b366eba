// SPDX-License-Identifier: GPL-2.0-or-later
#include "kept.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs/file.h"

int keptopen(struct kept *k, const char *dir)
{
	*k = (struct kept){ .dir = dir };
	if (mkdirs(dir) < 0)
		return -1;
	if (digestfile("/proc/self/exe", k->self) < 0)
		*k->self = '\0'; /* there is no /proc */
	return 0;
}

/* Compute the name of the cache file for the compressed bytes of r. */
static int keptname(const struct kept *k, const struct range *r, const struct compressor *c,
		    int level, char hex[DIGESTHEX])
{
	struct buf key = { 0 };

	if (rangedigest(r, hex) < 0)
		return -1;
	bufprintf(&key, "%s %s %d %s %s", k->self, c->name, level, c->library(), hex);
	digestbytes(key.data, key.len, hex);
	buffree(&key);
	return 0;
}

/* Get the range after the digest at the start of a file. Its size is 0 if the file is too short. */
static int keptbody(int fd, struct range *body)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -1;
	*body = (struct range){ .fd = fd, .offset = DIGESTHEX };
	if (st.st_size > DIGESTHEX)
		body->size = (uint64_t)st.st_size - DIGESTHEX;
	return 0;
}

/* Compress to the file at path, which appears only when complete. Returns its descriptor, or -1. */
static int keptmake(const char *path, const struct range *r, const struct compressor *c, int level)
{
	struct outfile o = { .fd = -1 };
	char hex[DIGESTHEX] = "";
	struct range body;
	uint64_t written = 0;
	int fd = -1, ret = -1;

	if (outopen(&o, path, 0666) == 0)
		fd = open(o.temp, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && lseek(o.fd, DIGESTHEX, SEEK_SET) >= 0 &&
	    rangecompress(r, c, level, o.fd, &written) == 0 && keptbody(fd, &body) == 0 &&
	    rangedigest(&body, hex) == 0 && pwrite(o.fd, hex, DIGESTHEX, 0) == DIGESTHEX)
		ret = outcommit(&o);
	outabort(&o);
	if (ret == 0 || fd < 0)
		return fd;
	close(fd);
	return -1;
}

/* Return whether the file is complete. After a power failure it may be empty or full of zeros. */
static bool keptwhole(int fd)
{
	char said[DIGESTHEX], hex[DIGESTHEX];
	struct range body;

	return readall(fd, said, DIGESTHEX) == DIGESTHEX && keptbody(fd, &body) == 0 &&
	       rangedigest(&body, hex) == 0 && memcmp(said, hex, DIGESTHEX) == 0;
}

int keptcompress(struct kept *k, const struct range *r, const struct compressor *c, int level,
		 int out, uint64_t *written)
{
	char name[DIGESTHEX];
	struct range body;
	int fd, ret = -1;
	char *path;

	if (!*k->self)
		return rangecompress(r, c, level, out, written);
	if (keptname(k, r, c, level, name) < 0)
		return -1;
	listadd(&k->used, name);
	path = pathjoin(k->dir, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && !keptwhole(fd)) {
		close(fd);
		fd = -1;
	}
	if (fd < 0)
		fd = keptmake(path, r, c, level);
	if (fd >= 0 && keptbody(fd, &body) == 0)
		ret = rangecompress(&body, compressfind("none"), 0, out, written);
	free(path);
	if (fd >= 0)
		close(fd);
	return ret;
}

/*
 * Return whether to keep the file: it is not a file of the cache (whose name may have the suffix of
 * outopen), or it was used.
 */
static bool isused(const struct kept *k, const char *name)
{
	char hex[DIGESTHEX];

	snprintf(hex, sizeof(hex), "%s", name);
	return !digestvalid(hex) || listhas(&k->used, name);
}

void keptclose(struct kept *k, bool failed)
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
