// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * inventory: tells what an image is made of, to lawyers and to programs. docs/inventory.md says
 * how.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	"Tells what an image is made of.\n"
	"  --legal DIR   make DIR anew: licences, sources, patches, and a table of them\n"
	"  --sbom FILE   write a software bill of materials: CycloneDX 1.6, JSON\n"
	"  --list FILE   the packages, and where their files lie\n"
	"  --spdx FILE   SPDX's list of licences, as CycloneDX has it: spdx.schema.json\n"
	"exit: 0 done, 1 something is missing or wrong (named), 2 usage\n";

/* Beside dir first, and in its place when nothing is wrong. */
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

/* The value of an option, or NULL. */
static const char *option(int argc, char **argv, const char *name)
{
	for (int i = 1; i + 1 < argc; i += 2) {
		if (strcmp(argv[i], name) == 0)
			return argv[i + 1];
	}
	return NULL;
}

int main(int argc, char **argv)
{
	const char *dir, *file, *list, *schema;
	struct inventory v = { 0 };
	int ret = EXIT_OK;
	char *why = NULL;

	progname = "inventory";
	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		fputs(usage, stdout);
		return EXIT_OK;
	}
	dir = option(argc, argv, "--legal");
	file = option(argc, argv, "--sbom");
	list = option(argc, argv, "--list");
	schema = option(argc, argv, "--spdx");
	if (!list || !dir == !file || !file != !schema || argc != (dir ? 5 : 7))
		dieusage("it takes --legal and --list, or --sbom, --list and --spdx");

	if (inventoryread(&v, list, &why) < 0)
		die("%s", why);
	if (dir)
		ret = legal(&v, dir);
	else
		sbom(&v, file, schema);
	inventoryfree(&v);
	return ret;
}
