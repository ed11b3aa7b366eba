// SPDX-License-Identifier: GPL-2.0-or-later
#include "image.h"

#include <stdbool.h>

#include "archive/decompress.h"

/* An image that is being read. */
struct image {
	const struct visitor *visitor;
	size_t left;	  /* remaining limit for decompressed bytes */
	uint32_t archive; /* number of trailers read */
	struct buf *why;
};

static int piece(struct image *i, const char *format, size_t offset)
{
	const struct visitor *v = i->visitor;

	return v->piece ? v->piece(v->context, format, offset) : 0;
}

/*
 * Read entries from c until other data than an entry or a zero byte. With plain, c is the image
 * itself, and each archive in it is a piece. Returns 0, or -1 with the message in c or from the
 * visitor.
 */
static int entriesread(struct image *i, struct cpio *c, bool plain)
{
	const struct visitor *v = i->visitor;
	bool begun = !plain;

	while (c->pos < c->len) {
		struct cpioentry e;

		if (c->data[c->pos] == 0) {
			c->pos++;
			continue;
		}
		if (c->data[c->pos] != '0')
			break;
		if (!begun && piece(i, "cpio", c->pos) < 0)
			return -1;
		begun = true;
		if (cpioread(c, &e) < 0)
			return -1;
		if (e.trailer) {
			i->archive++;
			begun = !plain;
			if (v->trailer)
				v->trailer(v->context);
		} else if (v->entry(v->context, i->archive, &e) < 0) {
			return -1;
		}
	}
	return 0;
}

/* Read the content of the compressed piece at offset. */
static int compressedread(struct image *i, const struct format *f, struct compressed *p,
			  size_t offset)
{
	struct cpio c = { 0 };
	int ret;

	if (!f->known) {
		bufprintf(i->why,
			  "offset %zu: %s is not supported: unpack it first, by "
			  "'tail -c +%zu FILE | lzop -dc'",
			  offset, f->name, offset + 1);
		return -1;
	}
	if (piece(i, f->name, offset) < 0)
		return -1;
	if (decompress(f, p) < 0) {
		bufprintf(i->why, "%s data at offset %zu: %s", f->name, offset, p->why);
		return -1;
	}
	i->left -= p->out.len;
	c.data = (const unsigned char *)bufstr(&p->out);
	c.len = p->out.len;
	ret = entriesread(i, &c, false);
	if (ret == 0 && c.pos < c.len) {
		bufputs(&c.why, "this is no cpio archive");
		ret = -1;
	}
	if (ret < 0 && c.why.len)
		bufprintf(i->why, "%s data at offset %zu, offset %zu in it: %s", f->name, offset,
			  c.pos, bufstr(&c.why));
	if (ret == 0 && i->visitor->ended)
		i->visitor->ended(i->visitor->context, c.data, c.len, p->used);
	cpiofree(&c);
	return ret;
}

int imageread(const void *data, size_t len, size_t limit, const struct visitor *v, struct buf *why)
{
	struct image i = { .visitor = v, .left = limit, .why = why };
	struct cpio c = { .data = data, .len = len };
	int ret = 0;

	while (ret == 0 && (ret = entriesread(&i, &c, true)) == 0 && c.pos < len) {
		const struct format *f = formatfind(c.data + c.pos, len - c.pos);
		struct compressed p = { .in = c.data + c.pos,
					.inlen = len - c.pos,
					.limit = i.left };

		if (f) {
			ret = compressedread(&i, f, &p, c.pos);
			c.pos += p.used;
		} else {
			bufputs(&c.why, "this is neither a cpio archive nor compressed data");
			ret = -1;
		}
		buffree(&p.out);
	}
	if (c.why.len)
		bufprintf(why, "offset %zu: %s", c.pos, bufstr(&c.why));
	cpiofree(&c);
	return ret;
}
