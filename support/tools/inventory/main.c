// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * inventory: documents the contents of an image, for lawyers and for programs. See
 * docs/inventory.md.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "fs/file.h"
#include "fs/remove.h"
#include "inventory.h"
#include "legal.h"
#include "sbom.h"
#include "spdx.h"
#include "use.h"

static const char usage[] =
	"usage: inventory --legal DIR --list FILE\n"
	"       inventory --sbom FILE --list FILE --spdx FILE\n"
	"\n"
	"Documents the contents of an image.\n"
	"  --legal DIR   replace DIR: licences, sources, patches, and a table of them\n"
	"  --sbom FILE   write a software bill of materials: CycloneDX 1.6, JSON\n"
	"  --list FILE   the packages and the places of their files\n"
	"  --spdx FILE   SPDX's list of licences, from CycloneDX: spdx.schema.json\n"
	"  --help        show this\n"
	"  --version     show the version\n"
	"exit: 0 done, 1 something is missing or wrong (named), 2 usage\n";

/* Write them next to dir, and replace dir only if there was no error. */
static int legal(const struct inventory *v, const char *dir)
{
	char *new = xasprintf("%s.whittle-new", dir);
	struct findings f = { 0 };
	int ret = EXIT_OK;

	if (treeremove(new) < 0 || mkdirs(new) < 0)
		die("cannot make %s:", new);
	legalwrite(v, new, &f);
	for (size_t i = 0; i < f.note.len; i++)
		warn("%s", f.note.item[i]);
	for (size_t i = 0; i < f.wrong.len; i++)
		warn("%s", f.wrong.item[i]);
	if (f.wrong.len) {
		treeremove(new);
		ret = EXIT_FAILED;
	} else if (treereplace(new, dir) < 0) {
		warn("cannot replace %s by %s:", dir, new);
		treeremove(new);
		ret = EXIT_FAILED;
	}
	free(new);
	listfree(&f.note);
	listfree(&f.wrong);
	return ret;
}

static void sbom(struct inventory *v, const char *file, const char *schema)
{
	struct strlist ids = { 0 };
	struct buf out = { 0 };
	char *why = NULL;

	if (spdxread(&ids, schema, &why) < 0 || inventoryuse(v, &why) < 0 ||
	    sbomwrite(v, &ids, &out, &why) < 0)
		die("%s", why);
	if (mkparents(file) < 0 || fileupdate(file, bufstr(&out), out.len, 0666) < 0)
		die("cannot write %s:", file);
	buffree(&out);
	listfree(&ids);
}

/* What the command line asks for; NULL where an option was not given. */
struct options {
	const char *legal, *sbom, *list, *spdx;
};

static void optionsparse(struct options *o, int argc, char **argv)
{
	enum { LEGAL = OPTION_FIRST, SBOM, LIST, SPDX };
	static const struct option longopts[] = {
		{ "legal", required_argument, NULL, LEGAL },
		{ "sbom", required_argument, NULL, SBOM },
		{ "list", required_argument, NULL, LIST },
		{ "spdx", required_argument, NULL, SPDX },
		OPTIONS_END,
	};
	int c;

	while ((c = getoption(argc, argv, ":h", longopts, usage)) != -1) {
		if (c == LEGAL)
			o->legal = optarg;
		else if (c == SBOM)
			o->sbom = optarg;
		else if (c == LIST)
			o->list = optarg;
		else
			o->spdx = optarg;
	}
	if (!o->list || !o->legal == !o->sbom || !o->sbom != !o->spdx || optind < argc)
		dieusage("it takes --legal and --list, or --sbom, --list and --spdx");
}

int main(int argc, char **argv)
{
	struct options o = { 0 };
	struct inventory v = { 0 };
	int ret = EXIT_OK;
	char *why = NULL;

	progname = "inventory";
	optionsparse(&o, argc, argv);
	if (inventoryread(&v, o.list, &why) < 0)
		die("%s", why);
	if (o.legal)
		ret = legal(&v, o.legal);
	else
		sbom(&v, o.sbom, o.spdx);
	inventoryfree(&v);
	return ret;
}
