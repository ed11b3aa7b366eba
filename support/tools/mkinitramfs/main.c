// SPDX-License-Identifier: GPL-2.0-or-later
/* mkinitramfs: compute a root filesystem from layers, and look into such archives. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "create.h"
#include "extract.h"
#include "file.h"
#include "image.h"
#include "list.h"
#include "msg.h"
#include "writelist.h"

#define UNPACK_LIMIT ((size_t)4 << 30) /* bytes that an image may decompress to */

static const char usage[] =
	"usage: mkinitramfs -o OUT [-m MANIFEST] [OPTION]... LAYER...\n"
	"       mkinitramfs --list FILE\n"
	"       mkinitramfs --extract FILE DIR\n"
	"       mkinitramfs --write-list FILE [--source-prefix DIR]\n"
	"\n"
	"Compute a root filesystem from layers and write it as an initramfs (newc cpio),\n"
	"or look into any initramfs.\n"
	"\n"
	"  -o OUT                 the archive to write\n"
	"  -m MANIFEST            also write what is in it: path, type, mode, owner, digest, layer\n"
	"  --compress HOW         none (default), gzip, bzip2, xz, zstd, lz4\n"
	"  --level N              how hard to compress: 9, but 19 for zstd, unless given\n"
	"  --mtime SECONDS        time stamp of all entries (default: $SOURCE_DATE_EPOCH, or 0)\n"
	"  --append FILE          put this archive after ours, as it is; repeatable\n"
	"  --make-parents         add directories that tables do not list, 0755 of 0:0\n"
	"\n"
	"layers, repeatable, in order:\n"
	"  --layer NAME=DIR       a tree of owner 0:0; no two may differ in one path\n"
	"  --overlay NAME=DIR     a tree that overrides what comes before it and any --layer\n"
	"  --table NAME=FILE      lines that override likewise:\n"
	"      dir NAME MODE UID GID          slink NAME TARGET MODE UID GID\n"
	"      pipe NAME MODE UID GID         nod NAME MODE UID GID c|b MAJOR MINOR\n"
	"      sock NAME MODE UID GID         file NAME SOURCE MODE UID GID [HARDLINK...]\n"
	"      perm NAME MODE UID GID         tree NAME DIR [UID GID]\n"
	"      include FILE                   # comment\n"
	"\n"
	"exit status: 0 done, 1 failed, 2 usage\n";

enum optcode {
	OPT_APPEND = 256,
	OPT_COMPRESS,
	OPT_EXTRACT,
	OPT_HELP,
	OPT_LAYER,
	OPT_LEVEL,
	OPT_LIST,
	OPT_MAKE_PARENTS,
	OPT_MTIME,
	OPT_OVERLAY,
	OPT_SOURCE_PREFIX,
	OPT_TABLE,
	OPT_WRITE_LIST,
};

static const struct option options[] = {
	{ "append", required_argument, NULL, OPT_APPEND },
	{ "compress", required_argument, NULL, OPT_COMPRESS },
	{ "extract", no_argument, NULL, OPT_EXTRACT },
	{ "help", no_argument, NULL, OPT_HELP },
	{ "layer", required_argument, NULL, OPT_LAYER },
	{ "level", required_argument, NULL, OPT_LEVEL },
	{ "list", no_argument, NULL, OPT_LIST },
	{ "make-parents", no_argument, NULL, OPT_MAKE_PARENTS },
	{ "mtime", required_argument, NULL, OPT_MTIME },
	{ "overlay", required_argument, NULL, OPT_OVERLAY },
	{ "source-prefix", required_argument, NULL, OPT_SOURCE_PREFIX },
	{ "table", required_argument, NULL, OPT_TABLE },
	{ "write-list", no_argument, NULL, OPT_WRITE_LIST },
	{ 0 },
};

/* The command line. */
struct command {
	int mode; /* OPT_LIST, OPT_EXTRACT, OPT_WRITE_LIST; 0 to create */
	struct plan plan;
	const char *level, *mtime; /* as given, or NULL */
	const char *prefix;	   /* of --write-list, "" unless given */
};

/* text as a number from least to most; ends the program if it is none. */
static uint32_t number(const char *what, const char *text, uint32_t least, uint32_t most)
{
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(text, &end, 10);
	if (errno || *end || *text < '0' || *text > '9' || value < least || value > most)
		dieusage("%s is '%s': give a number from %u to %u", what, text, least, most);
	return (uint32_t)value;
}

static void addlayer(struct plan *plan, enum layerkind kind, char *text)
{
	char *path = strchr(text, '=');

	if (!path || path == text || !path[1])
		dieusage("'%s': give a layer as NAME=PATH", text);
	*path++ = '\0';
	plan->layer = xrealloc(plan->layer, (plan->nlayer + 1) * sizeof(*plan->layer));
	plan->layer[plan->nlayer++] = (struct layer){ kind, text, path };
}

static void setmode(struct command *c, int mode)
{
	if (c->mode && c->mode != mode)
		dieusage("give only one of --list, --extract and --write-list");
	c->mode = mode;
}

static void option(struct command *c, int opt, char *value)
{
	switch (opt) {
	case 'o':
		c->plan.out = value;
		break;
	case 'm':
		c->plan.manifest = value;
		break;
	case OPT_APPEND:
		listadd(&c->plan.append, value);
		break;
	case OPT_COMPRESS:
		c->plan.codec = codecfind(value);
		if (!c->plan.codec)
			dieusage("--compress is '%s': give none, gzip, bzip2, xz, zstd or lz4",
				 value);
		break;
	case OPT_LAYER:
		addlayer(&c->plan, KIND_LAYER, value);
		break;
	case OPT_OVERLAY:
		addlayer(&c->plan, KIND_OVERLAY, value);
		break;
	case OPT_TABLE:
		addlayer(&c->plan, KIND_TABLE, value);
		break;
	case OPT_LEVEL:
		c->level = value;
		break;
	case OPT_MAKE_PARENTS:
		c->plan.makeparents = true;
		break;
	case OPT_MTIME:
		c->mtime = value;
		break;
	case OPT_SOURCE_PREFIX:
		c->prefix = value;
		break;
	case OPT_HELP:
		fputs(usage, stdout);
		exit(EXIT_OK);
	case OPT_EXTRACT:
	case OPT_LIST:
	case OPT_WRITE_LIST:
		setmode(c, opt);
		break;
	default:
		dieusage("the command line was not understood");
	}
}

/* What is wrong in the combination of options. */
static void checkoptions(const struct command *c, int operands)
{
	const struct plan *plan = &c->plan;

	if (c->mode) {
		bool creating = plan->out || plan->manifest || plan->nlayer || plan->append.len ||
				plan->codec || plan->makeparents || c->level || c->mtime;

		if (creating)
			dieusage("options to make an archive do not go with --list and the like");
		if (operands != (c->mode == OPT_EXTRACT ? 2 : 1))
			dieusage(c->mode == OPT_EXTRACT ? "--extract takes FILE and DIR"
							: "give one FILE to look into");
	} else {
		if (operands)
			dieusage("layers are given as --layer NAME=DIR and the like");
		if (!plan->out)
			dieusage("give the archive to write with -o OUT");
		if (!plan->nlayer)
			dieusage("give at least one --layer, --overlay or --table");
		if (plan->manifest && strcmp(plan->out, plan->manifest) == 0)
			dieusage("-o and -m name the same file");
	}
	if (c->prefix && c->mode != OPT_WRITE_LIST)
		dieusage("--source-prefix goes with --write-list");
}

/* Read the image in file for the visitor; what is wrong with it is a problem. */
static void look(const char *file, const struct visitor *v, struct problems *p)
{
	struct buf data = { 0 }, why = { 0 };

	if (fileread(file, &data) < 0)
		problemadd(p, "%s: cannot read:", file);
	else if (imageread(data.data, data.len, UNPACK_LIMIT, v, &why) < 0)
		problemadd(p, "%s: %s", file, bufstr(&why));
	buffree(&data);
	buffree(&why);
}

static void print(struct buf *out)
{
	if (fputs(bufstr(out), stdout) == EOF || fflush(stdout) == EOF)
		die("cannot write to standard output:");
	buffree(out);
}

static void list(const char *file, struct problems *p)
{
	struct buf out = { 0 };
	struct visitor v = { &out, listpiece, listentry };

	look(file, &v, p);
	print(&out);
}

static void extract(const char *file, const char *dir, struct problems *p)
{
	struct problems notes = { 0 };
	struct extraction x = { .problems = p, .notes = &notes };
	struct visitor v = { &x, NULL, extractentry };

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
	struct visitor v = { &u, NULL, unpackentry };
	struct buf out = { 0 };

	look(file, &v, p);
	if (p->count == 0) {
		treeseal(&u.tree);
		listformat(&u.tree, prefix ? prefix : "", &out);
		print(&out);
	}
	linksfree(&u.links);
	treefree(&u.tree);
}

/* Fill in what the command line leaves open, and make the archive. */
static void make(struct command *c, struct problems *p)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	struct plan *plan = &c->plan;

	if (!plan->codec)
		plan->codec = codecfind("none");
	plan->level = plan->codec->preset;
	if (c->level && plan->codec->most == 0)
		dieusage("--level needs --compress");
	if (c->level)
		plan->level = (int)number("--level", c->level, (uint32_t)plan->codec->least,
					  (uint32_t)plan->codec->most);
	if (c->mtime)
		plan->mtime = number("--mtime", c->mtime, 0, UINT32_MAX);
	else if (epoch && *epoch)
		plan->mtime = number("SOURCE_DATE_EPOCH", epoch, 0, UINT32_MAX);
	create(plan, p);
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
	struct command c = { 0 };
	struct problems p = { 0 };
	int opt;

	progname = "mkinitramfs";
	while ((opt = getopt_long(argc, argv, "o:m:h", options, NULL)) != -1)
		option(&c, opt == 'h' ? OPT_HELP : opt, optarg);
	argv += optind;
	checkoptions(&c, argc - optind);
	if (c.mode == OPT_LIST)
		list(argv[0], &p);
	else if (c.mode == OPT_EXTRACT)
		extract(argv[0], argv[1], &p);
	else if (c.mode == OPT_WRITE_LIST)
		writelist(argv[0], c.prefix, &p);
	else
		make(&c, &p);
	listfree(&c.plan.append);
	free(c.plan.layer);
	return report(&p);
}
