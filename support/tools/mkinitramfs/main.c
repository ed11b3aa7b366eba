// SPDX-License-Identifier: GPL-2.0-or-later
/* mkinitramfs: create a root filesystem archive from layers, and inspect such archives. */
#include <stdio.h>
#include <string.h>

#include "base/msg.h"
#include "base/visible.h"
#include "command.h"
#include "fs/file.h"
#include "mkinitramfs/create/table.h"
#include "mkinitramfs/inspect/diff.h"
#include "mkinitramfs/inspect/extract.h"
#include "mkinitramfs/inspect/list.h"
#include "mkinitramfs/inspect/sizes.h"
#include "mkinitramfs/tree/image.h"
#include "mkinitramfs/tree/writelist.h"

/*
 * Read the image in file for the visitor. Errors are added as problems. Returns its size in bytes.
 */
static uint64_t look(const char *file, const struct visitor *v, struct problems *p)
{
	struct buf data = { 0 }, why = { 0 };
	uint64_t len;

	if (fileread(file, &data) < 0)
		problemadd(p, "%s: cannot read:", file);
	else if (imageread(data.data, data.len, UNPACK_LIMIT, v, &why) < 0)
		problemadd(p, "%s: %s", file, bufstr(&why));
	len = data.len;
	buffree(&data);
	buffree(&why);
	return len;
}

static void print(struct buf *out)
{
	if (fwrite(bufstr(out), 1, out->len, stdout) != out->len || fflush(stdout) == EOF)
		die("cannot write to standard output:");
	buffree(out);
}

/* Print text for a terminal: names in it are untrusted, so control characters are escaped. */
static void show(struct buf *out)
{
	struct buf text = { 0 };

	bufvisible(&text, bufstr(out), out->len);
	print(&text);
	buffree(out);
}

static void list(const char *file, struct problems *p)
{
	struct buf out = { 0 };
	struct visitor v = { .context = &out, .piece = listpiece, .entry = listentry };

	look(file, &v, p);
	show(&out);
}

static void extract(const char *file, const char *dir, bool plainowner, struct problems *p)
{
	struct problems notes = { 0 };
	struct extraction x = { .plainowner = plainowner, .problems = p, .notes = &notes };
	struct visitor v = { .context = &x, .entry = extractentry };

	if (extractopen(&x, dir) < 0)
		return;
	look(file, &v, p);
	extractclose(&x);
	for (size_t i = 0; i < notes.text.len; i++)
		warn("%s", notes.text.item[i]);
	if (notes.count > notes.text.len)
		warn("%zu more were skipped", notes.count - notes.text.len);
	problemfree(&notes);
}

static void writelist(const char *file, const char *prefix, struct problems *p)
{
	struct unpacked u = { .problems = p };
	struct visitor v = { .context = &u, .entry = unpackentry };
	struct buf out = { 0 };

	look(file, &v, p);
	if (p->count == 0) {
		treeseal(&u.tree);
		listformat(&u.tree, prefix ? prefix : "", &out);
		print(&out);
	}
	linksfree(&u.links);
	nodesfree(&u.tree);
}

/* Print the differences of two images. */
static void compare(const char *was, const char *is, struct problems *p)
{
	struct side old = { .name = was }, new = { .name = is };
	struct visitor v = { .entry = unpackentry };
	struct buf out = { 0 };

	sideopen(&old, p);
	sideopen(&new, p);
	v.context = &old.unpacked;
	look(was, &v, p);
	v.context = &new.unpacked;
	look(is, &v, p);
	if (p->count == 0) {
		diffformat(&old, &new, &out);
		show(&out);
	}
	sideclose(&old);
	sideclose(&new);
}

/* Print the sizes in an image. */
static void sizes(const char *file, bool files, const char *of, struct problems *p)
{
	struct sizes s = { 0 };
	struct visitor v = {
		.context = &s, .piece = sizespiece, .entry = sizesentry, .ended = sizesended
	};
	struct buf out = { 0 };
	uint64_t total;

	sizesopen(&s, file, p);
	total = look(file, &v, p);
	if (p->count == 0)
		sizesformat(&s, total, files, of, &out);
	show(&out);
	sizesclose(&s);
}

/* Print the paths that tables read. */
static void tablelist(char *const *tables)
{
	struct strlist names = { 0 };
	struct buf out = { 0 };

	for (; *tables; tables++)
		tablereads(*tables, &names);
	for (size_t i = 0; i < names.len; i++)
		bufadd(&out, names.item[i], strlen(names.item[i]) + 1);
	print(&out);
	listfree(&names);
}

static int report(struct problems *p)
{
	int code = p->count ? EXIT_FAILED : EXIT_OK;

	for (size_t i = 0; i < p->text.len; i++)
		warn("%s", p->text.item[i]);
	if (p->count > p->text.len)
		warn("and %zu more like these", p->count - p->text.len);
	problemfree(p);
	return code;
}

int main(int argc, char **argv)
{
	struct command c;
	struct problems p = { 0 };

	progname = "mkinitramfs";
	commandparse(&c, argc, argv);
	switch (c.mode) {
	case MODE_CREATE:
		create(&c.plan, &p);
		break;
	case MODE_DIFF:
		compare(c.operand[0], c.operand[1], &p);
		break;
	case MODE_EXTRACT:
		extract(c.operand[0], c.operand[1], c.plainowner, &p);
		break;
	case MODE_LIST:
		list(c.operand[0], &p);
		break;
	case MODE_SIZES:
		sizes(c.operand[0], c.files, c.of, &p);
		break;
	case MODE_TABLE_READS:
		tablelist(c.operand);
		break;
	case MODE_WRITE_LIST:
		writelist(c.operand[0], c.prefix, &p);
		break;
	}
	commandfree(&c);
	return report(&p);
}
