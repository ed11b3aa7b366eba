// SPDX-License-Identifier: GPL-2.0-or-later
/* The entries of a store: listing and eviction. */
#include "store/artlist.h"
#include "base/affix.h"
#include "store/artifact.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "fs/file.h"
#include "store/artfile.h"
#include "store/artsign.h"

enum {
	STALE = 24 * 60 * 60, /* seconds; a temporary file is never in use that long */
};

struct list {
	struct artifactentry *entry;
	size_t n, cap;
	struct strlist temp; /* paths of temporary files */
	struct strlist sig;  /* paths of signatures */
	bool byread;	     /* reading an entry is using it */
};

static int byuse(const void *a, const void *b)
{
	const struct artifactentry *x = a, *y = b;

	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
	if (x->used.tv_nsec != y->used.tv_nsec)
		return x->used.tv_nsec < y->used.tv_nsec ? -1 : 1;
	return strcmp(x->key, y->key);
}

/* When the file was used last. */
static struct timespec lastuse(const struct list *l, const struct stat *st)
{
	return l->byread && st->st_atim.tv_sec > st->st_mtim.tv_sec ? st->st_atim : st->st_mtim;
}

static void entryadd(struct list *l, const char *key, const struct stat *st)
{
	if (l->n == l->cap) {
		l->cap = l->cap ? 2 * l->cap : 64;
		l->entry = xrealloc(l->entry, l->cap * sizeof(*l->entry));
	}
	l->entry[l->n] = (struct artifactentry){ .size = (unsigned long long)st->st_size,
						 .used = lastuse(l, st) };
	memcpy(l->entry[l->n++].key, key, DIGESTHEX);
}

/* Classify the file name in the directory of prefix: an entry, a temporary file, or neither. */
static void filelook(struct list *l, const char *sub, const char *prefix, const char *name)
{
	char *key = xstrndup(name, strnlen(name, DIGESTHEX - 1));
	const char *end = name + strlen(key);
	char *path = pathjoin(sub, name);
	struct stat st;

	if (digestvalid(key) && strncmp(key, prefix, 2) == 0 && lstat(path, &st) == 0 &&
	    S_ISREG(st.st_mode)) {
		if (strcmp(end, ".art") == 0)
			entryadd(l, key, &st);
		else if (strcmp(end, ".art.sig") == 0)
			listadd(&l->sig, path);
		else if (startswith(end, ".art.tmp") || startswith(end, ".art.sig.tmp"))
			listadd(&l->temp, path);
	}
	free(path);
	free(key);
}

static int listread(const char *dir, struct list *l)
{
	struct strlist subs = { 0 };
	int ret = dirlist(dir, &subs);

	if (ret < 0 && errno == ENOENT)
		ret = 0;
	for (size_t i = 0; ret == 0 && i < subs.len; i++) {
		struct strlist names = { 0 };
		char *sub = pathjoin(dir, subs.item[i]);

		if (strlen(subs.item[i]) == 2)
			ret = dirlist(sub, &names);
		if (ret < 0 && (errno == ENOENT || errno == ENOTDIR))
			ret = 0;
		for (size_t k = 0; k < names.len; k++)
			filelook(l, sub, subs.item[i], names.item[k]);
		listfree(&names);
		free(sub);
	}
	listfree(&subs);
	if (l->n)
		qsort(l->entry, l->n, sizeof(*l->entry), byuse);
	return ret;
}

static void entriesfree(struct list *l)
{
	free(l->entry);
	listfree(&l->temp);
	listfree(&l->sig);
}

char *artifactpath(const char *dir, const char *key)
{
	return xasprintf("%s/%.2s/%s.art", dir, key, key);
}

int artifactlist(const char *dir, struct artifactentry **list, size_t *n)
{
	struct list l = { 0 };
	int ret = listread(dir, &l);

	listfree(&l.temp);
	listfree(&l.sig);
	if (ret < 0)
		free(l.entry);
	*list = ret < 0 ? NULL : l.entry;
	*n = ret < 0 ? 0 : l.n;
	return ret;
}

/* Open an entry without it counting as a use, where the file is ours. */
static int openquietly(const char *path)
{
	const int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW;
	int fd = open(path, flags | O_NOATIME);

	return fd < 0 && errno == EPERM ? open(path, flags) : fd;
}

/* Returns 1 intact (as far as checked), 0 damaged, -1 gone or not readable. */
static int entrycheck(const char *dir, const char *key, bool verify, struct buf *meta)
{
	char *path = artifactpath(dir, key);
	int fd = openquietly(path);
	char *why = NULL;
	int ret = -1;

	free(path);
	if (fd >= 0) {
		ret = (verify ? artverify : artpeek)(fd, key, meta, &why) == 0;
		close(fd);
	}
	free(why);
	return ret;
}

char *artifacttitle(const char *dir, const char *key)
{
	struct buf meta = { 0 };
	char *title = NULL;

	if (entrycheck(dir, key, false, &meta) == 1) {
		const char *text = bufstr(&meta);

		title = xstrndup(text, strcspn(text, "\n"));
	}
	buffree(&meta);
	return title;
}

int artifactremove(const char *dir, const char *key)
{
	char *path = artifactpath(dir, key);
	int ret = unlink(path) == 0 ? 1 : errno == ENOENT ? 0 : -1;

	if (ret >= 0)
		artsignforget(dir, key);
	free(path);
	return ret;
}

/* Remove the first entries of *l until the rest fits into limit; never the entry keep. */
static int evict(const char *dir, struct list *l, unsigned long long limit, const char *keep,
		 struct artifactgc *gc)
{
	int ret = 0;

	for (size_t i = 0; i < l->n; i++)
		gc->size += l->entry[i].size;
	gc->kept += l->n;
	for (size_t i = 0; limit && ret >= 0 && gc->size > limit && i < l->n; i++) {
		if (keep && strcmp(l->entry[i].key, keep) == 0)
			continue;
		/* A missing one was evicted by another process. */
		ret = artifactremove(dir, l->entry[i].key);
		if (ret >= 0) {
			gc->size -= l->entry[i].size;
			gc->kept--;
		}
		if (ret == 1) {
			gc->freed += l->entry[i].size;
			gc->evicted++;
		}
	}
	return ret < 0 ? -1 : 0;
}

static int evictbelow(const char *dir, unsigned long long limit, const char *keep, bool byread,
		      struct artifactgc *gc)
{
	struct list l = { .byread = byread };
	int ret = listread(dir, &l);

	if (ret == 0)
		ret = evict(dir, &l, limit, keep, gc);
	entriesfree(&l);
	return ret;
}

int artifactevict(const char *dir, unsigned long long limit, const char *keep,
		  struct artifactgc *gc)
{
	return evictbelow(dir, limit, keep, false, gc);
}

/* Remove the file at path if it is older than STALE. Returns 0, or -1 with errno. */
static int oldremove(const char *path, struct artifactgc *gc)
{
	struct stat st;

	if (lstat(path, &st) < 0 || st.st_mtime >= time(NULL) - STALE)
		return 0;
	if (unlink(path) < 0 && errno != ENOENT)
		return -1;
	gc->stale++;
	gc->freed += (unsigned long long)st.st_size;
	return 0;
}

/* Whether the entry of the signature at path exists. A new one may come after its signature. */
static bool sigused(const char *path)
{
	char *entry = xstrndup(path, strlen(path) - strlen(".sig"));
	bool ret = access(entry, F_OK) == 0 || errno != ENOENT;

	free(entry);
	return ret;
}

static int staleremove(const struct list *l, struct artifactgc *gc)
{
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < l->temp.len; i++)
		ret = oldremove(l->temp.item[i], gc);
	for (size_t i = 0; ret == 0 && i < l->sig.len; i++) {
		if (!sigused(l->sig.item[i]))
			ret = oldremove(l->sig.item[i], gc);
	}
	return ret;
}

static int damagedremove(const char *dir, const struct list *l, bool verify, struct artifactgc *gc)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct artifactentry *e = &l->entry[i];
		int ret = entrycheck(dir, e->key, verify, NULL) == 0 ? artifactremove(dir, e->key)
								     : 0;

		if (ret < 0)
			return -1;
		if (ret == 1) {
			gc->damaged++;
			gc->freed += e->size;
		}
	}
	return 0;
}

int artifactgc(const char *dir, unsigned long long limit, unsigned what, struct artifactgc *gc)
{
	struct list l = { 0 };
	int ret = listread(dir, &l);

	if (ret == 0)
		ret = staleremove(&l, gc);
	if (ret == 0)
		ret = damagedremove(dir, &l, what & ARTGC_VERIFY, gc);
	entriesfree(&l);
	return ret == 0 ? evictbelow(dir, limit, NULL, what & ARTGC_BYREAD, gc) : -1;
}
