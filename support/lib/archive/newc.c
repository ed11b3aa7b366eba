// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive/newc.h"

#include <stdio.h>
#include <string.h>

#define MAGICLEN 6
#define DIGITS	 8
#define FIELDS	 13
#define BLOCK	 512 /* the length of an archive is a multiple of this */

void newcformat(const struct newc *h, char out[NEWC_HEADER + 1])
{
	snprintf(out, NEWC_HEADER + 1, "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X",
		 h->ino, h->mode, h->uid, h->gid, h->nlink, h->mtime, h->size, h->major, h->minor,
		 h->rmajor, h->rminor, h->namesize, h->check);
}

static int hexvalue(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int newcparse(const unsigned char *in, struct newc *h, bool *summed)
{
	uint32_t *const field[FIELDS] = {
		&h->ino,   &h->mode,  &h->uid,	  &h->gid,    &h->nlink,    &h->mtime, &h->size,
		&h->major, &h->minor, &h->rmajor, &h->rminor, &h->namesize, &h->check,
	};

	if (memcmp(in, "070701", MAGICLEN) != 0 && memcmp(in, "070702", MAGICLEN) != 0)
		return -1;
	*summed = in[MAGICLEN - 1] == '2';
	in += MAGICLEN;
	for (int i = 0; i < FIELDS; i++) {
		uint32_t value = 0;

		for (int j = 0; j < DIGITS; j++) {
			int digit = hexvalue(*in++);

			if (digit < 0)
				return -1;
			value = value << 4 | (uint32_t)digit;
		}
		*field[i] = value;
	}
	return 0;
}

uint64_t newcaligned(uint64_t n)
{
	return (n + NEWC_ALIGN - 1) / NEWC_ALIGN * NEWC_ALIGN;
}

int newcdata(struct newcout *o, const void *data, size_t len)
{
	o->written += len;
	return len ? o->put(o->to, data, len) : 0;
}

/* Pad with zeros to a multiple of align. */
static int padto(struct newcout *o, size_t align)
{
	static const char zeros[BLOCK];

	return newcdata(o, zeros, (size_t)((align - o->written % align) % align));
}

int newcpad(struct newcout *o)
{
	return padto(o, NEWC_ALIGN);
}

int newcbegin(struct newcout *o, struct newc *h, const char *name)
{
	char text[NEWC_HEADER + 1];

	h->namesize = (uint32_t)strlen(name) + 1;
	newcformat(h, text);
	if (newcdata(o, text, NEWC_HEADER) < 0 || newcdata(o, name, h->namesize) < 0)
		return -1;
	return newcpad(o);
}

int newcentry(struct newcout *o, struct newc *h, const char *name, const void *data)
{
	if (newcbegin(o, h, name) < 0 || newcdata(o, data, h->size) < 0)
		return -1;
	return newcpad(o);
}

int newcend(struct newcout *o)
{
	struct newc trailer = { .nlink = 1 };

	return newcbegin(o, &trailer, NEWC_TRAILER) < 0 ? -1 : padto(o, BLOCK);
}

uint64_t newcsize(size_t name, uint64_t data)
{
	return newcaligned(NEWC_HEADER + name + 1) + newcaligned(data);
}

uint64_t newctotal(uint64_t entries)
{
	return (entries + newcsize(strlen(NEWC_TRAILER), 0) + BLOCK - 1) / BLOCK * BLOCK;
}
