// SPDX-License-Identifier: GPL-2.0-or-later
#include "fs/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fs/file.h"

#define HELPERS 7  /* threads, in addition to the caller's */
#define WORTHIT 16 /* number of waiting directories at which threads are started */

/* A directory to be read. */
struct todo {
	struct treedir *dir;
	char *path;
};

struct reader {
	const char *skip;     /* name to leave out */
	pthread_mutex_t lock; /* protects the members below */
	pthread_cond_t news;
	struct todo *todo;
	size_t len, cap;
	size_t busy; /* directories being read now */
	int error;   /* errno of the first failure, or 0 */
	char *where;
	pthread_t helper[HELPERS];
	size_t helpers;
};

static int byname(const void *a, const void *b)
{
	const struct treenode *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Sort dir's names. They were read as offsets in names; replace these by pointers. */
static void finish(struct treedir *dir, struct buf *names)
{
	dir->names = bufsteal(names);
	for (size_t i = 0; i < dir->len; i++)
		dir->item[i].name = dir->names + (size_t)dir->item[i].name;
	if (dir->len)
		qsort(dir->item, dir->len, sizeof(*dir->item), byname);
}

/* Read one directory without its subdirectories. Returns 0, or -1 with errno. */
static int readone(struct treedir *dir, const char *path, const char *skip, int flags)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct buf names = { 0 };
	struct dirent *e;
	size_t cap = 0;
	int err;

	if (!d) {
		err = errno;
		if (fd >= 0)
			close(fd);
		errno = err;
		return -1;
	}
	while (errno = 0, (e = readdir(d))) {
		struct treenode n = { 0 };

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (skip && strcmp(e->d_name, skip) == 0) {
			dir->skipped = true;
			continue;
		}
		if (fstatat(fd, e->d_name, &n.st, AT_SYMLINK_NOFOLLOW) < 0) {
			if (errno == ENOENT)
				continue;
			break;
		}
		if (dir->len == cap) {
			cap = cap ? 2 * cap : 32;
			dir->item = xrealloc(dir->item, cap * sizeof(*dir->item));
		}
		n.name = (const char *)names.len;
		bufadd(&names, e->d_name, strlen(e->d_name) + 1);
		dir->item[dir->len++] = n;
	}
	err = errno;
	closedir(d);
	finish(dir, &names);
	errno = err;
	return err ? -1 : 0;
}

/* Queue the subdirectories of dir. The lock must be held. */
static void enqueue(struct reader *r, struct treedir *dir, const char *path)
{
	for (size_t i = 0; i < dir->len; i++) {
		if (!S_ISDIR(dir->item[i].st.st_mode))
			continue;
		dir->item[i].dir = xcalloc(1, sizeof(*dir));
		if (r->len == r->cap) {
			r->cap = r->cap ? 2 * r->cap : 64;
			r->todo = xrealloc(r->todo, r->cap * sizeof(*r->todo));
		}
		r->todo[r->len++] =
			(struct todo){ dir->item[i].dir, pathjoin(path, dir->item[i].name) };
	}
}

static void *work(void *arg);

/*
 * Start threads: more than there are processors, since they also wait for the disk. Failure to
 * start one is ignored.
 */
static void gethelp(struct reader *r)
{
	while (r->helpers < HELPERS) {
		if (pthread_create(&r->helper[r->helpers], NULL, work, r) != 0)
			break;
		r->helpers++;
	}
}

/* Read queued directories until none is queued and none is being read, which could queue more. */
static void *work(void *arg)
{
	struct reader *r = arg;
	struct todo t;
	size_t len;
	int err;

	pthread_mutex_lock(&r->lock);
	for (;;) {
		while (!r->len && r->busy)
			pthread_cond_wait(&r->news, &r->lock);
		if (!r->len)
			break;
		t = r->todo[--r->len];
		r->busy++;
		pthread_mutex_unlock(&r->lock);
		err = readone(t.dir, t.path, r->skip, O_NOFOLLOW) < 0 ? errno : 0;
		pthread_mutex_lock(&r->lock);
		r->busy--;
		len = r->len;
		if (!err) {
			enqueue(r, t.dir, t.path);
		} else if (err != ENOENT && err != ENOTDIR && err != ELOOP && !r->error) {
			r->error = err;
			r->where = xstrdup(t.path);
		}
		free(t.path);
		/* others wait for more than one directory, or for the end */
		if (r->len > len + 1 || (!r->len && !r->busy))
			pthread_cond_broadcast(&r->news);
	}
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

struct treedir *treeread(const char *path, const char *skip, char **where)
{
	struct reader r = { .lock = PTHREAD_MUTEX_INITIALIZER,
			    .news = PTHREAD_COND_INITIALIZER,
			    .skip = skip };
	struct treedir *top = xcalloc(1, sizeof(*top));

	if (readone(top, path, skip, 0) < 0) {
		r.error = errno;
		r.where = xstrdup(path);
	} else {
		enqueue(&r, top, path);
		if (r.len >= WORTHIT)
			gethelp(&r);
		work(&r);
	}
	for (size_t i = 0; i < r.helpers; i++)
		pthread_join(r.helper[i], NULL);
	free(r.todo);
	if (where)
		*where = r.where;
	else
		free(r.where);
	if (r.error) {
		treefree(top);
		errno = r.error;
		return NULL;
	}
	return top;
}

void treefree(struct treedir *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < d->len; i++)
		treefree(d->item[i].dir);
	free(d->item);
	free(d->names);
	free(d);
}
