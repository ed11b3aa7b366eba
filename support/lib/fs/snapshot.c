// SPDX-License-Identifier: GPL-2.0-or-later
#include "fs/snapshot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fs/tree.h"

int snapshotorder(const char *a, const char *b)
{
	unsigned char x, y;

	while (*a && *a == *b) {
		a++;
		b++;
	}
	x = *a == '/' ? 1 : (unsigned char)*a;
	y = *b == '/' ? 1 : (unsigned char)*b;
	return (int)x - (int)y;
}

void snapshotadd(struct snapshot *s, const char *path, const struct stat *st)
{
	if (s->len == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 1024;
		s->item = xrealloc(s->item, s->cap * sizeof(*s->item));
	}
	s->item[s->len++] = (struct snapfile){
		.path = xstrdup(path),
		.mode = st->st_mode,
		.size = (unsigned long long)st->st_size,
		.ino = st->st_ino,
		.mtim = st->st_mtim,
		.ctim = st->st_ctim,
	};
}

void snapshotstat(struct snapshot *s, const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0)
		st = (struct stat){ 0 };
	snapshotadd(s, path, &st);
}

static bool addbelow(struct snapshot *s, const struct treedir *dir, struct buf *path)
{
	size_t len = path->len;
	bool good = true;

	for (size_t i = 0; good && i < dir->len; i++) {
		const struct treenode *n = &dir->item[i];

		bufputs(path, n->name);
		if (n->dir) {
			bufputc(path, '/');
			good = addbelow(s, n->dir, path);
		} else if (strchr(n->name, '\n')) {
			good = false;
		} else {
			snapshotadd(s, bufstr(path), &n->st);
		}
		path->len = len;
		path->data[len] = '\0';
	}
	return good;
}

int snapshotread(struct snapshot *s, const struct treedir *dir)
{
	struct buf path = { 0 };
	bool good = addbelow(s, dir, &path);

	buffree(&path);
	return good ? 0 : -1;
}

int snapshottree(struct snapshot *s, const char *dir, const char *skip, char **where)
{
	struct treedir *tree = treeread(dir, skip, where);
	int ret;

	if (!tree)
		return -1;
	ret = snapshotread(s, tree);
	treefree(tree);
	if (ret < 0) {
		*where = xstrdup(dir);
		errno = EINVAL;
	}
	return ret;
}

static int byorder(const void *a, const void *b)
{
	return snapshotorder(((const struct snapfile *)a)->path,
			     ((const struct snapfile *)b)->path);
}

void snapshotsort(struct snapshot *s)
{
	if (s->len)
		qsort(s->item, s->len, sizeof(*s->item), byorder);
}

const struct snapfile *snapshotfind(const struct snapshot *s, const char *path)
{
	struct snapfile key = { .path = (char *)path };

	return s->len ? bsearch(&key, s->item, s->len, sizeof(key), byorder) : NULL;
}

static bool sametime(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

void snapshotcompare(const struct snapshot *before, const struct snapshot *now,
		     void (*seen)(void *ctx, enum snapchange what, const struct snapfile *file),
		     void *ctx)
{
	size_t i = 0, k = 0;

	while (i < before->len || k < now->len) {
		const struct snapfile *a = &before->item[i], *b = &now->item[k];
		int order = i == before->len ? 1
			    : k == now->len  ? -1
					     : snapshotorder(a->path, b->path);

		i += order <= 0;
		k += order >= 0;
		if (order < 0)
			seen(ctx, SNAP_REMOVED, a);
		else if (order > 0)
			seen(ctx, SNAP_ADDED, b);
		else if (!sametime(a->mtim, b->mtim))
			seen(ctx, SNAP_CHANGED, b);
		else if (!sametime(a->ctim, b->ctim) || a->size != b->size || a->ino != b->ino ||
			 a->mode != b->mode)
			seen(ctx, SNAP_SAMEDATE, b);
	}
}

static bool later(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

/* Append a number and the character end: printf takes longer for as many as there are here. */
static void putnumber(struct buf *out, unsigned long long n, unsigned int base, char end)
{
	char text[64];
	size_t at = sizeof(text);

	text[--at] = end;
	do
		text[--at] = (char)('0' + n % base);
	while (n /= base);
	bufadd(out, text + at, sizeof(text) - at);
}

/* Append a date, in seconds and nanoseconds, and a blank. */
static void putdate(struct buf *out, long long sec, long nsec)
{
	if (sec < 0)
		bufputc(out, '-');
	putnumber(out, sec < 0 ? 0 - (unsigned long long)sec : (unsigned long long)sec, 10, '.');
	putnumber(out, (unsigned long long)nsec, 10, ' ');
}

void snapshotwrite(const struct snapshot *s, char letter, struct timespec limit, struct buf *out)
{
	const char start[] = { letter, ' ' };

	for (size_t i = 0; i < s->len; i++) {
		const struct snapfile *f = &s->item[i];
		bool fresh = later(f->mtim, limit) || later(f->ctim, limit);

		bufadd(out, start, sizeof(start));
		putnumber(out, f->mode, 8, ' ');
		putnumber(out, f->size, 10, ' ');
		putnumber(out, f->ino, 10, ' ');
		putdate(out, fresh ? 0 : f->mtim.tv_sec, f->mtim.tv_nsec);
		putdate(out, f->ctim.tv_sec, f->ctim.tv_nsec);
		bufadd(out, f->path, strlen(f->path));
		bufputc(out, '\n');
	}
}

/* Read a date as snapshotwrite writes it, and the blank behind it. */
static struct timespec dateread(char **p)
{
	struct timespec t = { .tv_sec = strtoll(*p, p, 10) };

	if (**p == '.')
		t.tv_nsec = strtol(*p + 1, p, 10);
	return t;
}

bool snapshotline(struct snapshot *s, char *line)
{
	struct stat st = { 0 };
	char *p = line;

	st.st_mode = (mode_t)strtoul(p, &p, 8);
	st.st_size = (off_t)strtoull(p, &p, 10);
	st.st_ino = (ino_t)strtoull(p, &p, 10);
	st.st_mtim = dateread(&p);
	st.st_ctim = dateread(&p);
	if (*p != ' ' || !p[1])
		return false;
	snapshotadd(s, p + 1, &st);
	return true;
}

void snapshotfree(struct snapshot *s)
{
	for (size_t i = 0; i < s->len; i++)
		free(s->item[i].path);
	free(s->item);
	*s = (struct snapshot){ 0 };
}
