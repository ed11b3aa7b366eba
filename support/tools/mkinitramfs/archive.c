// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs/file.h"
#include "newc.h"

#define BLOCK 512 /* the archive's length is a multiple of this, by custom */
#define CHUNK ((size_t)128 << 10)

/* An archive being written. */
struct archive {
	struct sink *sink;
	const char *out; /* name of the file it goes to */
	struct problems *problems;
	uint64_t offset; /* bytes written */
	uint32_t mtime;
	uint32_t inodes; /* numbers given */
	bool digests;
	char chunk[CHUNK];
};

/* The zeros that follow offset up to a multiple of align. */
static uint64_t padding(uint64_t offset, uint64_t align)
{
	return (align - offset % align) % align;
}

/* The name in the archive: the root needs one. */
static const char *entryname(const struct node *n)
{
	return *n->path ? n->path : ".";
}

/* The bytes of data that go with this name: a file's are with its last. */
static uint64_t entrydata(const struct node *n)
{
	if (S_ISLNK(n->inode->mode))
		return strlen(n->inode->target);
	return n == n->inode->last ? n->inode->size : 0;
}

static uint64_t entrysize(size_t namelen, uint64_t data)
{
	uint64_t head = NEWC_HEADER + namelen + 1;

	return head + padding(head, NEWC_ALIGN) + data + padding(data, NEWC_ALIGN);
}

uint64_t archivesize(const struct tree *t, unsigned part)
{
	uint64_t size = entrysize(strlen(NEWC_TRAILER), 0);

	for (size_t i = 0; i < t->len; i++) {
		if (t->node[i]->part == part)
			size += entrysize(strlen(entryname(t->node[i])), entrydata(t->node[i]));
	}
	return size + padding(size, BLOCK);
}

static int put(struct archive *a, const void *data, size_t len)
{
	a->offset += len;
	if (compresswrite(a->sink, data, len) < 0)
		return problemadd(a->problems, "%s: cannot write:", a->out);
	return 0;
}

static int putpadding(struct archive *a, size_t align)
{
	static const char zeros[BLOCK];

	return put(a, zeros, (size_t)padding(a->offset, align));
}

static int putheader(struct archive *a, struct newc *h, const char *name)
{
	char text[NEWC_HEADER + 1];

	h->namesize = (uint32_t)strlen(name) + 1;
	newcformat(h, text);
	if (put(a, text, NEWC_HEADER) < 0 || put(a, name, h->namesize) < 0)
		return -1;
	return putpadding(a, NEWC_ALIGN);
}

/* Copy size bytes from fd, and see that there are no more. */
static int putbytes(struct archive *a, struct inode *o, int fd, struct digest *d)
{
	uint64_t left = o->size;
	ssize_t n;

	while ((n = readall(fd, a->chunk, left < CHUNK ? left + 1 : CHUNK)) > 0) {
		if ((uint64_t)n > left)
			break;
		left -= (uint64_t)n;
		if (d)
			digestadd(d, a->chunk, (size_t)n);
		if (put(a, a->chunk, (size_t)n) < 0)
			return -1;
	}
	if (n < 0)
		return problemadd(a->problems, "%s: cannot read:", o->source);
	if (n > 0 || left > 0)
		return problemadd(a->problems,
				  "%s: its size changed while it was read (it was %llu bytes): "
				  "run again when nothing writes to it",
				  o->source, (unsigned long long)o->size);
	return putpadding(a, NEWC_ALIGN);
}

static int putfile(struct archive *a, struct inode *o)
{
	int fd = open(o->source, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct digest *d = a->digests ? digestnew() : NULL;
	int ret;

	if (fd < 0)
		ret = problemadd(a->problems, "%s: cannot open:", o->source);
	else
		ret = putbytes(a, o, fd, d);
	if (d)
		digestend(d, o->digest);
	if (fd >= 0)
		close(fd);
	return ret;
}

static int putnode(struct archive *a, const struct node *n)
{
	struct inode *o = n->inode;
	struct newc h = {
		.mode = o->mode,
		.uid = o->uid,
		.gid = o->gid,
		.nlink = S_ISDIR(o->mode) ? 2 : o->nlink,
		.mtime = a->mtime,
		.size = (uint32_t)entrydata(n),
		.rmajor = o->rmajor,
		.rminor = o->rminor,
	};

	if (n == o->first)
		o->number = ++a->inodes;
	h.ino = o->number;
	if (putheader(a, &h, entryname(n)) < 0)
		return -1;
	if (S_ISLNK(o->mode))
		return put(a, o->target, h.size) < 0 ? -1 : putpadding(a, NEWC_ALIGN);
	return S_ISREG(o->mode) && n == o->last ? putfile(a, o) : 0;
}

int archivewrite(const struct tree *t, unsigned part, uint32_t mtime, bool digests, struct sink *s,
		 const char *out, struct problems *p)
{
	struct archive a = {
		.sink = s, .out = out, .problems = p, .mtime = mtime, .digests = digests
	};
	struct newc trailer = { .nlink = 1 };

	for (size_t i = 0; i < t->len; i++) {
		if (t->node[i]->part == part && putnode(&a, t->node[i]) < 0)
			return -1;
	}
	if (putheader(&a, &trailer, NEWC_TRAILER) < 0 || putpadding(&a, BLOCK) < 0)
		return -1;
	return sinkend(s) < 0 ? problemadd(p, "%s: cannot write:", out) : 0;
}
