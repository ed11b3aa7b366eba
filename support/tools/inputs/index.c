// SPDX-License-Identifier: GPL-2.0-or-later
#include "index.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "fs/file.h"

/*
 * The index of a kernel's tree has 16 MB. It is not written for a few small files that changed, but
 * these are read again in the next run.
 */
#define AGAIN	   2000000 /* bytes */
#define AGAIN_EACH 10000   /* for each file, in addition to its size */

/* The status fields that show a change of a file's content. */
struct sign {
	uint64_t size;
	int64_t mtime; /* nanoseconds since the epoch */
	int64_t ctime;
	uint64_t ino;
	uint64_t dev;
};

struct entry {
	const char *path;
	const char *line; /* its line in the index file, up to and including path; NULL: none */
	struct sign sign;
	char hex[DIGESTHEX];
	struct entry *next;  /* next in the same hash bucket */
	struct entry *added; /* next of the entries that were not in the index file */
	struct entry *after; /* next of the entries used in this run, in order */
	bool used;	     /* used in this run: only these are written back */
	bool racy;	     /* read too soon after a change: must not be written back */
};

/*
 * The index is written in the order of use, so it is mostly used in the order of the file. The hash
 * table is created only when this order fails.
 */
struct index {
	char *path;
	struct buf text;      /* the content of the file; the lines of loaded point into it */
	struct entry *loaded; /* the entries in the order of the file */
	size_t len;
	struct entry *expected; /* the entry of loaded that is expected next */
	struct entry *added;
	struct entry *used, **usedend;
	struct entry **bucket; /* NULL: not created yet */
	size_t nbucket;	       /* a power of two */
	bool dirty;
	bool moved;	/* a file that was read may not be what its status said */
	uint64_t again; /* bytes of known files that changed: to read them again may be faster */
};

static size_t hashof(const char *s)
{
	uint64_t h = 1469598103934665603u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return (size_t)(h ^ (h >> 29));
}

static void indexput(struct index *x, struct entry *e)
{
	struct entry **at = &x->bucket[hashof(e->path) & (x->nbucket - 1)];

	e->next = *at;
	*at = e;
}

static void indextable(struct index *x)
{
	x->nbucket = 65536;
	while (x->nbucket < x->len)
		x->nbucket *= 2;
	x->bucket = xcalloc(x->nbucket, sizeof(*x->bucket));
	for (size_t i = 0; i < x->len; i++)
		indexput(x, &x->loaded[i]);
}

/* Return the entry of path, or NULL. */
static struct entry *indexfind(struct index *x, const char *path)
{
	struct entry *e = x->expected;

	if (!e || strcmp(e->path, path) != 0) {
		if (!x->bucket)
			indextable(x);
		e = x->bucket[hashof(path) & (x->nbucket - 1)];
		while (e && strcmp(e->path, path) != 0)
			e = e->next;
		if (e && !e->used)
			x->dirty = true; /* write the new order */
	}
	if (e && e >= x->loaded && e < x->loaded + x->len)
		x->expected = e + 1 < x->loaded + x->len ? e + 1 : NULL;
	return e;
}

static struct entry *indexadd(struct index *x, const char *path)
{
	struct entry *e = xcalloc(1, sizeof(*e));

	e->path = xstrdup(path);
	e->added = x->added;
	x->added = e;
	indexput(x, e);
	return e;
}

/* Mark e to be written back. */
static void indexuse(struct index *x, struct entry *e)
{
	if (e->used)
		return;
	e->used = true;
	*x->usedend = e;
	x->usedend = &e->after;
}

/* Parse the number at *p and the space after it, and advance *p. Sets *bad on error. */
static uint64_t number(const char **p, bool *bad)
{
	uint64_t n = 0;
	const char *s = *p;

	for (; *s >= '0' && *s <= '9'; s++)
		n = n * 10 + (uint64_t)(*s - '0');
	if (s == *p || *s != ' ')
		*bad = true;
	else
		s++;
	*p = s;
	return n;
}

/* Parse a signed number in the same way. */
static int64_t signedly(const char **p, bool *bad)
{
	bool below = **p == '-';
	uint64_t n;

	*p += below;
	n = number(p, bad);
	return below ? (int64_t)(0 - n) : (int64_t)n;
}

/* Parse one line: HEX SIZE MTIME CTIME INO DEV PATH. A damaged line is ignored. */
static void indexline(struct index *x, const char *line)
{
	struct entry *e = &x->loaded[x->len];
	const char *p = line + DIGESTHEX;
	bool bad = false;

	if (strnlen(line, DIGESTHEX) < DIGESTHEX || line[DIGESTHEX - 1] != ' ')
		return;
	memcpy(e->hex, line, DIGESTHEX - 1);
	e->hex[DIGESTHEX - 1] = '\0';
	e->sign.size = number(&p, &bad);
	e->sign.mtime = signedly(&p, &bad);
	e->sign.ctime = signedly(&p, &bad);
	e->sign.ino = number(&p, &bad);
	e->sign.dev = number(&p, &bad);
	if (bad || !*p || !digestvalid(e->hex))
		return;
	e->line = line;
	e->path = p;
	x->len++;
}

struct index *indexopen(const char *path)
{
	struct index *x = xcalloc(1, sizeof(*x));
	size_t lines = 0;
	char *p, *line;

	x->path = xstrdup(path);
	x->usedend = &x->used;
	if (fileread(path, &x->text) < 0 || !x->text.len || x->text.data[x->text.len - 1] != '\n')
		return x;
	for (p = x->text.data; (p = strchr(p, '\n')); p++)
		lines++;
	x->loaded = xcalloc(lines + 1, sizeof(*x->loaded));
	p = x->text.data;
	while ((line = strsep(&p, "\n")))
		indexline(x, line);
	x->expected = x->len ? x->loaded : NULL;
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

static bool signsame(const struct sign *a, const struct sign *b)
{
	return a->size == b->size && a->mtime == b->mtime && a->ctime == b->ctime &&
	       a->ino == b->ino && a->dev == b->dev;
}

/* Return whether a file has that sign. */
static bool issign(const struct sign *a, const struct stat *st)
{
	const struct sign b = signof(st);

	return signsame(a, &b);
}

/* Return whether the file could change again without a change of its times. */
static bool signracy(const struct sign *s)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return nanoseconds(now) - s->ctime < 50 * 1000000;
}

/* Set the status of e, or of a new entry for path. Returns the entry. */
static struct entry *indexset(struct index *x, struct entry *e, const char *path,
			      const struct sign *sign, const char hex[DIGESTHEX])
{
	if (!e)
		e = indexadd(x, path);
	e->line = NULL;
	e->sign = *sign;
	memcpy(e->hex, hex, DIGESTHEX);
	indexuse(x, e);
	return e;
}

int indexfile(struct index *x, const char *path, const struct stat *st, char hex[DIGESTHEX])
{
	struct sign sign = signof(st);
	struct entry *e = indexfind(x, path);
	struct stat now;
	bool racy;

	if (e && signsame(&e->sign, &sign)) {
		indexuse(x, e);
		memcpy(hex, e->hex, DIGESTHEX);
		return 0;
	}
	racy = signracy(&sign);
	if (digestfile(path, hex) < 0)
		return -1;
	if (stat(path, &now) < 0 || !issign(&sign, &now))
		x->moved = true;
	if (e)
		x->again += sign.size + AGAIN_EACH;
	else
		x->dirty = true;
	indexset(x, e, path, &sign, hex)->racy = racy;
	return 0;
}

bool indexmoved(struct index *x)
{
	bool moved = x->moved;

	x->moved = false;
	return moved;
}

bool indexnoted(struct index *x, const char *path, const struct stat *st, const char hex[DIGESTHEX])
{
	struct sign sign = signof(st);
	struct entry *e = indexfind(x, path);

	if (!e || !signsame(&e->sign, &sign) || memcmp(e->hex, hex, DIGESTHEX) != 0)
		return false;
	indexuse(x, e);
	return true;
}

void indexnote(struct index *x, const char *path, const struct stat *st, const char hex[DIGESTHEX])
{
	struct sign sign = signof(st);

	x->dirty = true;
	indexset(x, indexfind(x, path), path, &sign, hex)->racy = signracy(&sign);
}

static int indexwrite(struct index *x)
{
	struct buf out = { 0 };
	int ret;

	for (struct entry *e = x->used; e; e = e->after) {
		const struct sign *s = &e->sign;

		if (e->racy || strchr(e->path, '\n'))
			continue;
		if (e->line)
			bufputs(&out, e->line);
		else
			bufprintf(&out, "%s %lu %ld %ld %lu %lu %s", e->hex, s->size, s->mtime,
				  s->ctime, s->ino, s->dev, e->path);
		bufputc(&out, '\n');
	}
	ret = filewrite(x->path, bufstr(&out), out.len, 0666);
	buffree(&out);
	return ret;
}

int indexclose(struct index *x)
{
	int ret = x->dirty || x->again > AGAIN ? indexwrite(x) : 0;

	for (struct entry *e = x->added, *next; e; e = next) {
		next = e->added;
		free((char *)e->path);
		free(e);
	}
	free(x->loaded);
	buffree(&x->text);
	free(x->bucket);
	free(x->path);
	free(x);
	return ret;
}
