// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/artfile.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/pack.h"
#include "base/digest.h"
#include "fs/file.h"

enum {
	HEADLEN = 202, /* length of every header */
	COVERED = 160, /* offset at which the digest begins */
	METAMAX = 1 << 20,
};

struct header {
	char key[DIGESTHEX];
	char digest[DIGESTHEX];
	unsigned long long size;
	unsigned long meta;
};

static void headerformat(const struct header *h, struct buf *text)
{
	bufprintf(text, "whittle-artifact 1\nkey %s\ndigest %s\nsize %020llu\nmeta %010lu\n",
		  h->key, h->digest, h->size, h->meta);
}

/* Parse text into *h. Returns whether it is exactly what headerformat writes. */
static bool headerparse(const char *text, struct header *h)
{
	struct buf again = { 0 };
	bool ret;

	if (sscanf(text,
		   "whittle-artifact 1\nkey %64[0-9a-f]\ndigest %64[0-9a-f]\nsize %20llu\nmeta %10lu",
		   h->key, h->digest, &h->size, &h->meta) != 4)
		return false;
	headerformat(h, &again);
	ret = strcmp(bufstr(&again), text) == 0;
	buffree(&again);
	return ret;
}

static int bodywrite(int fd, const struct buf *meta, const char *fromdir, char **why)
{
	if (lseek(fd, HEADLEN, SEEK_SET) >= 0 &&
	    (!meta || !meta->len || writeall(fd, meta->data, meta->len) == 0))
		return packtree(fromdir, fd, why);
	*why = xasprintf("cannot write: %s", strerror(errno));
	return -1;
}

static int headerwrite(int fd, struct header *h)
{
	struct buf text = { 0 };
	off_t end = lseek(fd, 0, SEEK_END);
	int ret = -1;

	/* Two passes: the digest covers a part of the header. */
	for (int pass = 0; pass < 2 && end >= 0; pass++) {
		h->size = (unsigned long long)end - HEADLEN - h->meta;
		bufclear(&text);
		headerformat(h, &text);
		if (pwrite(fd, text.data, text.len, 0) != (ssize_t)text.len)
			break;
		if (pass == 1)
			ret = 0;
		else if (lseek(fd, COVERED, SEEK_SET) < 0 || digestfd(fd, h->digest) < 0)
			break;
	}
	buffree(&text);
	return ret;
}

int artwrite(int fd, const char *key, const struct buf *meta, const char *fromdir, char **why)
{
	struct header h = { .meta = meta ? meta->len : 0 };

	*why = NULL;
	if (h.meta > METAMAX) {
		*why = xstrdup("its meta text is too long");
		return -1;
	}
	memcpy(h.key, key, DIGESTHEX);
	memset(h.digest, '0', DIGESTHEX - 1);
	if (bodywrite(fd, meta, fromdir, why) < 0)
		return -1;
	if (headerwrite(fd, &h) == 0)
		return 0;
	*why = xasprintf("cannot write: %s", strerror(errno));
	return -1;
}

/* Read the header and the meta text, and compare the size of the file with the header. */
static const char *headread(int fd, const char *key, struct header *h, struct buf *meta)
{
	char text[HEADLEN + 1] = "";
	struct stat st;

	if (lseek(fd, 0, SEEK_SET) < 0 || readall(fd, text, HEADLEN) != HEADLEN ||
	    !headerparse(text, h) || h->meta > METAMAX)
		return "its header is damaged";
	if (strcmp(h->key, key) != 0)
		return "it has another key";
	if (fstat(fd, &st) < 0 || st.st_size < HEADLEN ||
	    (unsigned long long)st.st_size - HEADLEN < h->meta ||
	    (unsigned long long)st.st_size - HEADLEN - h->meta != h->size)
		return "its length is wrong";
	if (h->meta) {
		char *data = xmalloc(h->meta);
		bool whole = readall(fd, data, h->meta) == (ssize_t)h->meta;

		if (whole)
			bufadd(meta, data, h->meta);
		free(data);
		if (!whole)
			return "its length is wrong";
	}
	return NULL;
}

/* Whether fd is as long as h says and has its digest; its offset is then where the tree begins. */
static bool bodywhole(int fd, const struct header *h)
{
	char hex[DIGESTHEX];

	return lseek(fd, COVERED, SEEK_SET) >= 0 && digestfd(fd, hex) == 0 &&
	       strcmp(hex, h->digest) == 0 && lseek(fd, HEADLEN + (off_t)h->meta, SEEK_SET) >= 0;
}

static int check(int fd, const char *key, struct buf *meta, bool whole, char **why)
{
	struct header h;
	struct buf text = { 0 };
	const char *wrong = headread(fd, key, &h, &text);

	if (!wrong && whole && !bodywhole(fd, &h))
		wrong = "its digest is wrong";
	if (!wrong && meta && text.len)
		bufadd(meta, text.data, text.len);
	buffree(&text);
	if (wrong)
		*why = xstrdup(wrong);
	return wrong ? -1 : 0;
}

int artverify(int fd, const char *key, struct buf *meta, char **why)
{
	return check(fd, key, meta, true, why);
}

int artpeek(int fd, const char *key, struct buf *meta, char **why)
{
	return check(fd, key, meta, false, why);
}

int artheader(int fd, struct buf *text)
{
	char data[HEADLEN + 1] = "";
	struct header h;

	if (pread(fd, data, HEADLEN, 0) != HEADLEN || !headerparse(data, &h))
		return -1;
	bufadd(text, data, HEADLEN);
	return 0;
}
