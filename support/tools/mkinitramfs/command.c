// SPDX-License-Identifier: GPL-2.0-or-later
#include "command.h"

#include <elf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/getoption.h"
#include "base/msg.h"

static const char usage[] =
	"usage: mkinitramfs -o OUT [-m MANIFEST] [OPTION]... LAYER...\n"
	"       mkinitramfs --list FILE\n"
	"       mkinitramfs --diff OLD NEW\n"
	"       mkinitramfs --sizes [--files] [--of NAME] FILE\n"
	"       mkinitramfs --extract [--plain-owner] FILE DIR\n"
	"       mkinitramfs --write-list FILE [--source-prefix DIR]\n"
	"       mkinitramfs --table-reads TABLE...\n"
	"\n"
	"Compute a root filesystem from layers and write it as an initramfs (newc cpio),\n"
	"or look into any initramfs.\n"
	"\n"
	"  -o OUT                 the archive to write\n"
	"  -m MANIFEST            also write what is in it: path, type, mode, owner, digest, layer\n"
	"  --compress HOW         none (default), gzip, bzip2, xz, zstd, lz4\n"
	"  --level N              how hard to compress: 9, but 19 for zstd, unless given\n"
	"  --plain FILE           also write the archive as it is before it is compressed\n"
	"  --tar FILE             also write it as a tar archive, for images of file systems\n"
	"  --kept DIR             keep compressed archives there for the next run\n"
	"  --mtime SECONDS        time stamp of all entries (default: $SOURCE_DATE_EPOCH, or 0)\n"
	"  --append FILE          put this archive after ours, as it is; repeatable\n"
	"  --over MANIFEST        what is there already is not packed, but counts\n"
	"  --make-parents         add directories that tables do not list, 0755 of 0:0\n"
	"  --check-needs          make nothing if a program lacks its interpreter or a library\n"
	"  --machine B,ENDIAN,N   ... or is for another machine: of B bits, little or big, ELF number N\n"
	"\n"
	"layers, repeatable, in order:\n"
	"  --layer NAME=DIR       a tree of owner 0:0; no two may differ in one path\n"
	"  --skeleton NAME=DIR    the same, with modes 0755 and 0644 by the owner's x bit\n"
	"  --overlay NAME=DIR     a tree that overrides what comes before it and any --layer\n"
	"  --table NAME=FILE      lines that override likewise:\n"
	"      dir NAME MODE UID GID          slink NAME TARGET MODE UID GID\n"
	"      pipe NAME MODE UID GID         nod NAME MODE UID GID c|b MAJOR MINOR\n"
	"      sock NAME MODE UID GID         file NAME SOURCE MODE UID GID [HARDLINK...]\n"
	"      perm NAME MODE UID GID         tree NAME DIR [UID GID]\n"
	"      include FILE                   # comment\n"
	"  --apart NAME           what that layer brings goes into an archive of its own\n"
	"\n"
	"looking into one:\n"
	"  --sizes                bytes by who brought them, also as they are compressed\n"
	"  --files, --of NAME     ... by file, all or those that NAME brought\n"
	"  --source-prefix DIR    where sources are in what --write-list writes\n"
	"  --plain-owner          --extract: even root sets no owners and makes no devices\n"
	"  --table-reads          the paths that tables read, include or take files from, each with a\n"
	"                         NUL at its end\n"
	"\n"
	"  --help                 show this\n"
	"  --version              show the version\n"
	"\n"
	"exit status: 0 done, 1 failed, 2 usage\n";

enum optcode {
	OPT_APART = OPTION_FIRST,
	OPT_APPEND,
	OPT_CHECK_NEEDS,
	OPT_COMPRESS,
	OPT_DIFF,
	OPT_EXTRACT,
	OPT_FILES,
	OPT_KEPT,
	OPT_LAYER,
	OPT_LEVEL,
	OPT_LIST,
	OPT_MACHINE,
	OPT_MAKE_PARENTS,
	OPT_MTIME,
	OPT_OF,
	OPT_OVER,
	OPT_OVERLAY,
	OPT_PLAIN,
	OPT_TAR,
	OPT_PLAIN_OWNER,
	OPT_SIZES,
	OPT_SKELETON,
	OPT_SOURCE_PREFIX,
	OPT_TABLE,
	OPT_TABLE_READS,
	OPT_WRITE_LIST,
};

static const struct option options[] = {
	{ "apart", required_argument, NULL, OPT_APART },
	{ "append", required_argument, NULL, OPT_APPEND },
	{ "check-needs", no_argument, NULL, OPT_CHECK_NEEDS },
	{ "compress", required_argument, NULL, OPT_COMPRESS },
	{ "diff", no_argument, NULL, OPT_DIFF },
	{ "extract", no_argument, NULL, OPT_EXTRACT },
	{ "files", no_argument, NULL, OPT_FILES },
	{ "kept", required_argument, NULL, OPT_KEPT },
	{ "layer", required_argument, NULL, OPT_LAYER },
	{ "level", required_argument, NULL, OPT_LEVEL },
	{ "list", no_argument, NULL, OPT_LIST },
	{ "machine", required_argument, NULL, OPT_MACHINE },
	{ "make-parents", no_argument, NULL, OPT_MAKE_PARENTS },
	{ "mtime", required_argument, NULL, OPT_MTIME },
	{ "of", required_argument, NULL, OPT_OF },
	{ "over", required_argument, NULL, OPT_OVER },
	{ "overlay", required_argument, NULL, OPT_OVERLAY },
	{ "plain", required_argument, NULL, OPT_PLAIN },
	{ "plain-owner", no_argument, NULL, OPT_PLAIN_OWNER },
	{ "sizes", no_argument, NULL, OPT_SIZES },
	{ "skeleton", required_argument, NULL, OPT_SKELETON },
	{ "source-prefix", required_argument, NULL, OPT_SOURCE_PREFIX },
	{ "table", required_argument, NULL, OPT_TABLE },
	{ "table-reads", no_argument, NULL, OPT_TABLE_READS },
	{ "tar", required_argument, NULL, OPT_TAR },
	{ "write-list", no_argument, NULL, OPT_WRITE_LIST },
	OPTIONS_END,
};

/* Parse text such as "64,little,62" as the machine of programs. */
static void setmachine(struct elf *e, const char *text)
{
	unsigned int bits, machine;
	char endian[8], more;

	if (sscanf(text, "%2u,%7[a-z],%5u%c", &bits, endian, &machine, &more) != 3 ||
	    (bits != 32 && bits != 64) || machine > UINT16_MAX ||
	    (strcmp(endian, "little") != 0 && strcmp(endian, "big") != 0))
		dieusage("--machine is '%s': give it as 64,little,62: bits, byte order, ELF number",
			 text);
	e->class = bits == 64 ? ELFCLASS64 : ELFCLASS32;
	e->order = *endian == 'l' ? ELFDATA2LSB : ELFDATA2MSB;
	e->machine = (uint16_t)machine;
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

static void setmode(struct command *c, enum mode mode)
{
	if (c->chosen && c->mode != mode)
		dieusage(
			"give only one of --list, --diff, --sizes, --extract, --write-list and --table-reads");
	c->mode = mode;
	c->chosen = true;
}

/* Handle an option that adds a layer. Returns 0 if opt is not one of them. */
static bool layeroption(struct plan *plan, int opt, char *value)
{
	switch (opt) {
	case OPT_LAYER:
		addlayer(plan, KIND_LAYER, value);
		return true;
	case OPT_SKELETON:
		addlayer(plan, KIND_SKELETON, value);
		return true;
	case OPT_OVERLAY:
		addlayer(plan, KIND_OVERLAY, value);
		return true;
	case OPT_TABLE:
		addlayer(plan, KIND_TABLE, value);
		return true;
	case OPT_APART:
		listadd(&plan->apart, value);
		return true;
	case OPT_APPEND:
		listadd(&plan->append, value);
		return true;
	case OPT_OVER:
		plan->over = value;
		return true;
	case OPT_CHECK_NEEDS:
		plan->checkneeds = true;
		return true;
	case OPT_MACHINE:
		setmachine(&plan->target, value);
		return true;
	case OPT_MAKE_PARENTS:
		plan->makeparents = true;
		return true;
	}
	return false;
}

/* Return the field that stores the value of a text option; NULL if opt is not one of them. */
static const char **textoption(struct command *c, int opt)
{
	switch (opt) {
	case 'o':
		return &c->plan.out;
	case 'm':
		return &c->plan.manifest;
	case OPT_PLAIN:
		return &c->plan.plain;
	case OPT_TAR:
		return &c->plan.tar;
	case OPT_KEPT:
		return &c->plan.kept;
	case OPT_LEVEL:
		return &c->level;
	case OPT_MTIME:
		return &c->mtime;
	case OPT_SOURCE_PREFIX:
		return &c->prefix;
	}
	return NULL;
}

static void option(struct command *c, int opt, char *value)
{
	const char **text = textoption(c, opt);

	if (text)
		*text = value;
	if (text || layeroption(&c->plan, opt, value))
		return;
	switch (opt) {
	case OPT_COMPRESS:
		c->plan.compressor = compressfind(value);
		if (!c->plan.compressor)
			dieusage("--compress is '%s': give none, gzip, bzip2, xz, zstd or lz4",
				 value);
		break;
	case OPT_FILES:
		c->files = true;
		break;
	case OPT_OF:
		c->of = value;
		break;
	case OPT_PLAIN_OWNER:
		c->plainowner = true;
		break;
	case OPT_DIFF:
		setmode(c, MODE_DIFF);
		break;
	case OPT_EXTRACT:
		setmode(c, MODE_EXTRACT);
		break;
	case OPT_LIST:
		setmode(c, MODE_LIST);
		break;
	case OPT_SIZES:
		setmode(c, MODE_SIZES);
		break;
	case OPT_TABLE_READS:
		setmode(c, MODE_TABLE_READS);
		break;
	case OPT_WRITE_LIST:
		setmode(c, MODE_WRITE_LIST);
		break;
	}
}

/* Check the options of the commands that read archives. */
static void checklook(const struct command *c, int operands)
{
	const struct plan *plan = &c->plan;

	if (plan->out || plan->manifest || plan->plain || plan->tar || plan->kept || plan->over ||
	    plan->nlayer || plan->append.len || plan->apart.len || plan->compressor ||
	    plan->makeparents || plan->checkneeds || plan->target.class || c->level || c->mtime)
		dieusage("options to make an archive do not go with --list and the like");
	if (c->mode == MODE_EXTRACT && operands != 2)
		dieusage("--extract takes FILE and DIR");
	if (c->mode == MODE_DIFF && operands != 2)
		dieusage("--diff takes two files, OLD and NEW");
	if (c->mode == MODE_TABLE_READS && !operands)
		dieusage("--table-reads takes tables");
	if (c->mode != MODE_EXTRACT && c->mode != MODE_DIFF && c->mode != MODE_TABLE_READS &&
	    operands != 1)
		dieusage("give one FILE to look into");
}

/* Return whether both names are given and equal. */
static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/* Check the options for creating an archive. */
static void checkcreate(const struct command *c, int operands)
{
	const struct plan *plan = &c->plan;

	if (operands)
		dieusage("layers are given as --layer NAME=DIR and the like");
	if (!plan->out)
		dieusage("give the archive to write with -o OUT");
	if (!plan->nlayer && !plan->append.len)
		dieusage("give at least one --layer, --overlay or --table");
	if (same(plan->out, plan->manifest))
		dieusage("-o and -m name the same file");
	if (same(plan->out, plan->plain) || same(plan->manifest, plan->plain))
		dieusage("--plain names the same file as -o or -m");
	if (same(plan->tar, plan->out) || same(plan->tar, plan->manifest) ||
	    same(plan->tar, plan->plain))
		dieusage("--tar names the same file as -o, -m or --plain");
	if (plan->target.class && !plan->checkneeds)
		dieusage("--machine goes with --check-needs");
	if (plan->kept && !plan->plain)
		dieusage("--kept goes with --plain");
	for (size_t i = 0; i < plan->apart.len; i++) {
		size_t k = 0;

		while (k < plan->nlayer && !same(plan->layer[k].name, plan->apart.item[i]))
			k++;
		if (k == plan->nlayer)
			dieusage("--apart %s: there is no layer of that name", plan->apart.item[i]);
	}
}

static void check(const struct command *c, int operands)
{
	if (c->chosen)
		checklook(c, operands);
	else
		checkcreate(c, operands);
	if (c->prefix && c->mode != MODE_WRITE_LIST)
		dieusage("--source-prefix goes with --write-list");
	if (c->plainowner && c->mode != MODE_EXTRACT)
		dieusage("--plain-owner goes with --extract");
	if ((c->files || c->of) && c->mode != MODE_SIZES)
		dieusage("--files and --of go with --sizes");
}

/* Set the defaults for options that are not given. */
static void complete(struct command *c)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	struct plan *plan = &c->plan;

	if (!plan->compressor)
		plan->compressor = compressfind("none");
	plan->level = plan->compressor->preset;
	if (c->level && plan->compressor->most == 0)
		dieusage("--level needs --compress");
	if (c->level)
		plan->level = (int)numberoption("--level", c->level, plan->compressor->least,
						plan->compressor->most);
	if (c->mtime)
		plan->mtime = (uint32_t)numberoption("--mtime", c->mtime, 0, UINT32_MAX);
	else if (epoch && *epoch)
		plan->mtime = (uint32_t)numberoption("SOURCE_DATE_EPOCH", epoch, 0, UINT32_MAX);
}

void commandparse(struct command *c, int argc, char **argv)
{
	int opt;

	*c = (struct command){ 0 };
	while ((opt = getoption(argc, argv, ":ho:m:", options, usage)) != -1)
		option(c, opt, optarg);
	c->operand = argv + optind;
	check(c, argc - optind);
	if (!c->chosen)
		complete(c);
}

void commandfree(struct command *c)
{
	listfree(&c->plan.apart);
	listfree(&c->plan.append);
	free(c->plan.layer);
}
