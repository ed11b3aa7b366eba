// SPDX-License-Identifier: GPL-2.0-or-later
#include "newc.h"

#include <stdio.h>
#include <string.h>

#define MAGICLEN 6
#define DIGITS	 8
#define FIELDS	 13

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
