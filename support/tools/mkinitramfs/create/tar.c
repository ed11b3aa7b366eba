// SPDX-License-Identifier: GPL-2.0-or-later
#include "tar.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BLOCK  512
#define RECORD (20 * BLOCK) /* the length of an archive is a multiple of this */

/* The header's fields: text without NUL where it fills one, numbers in octal. */
struct header {
	char name[100];
	char mode[8], uid[8], gid[8];
	char size[12], mtime[12];
	char sum[8];
	char type;
	char target[100];
	char magic[6], version[2];
	char user[32], group[32];
	char rmajor[8], rminor[8];
	char prefix[155];
	char rest[12];
};

#define ID_MAX	   07777777	/* of a field of 8 bytes */
#define SIZE_FIELD 077777777777 /* of one of 12 bytes */

int tardata(struct tarout *o, const void *data, size_t len)
{
	o->written += len;
	return len ? o->put(o->to, data, len) : 0;
}

/* Pad with zeros to a multiple of align. */
static int padto(struct tarout *o, size_t align)
{
	static const char zeros[BLOCK];
	size_t pad = (size_t)((align - o->written % align) % align);

	for (; pad > BLOCK; pad -= BLOCK)
		if (tardata(o, zeros, BLOCK) < 0)
			return -1;
	return tardata(o, zeros, pad);
}

int tarpad(struct tarout *o)
{
	return padto(o, BLOCK);
}

void tarrecord(struct buf *out, const char *name, const void *value, size_t len)
{
	size_t rest = strlen(name) + len + 3, total = rest, digits = 0;

	/* The length counts its own digits. */
	while (digits != (size_t)snprintf(NULL, 0, "%zu", total)) {
		digits = (size_t)snprintf(NULL, 0, "%zu", total);
		total = rest + digits;
	}
	bufprintf(out, "%zu %s=", total, name);
	bufadd(out, value, len);
	bufputc(out, '\n');
}

static void recordtext(struct buf *out, const char *name, const char *text)
{
	tarrecord(out, name, text, strlen(text));
}

/* Set a field to a number, or to zero if it does not fit. */
static void octal(char *field, size_t size, uint64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%0*llo", (int)size - 1, (unsigned long long)value);
	if (strlen(text) >= size)
		snprintf(text, sizeof(text), "%0*o", (int)size - 1, 0U);
	memcpy(field, text, size - 1);
}

/* Set a field to as much of the text as it can have. */
static void words(char *field, size_t size, const char *text)
{
	size_t len = strlen(text);

	memcpy(field, text, len < size ? len : size);
}

static char typeflag(const struct tarentry *e)
{
	switch (e->mode & S_IFMT) {
	case S_IFDIR:
		return '5';
	case S_IFLNK:
		return '2';
	case S_IFCHR:
		return '3';
	case S_IFBLK:
		return '4';
	case S_IFIFO:
		return '6';
	}
	return '0';
}

static void sumset(struct header *h)
{
	const unsigned char *p = (const unsigned char *)h;
	unsigned sum = 0;

	memset(h->sum, ' ', sizeof(h->sum));
	for (size_t i = 0; i < sizeof(*h); i++)
		sum += p[i];
	octal(h->sum, 7, sum);
	h->sum[6] = '\0';
}

static int headerput(struct tarout *o, const struct tarentry *e, const char *name, char type)
{
	struct header h = { .type = type, .magic = "ustar", .version = { '0', '0' } };

	words(h.name, sizeof(h.name), name);
	words(h.target, sizeof(h.target), e->target ? e->target : "");
	octal(h.mode, sizeof(h.mode), e->mode & 07777);
	octal(h.uid, sizeof(h.uid), e->uid);
	octal(h.gid, sizeof(h.gid), e->gid);
	octal(h.size, sizeof(h.size), e->size);
	octal(h.mtime, sizeof(h.mtime), e->mtime);
	octal(h.rmajor, sizeof(h.rmajor), e->rmajor);
	octal(h.rminor, sizeof(h.rminor), e->rminor);
	sumset(&h);
	return tardata(o, &h, sizeof(h));
}

static void numberrecord(struct buf *out, const char *name, uint64_t value, uint64_t max)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)value);
	if (value > max)
		recordtext(out, name, text);
}

static void textrecord(struct buf *out, const char *name, const char *text)
{
	if (text && strlen(text) > 100)
		recordtext(out, name, text);
}

static bool ascii(const char *text)
{
	for (; text && *text; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

/* What the header of the entry cannot say. Names are bytes, whatever a reader's locale is. */
static void recordsmake(struct buf *out, const struct tarentry *e, const char *name)
{
	textrecord(out, "path", name);
	textrecord(out, "linkpath", e->target);
	numberrecord(out, "uid", e->uid, ID_MAX);
	numberrecord(out, "gid", e->gid, ID_MAX);
	numberrecord(out, "size", e->size, SIZE_FIELD);
	if (e->records)
		bufadd(out, e->records->data, e->records->len);
	if (out->len && !(ascii(name) && ascii(e->target))) {
		struct buf all = { 0 };

		recordtext(&all, "hdrcharset", "BINARY");
		bufadd(&all, out->data, out->len);
		buffree(out);
		*out = all;
	}
}

static int recordsput(struct tarout *o, const struct tarentry *e, const struct buf *records)
{
	const struct tarentry extended = { .mode = 0644, .mtime = e->mtime, .size = records->len };

	if (!records->len)
		return 0;
	if (headerput(o, &extended, "PaxHeaders/entry", 'x') < 0 ||
	    tardata(o, records->data, records->len) < 0)
		return -1;
	return tarpad(o);
}

int tarbegin(struct tarout *o, const struct tarentry *e)
{
	char *name = xasprintf("%s%s", e->name, S_ISDIR(e->mode) ? "/" : "");
	bool again = e->target && !S_ISLNK(e->mode);
	struct buf records = { 0 };
	int ret;

	recordsmake(&records, e, name);
	ret = recordsput(o, e, &records);
	if (ret == 0)
		ret = headerput(o, e, name, again ? '1' : typeflag(e));
	buffree(&records);
	free(name);
	return ret;
}

int tarend(struct tarout *o)
{
	static const char zeros[2 * BLOCK];

	return tardata(o, zeros, sizeof(zeros)) < 0 ? -1 : padto(o, RECORD);
}
