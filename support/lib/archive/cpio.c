// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive/cpio.h"

#include <string.h>
#include <sys/stat.h>

#include "archive/bound.h"
#include "archive/entryname.h"

static int fail(struct cpio *c, const char *why)
{
	bufclear(&c->why);
	bufputs(&c->why, why);
	return -1;
}

static uint32_t bytesum(const unsigned char *data, size_t len)
{
	uint32_t sum = 0;

	while (len--)
		sum += *data++;
	return sum;
}

/* Check the data, which only files and symbolic links may have. */
static int contentcheck(struct cpio *c, struct cpioentry *e, bool summed)
{
	const struct newc *h = &e->head;

	if (S_ISREG(h->mode)) {
		if (summed && h->size && bytesum(e->data, h->size) != h->check)
			return fail(c, "the checksum of its data is wrong");
	} else if (S_ISLNK(h->mode)) {
		bufclear(&c->target);
		if (h->size == 0 || h->size > BOUND_NAME + 1)
			return fail(c, "a symbolic link has 1 to 4096 bytes of data");
		bufadd(&c->target, e->data, h->size);
		e->target = c->target.data;
		if (!*e->target)
			return fail(c, "a symbolic link points to nothing");
	} else if (h->size) {
		return fail(c, "only files and symbolic links can have data");
	}
	return 0;
}

int cpioread(struct cpio *c, struct cpioentry *e)
{
	const unsigned char *start = c->data + c->pos;
	size_t left = c->len - c->pos;
	struct newc *h = &e->head;
	bool summed;
	size_t head;

	*e = (struct cpioentry){ 0 };
	if (c->pos % NEWC_ALIGN)
		return fail(c, "an entry does not begin at a multiple of 4 bytes");
	if (left < NEWC_HEADER)
		return fail(c, "the archive is cut off in a header");
	if (newcparse(start, h, &summed) < 0)
		return fail(c, "this is no newc header: an initramfs is made with 'cpio -H newc'");
	if (h->namesize == 0 || h->namesize > BOUND_NAME + 1)
		return fail(c, "a name has 1 to 4096 bytes");
	if (left - NEWC_HEADER < h->namesize)
		return fail(c, "the archive is cut off in a name");
	e->name = (const char *)start + NEWC_HEADER;
	if (e->name[h->namesize - 1])
		return fail(c, "a name does not end in a zero byte");
	head = newcaligned(NEWC_HEADER + h->namesize);
	if (h->size && (head > left || left - head < h->size)) {
		bufclear(&c->why);
		bufprintf(&c->why,
			  "the archive is cut off: the entry has %u bytes of data, %zu are left",
			  h->size, head > left ? 0 : left - head);
		return -1;
	}
	e->data = start + (head > left ? left : head);
	e->trailer = strcmp(e->name, NEWC_TRAILER) == 0;
	if (!e->trailer && contentcheck(c, e, summed) < 0)
		return -1;
	head = head + newcaligned(h->size);
	e->begin = start;
	e->len = head > left ? left : head;
	c->pos += e->len;
	return 0;
}

char *cpiopath(const struct cpioentry *e)
{
	return nameleaves(e->name) ? NULL : nameclean(e->name, 0);
}

void cpiofree(struct cpio *c)
{
	buffree(&c->target);
	buffree(&c->why);
}
