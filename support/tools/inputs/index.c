// SPDX-License-Identifier: GPL-2.0-or-later
#include "index.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "file.h"

/* What stat says of a file, as far as a change of content shows in it. */
struct sign {
	uint64_t size;
	int64_t mtime; /* nanoseconds since the epoch */
	int64_t ctime;
	uint64_t ino;
	uint64_t dev;
};

struct entry {
	char *path;
	struct sign sign;
	char hex[DIGESTHEX];
	struct entry *next; /* of the same hash bucket */
	int used;	    /* asked for in this run: only these are written back */
	int racy;	    /* read so soon after a change that it must not be written back */
};

struct index {
	char *path;
	struct entry **bucket;
	size_t nbucket; /* a power of two */
	size_t len;
	int dirty;
};

static size_t hashof(const char *s)
{
	uint64_t h = 1469598103934665603u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return (size_t)(h ^ (h >> 29));
}

static void indexgrow(struct index *x)
{
	size_t n = x->nbucket * 2;
	struct entry **b = xcalloc(n, sizeof(*b));

	for (size_t i = 0; i < x->nbucket; i++) {
		for (struct entry *e = x->bucket[i], *next; e; e = next) {
			size_t at = hashof(e->path) & (n - 1);

			next = e->next;
			e->next = b[at];
			b[at] = e;
		}
	}
	free(x->bucket);
	x->bucket = b;
	x->nbucket = n;
}

static struct entry *indexfind(struct index *x, const char *path, int add)
{
	size_t at = hashof(path) & (x->nbucket - 1);
	struct entry *e;

	for (e = x->bucket[at]; e; e = e->next) {
		if (strcmp(e->path, path) == 0)
			return e;
	}
	if (!add)
		return NULL;
	if (x->len >= x->nbucket) {
		indexgrow(x);
		at = hashof(path) & (x->nbucket - 1);
	}
	e = xcalloc(1, sizeof(*e));
	e->path = xstrdup(path);
	e->next = x->bucket[at];
	x->bucket[at] = e;
	x->len++;
	return e;
}

/* One line: HEX SIZE MTIME CTIME INO DEV PATH. A damaged line is passed over. */
static void indexline(struct index *x, const char *line)
{
	struct entry e = { 0 };
	struct entry *to;
	int n = 0;

	if (sscanf(line, "%64[0-9a-f] %lu %ld %ld %lu %lu %n", e.hex, &e.sign.size, &e.sign.mtime,
		   &e.sign.ctime, &e.sign.ino, &e.sign.dev, &n) != 6 ||
	    !n || !line[n] || !digestvalid(e.hex))
		return;
	to = indexfind(x, line + n, 1);
	to->sign = e.sign;
	memcpy(to->hex, e.hex, DIGESTHEX);
}

struct index *indexopen(const char *path)
{
	struct index *x = xcalloc(1, sizeof(*x));
	struct buf text = { 0 };
	char *p, *line;

	x->path = xstrdup(path);
	x->nbucket = 1024;
	x->bucket = xcalloc(x->nbucket, sizeof(*x->bucket));
	if (fileread(path, &text) == 0 && text.len && text.data[text.len - 1] == '\n') {
		p = text.data;
		while ((line = strsep(&p, "\n")))
			indexline(x, line);
	}
	buffree(&text);
	return x;
}

static int64_t nanoseconds(struct timespec t)
{
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static struct sign signof(const struct stat *st)
{
	return (struct sign){
		.size = (uint64_t)st->st_size,
		.mtime = nanoseconds(st->st_mtim),
		.ctime = nanoseconds(st->st_ctim),
		.ino = st->st_ino,
		.dev = st->st_dev,
	};
}

static int signsame(const struct sign *a, const struct sign *b)
{
	return a->size == b->size && a->mtime == b->mtime && a->ctime == b->ctime &&
	       a->ino == b->ino && a->dev == b->dev;
}

/* Could the file change once more without its times showing it? */
static int signracy(const struct sign *s)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return nanoseconds(now) - s->ctime < 50 * 1000000;
}

static int digestregular(struct index *x, const char *path, const struct stat *st,
			 char hex[DIGESTHEX])
{
	struct sign sign = signof(st);
	struct entry *e = indexfind(x, path, 0);

	if (e && signsame(&e->sign, &sign)) {
		e->used = 1;
		memcpy(hex, e->hex, DIGESTHEX);
		return 0;
	}
	int racy = signracy(&sign);

	if (digestfile(path, hex) < 0)
		return -1;
	x->dirty = 1;
	e = indexfind(x, path, 1);
	e->sign = sign;
	e->used = 1;
	e->racy = racy;
	memcpy(e->hex, hex, DIGESTHEX);
	return 0;
}

/* Digests of a tree under way: of all that is in it, and of what decides on its configuration. */
struct treedigest {
	struct digest *all;
	struct digest *configs;
};

static int digesttree(struct index *x, struct treedigest *d, const char *root, const char *rel,
		      char **where);

/* Nonzero for a file that Kconfig or a configuration target of kbuild reads. */
static int isconfig(const char *rel)
{
	const char *name = strrchr(rel, '/');
	size_t len;

	name = name ? name + 1 : rel;
	len = strlen(name);
	return strncmp(name, "Kconfig", 7) == 0 ||
	       (len > 10 && strcmp(name + len - 10, "_defconfig") == 0) ||
	       (len > 7 && strcmp(name + len - 7, ".config") == 0);
}

/* Add one name of a tree to its digest. */
static int digestnode(struct index *x, struct treedigest *d, const char *root, const char *rel,
		      char **where)
{
	char *path = pathjoin(root, rel);
	char hex[DIGESTHEX];
	char target[4096];
	struct buf line = { 0 };
	struct stat st;
	ssize_t n;
	int ret = lstat(path, &st);

	if (ret == 0 && S_ISREG(st.st_mode)) {
		ret = digestregular(x, path, &st, hex);
		bufprintf(&line, "f%c %s", st.st_mode & 0111 ? 'x' : '-', hex);
	} else if (ret == 0 && S_ISLNK(st.st_mode)) {
		n = readlink(path, target, sizeof(target));
		ret = n < 0 || n == (ssize_t)sizeof(target) ? -1 : 0;
		bufprintf(&line, "l- %.*s", ret == 0 ? (int)n : 0, target);
	} else if (ret == 0) {
		bufprintf(&line, "%o", (unsigned int)(st.st_mode & S_IFMT));
	}
	if (ret == 0) {
		digestadd(d->all, rel, strlen(rel) + 1);
		digestadd(d->all, bufstr(&line), line.len + 1);
		if (isconfig(rel)) {
			digestadd(d->configs, rel, strlen(rel) + 1);
			digestadd(d->configs, bufstr(&line), line.len + 1);
		}
		if (S_ISDIR(st.st_mode))
			ret = digesttree(x, d, root, rel, where);
	} else if (where && !*where) {
		*where = xstrdup(path);
	}
	buffree(&line);
	free(path);
	return ret;
}

static int digesttree(struct index *x, struct treedigest *d, const char *root, const char *rel,
		      char **where)
{
	struct strlist names = { 0 };
	char *dir = *rel ? pathjoin(root, rel) : xstrdup(root);
	int ret = dirlist(dir, &names);

	if (ret < 0 && where && !*where)
		*where = xstrdup(dir);
	for (size_t i = 0; ret == 0 && i < names.len; i++) {
		if (!*rel && strcmp(names.item[i], ".git") == 0)
			continue;
		char *sub = pathjoin(rel, names.item[i]);

		ret = digestnode(x, d, root, sub, where);
		free(sub);
	}
	listfree(&names);
	free(dir);
	return ret;
}

int indexdigest(struct index *x, const char *path, char hex[DIGESTHEX], char configs[DIGESTHEX],
		char **where)
{
	struct treedigest d;
	struct stat st;
	char other[DIGESTHEX];
	int ret;

	if (where)
		*where = NULL;
	if (configs)
		configs[0] = '\0';
	ret = stat(path, &st);
	if (ret == 0 && S_ISREG(st.st_mode))
		ret = digestregular(x, path, &st, hex);
	if (ret < 0 || S_ISREG(st.st_mode)) {
		if (ret < 0 && where)
			*where = xstrdup(path);
		return ret;
	}
	d = (struct treedigest){ .all = digestnew(), .configs = digestnew() };
	ret = digesttree(x, &d, path, "", where);
	digestend(d.all, hex);
	digestend(d.configs, other);
	if (configs)
		memcpy(configs, other, DIGESTHEX);
	return ret;
}

static int indexwrite(struct index *x)
{
	struct buf out = { 0 };
	int ret;

	for (size_t i = 0; i < x->nbucket; i++) {
		for (struct entry *e = x->bucket[i]; e; e = e->next) {
			const struct sign *s = &e->sign;

			if (e->used && !e->racy && !strchr(e->path, '\n'))
				bufprintf(&out, "%s %lu %ld %ld %lu %lu %s\n", e->hex, s->size,
					  s->mtime, s->ctime, s->ino, s->dev, e->path);
		}
	}
	ret = filewrite(x->path, bufstr(&out), out.len, 0666);
	buffree(&out);
	return ret;
}

int indexclose(struct index *x)
{
	int ret = x->dirty ? indexwrite(x) : 0;

	for (size_t i = 0; i < x->nbucket; i++) {
		for (struct entry *e = x->bucket[i], *next; e; e = next) {
			next = e->next;
			free(e->path);
			free(e);
		}
	}
	free(x->bucket);
	free(x->path);
	free(x);
	return ret;
}
