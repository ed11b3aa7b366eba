// SPDX-License-Identifier: GPL-2.0-or-later
/* checkrecipe: check that packages and boards follow the rules of the engine. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/getoption.h"
#include "base/msg.h"
#include "findings.h"
#include "fs/file.h"
#include "package.h"

static const char usage[] =
	"usage: checkrecipe [OPTION...] [--vocabulary FILE PACKAGE-DIR...]\n"
	"\n"
	"Check packages: their Kconfig, .mk, .hash and the names of their patches. Whatever is\n"
	"wrong is printed as FILE:LINE: MESSAGE.\n"
	"\n"
	"  --vocabulary FILE\n"
	"                   a makefile that sets KNOWN_VARIABLES, KNOWN_STEPS, KNOWN_TYPES and\n"
	"                   KNOWN_MODES: what variables are called, and what TYPE and MODE may be.\n"
	"                   No PACKAGE-DIR is checked without it.\n"
	"  --known DIR      a package that others may depend on, or a directory of such; none of\n"
	"                   them is checked itself. Those beside a PACKAGE-DIR are known anyway.\n"
	"  --board DIR      a board to check: its Kconfig and defconfig\n"
	"  --kconfig FILE   one more Kconfig file to check\n"
	"  --names          check nothing but the names of the recipes' variables\n"
	"  --help           show this\n"
	"  --version        show the version\n"
	"\n"
	"exit status: 0 nothing is wrong, 1 something is, 2 usage\n";

/* Remove trailing slashes from path. */
static char *tidy(char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		path[--len] = '\0';
	return path;
}

/* Add the packages in directory dir, which are the directories with a recipe. */
static void packagesadd(struct strlist *known, const char *dir)
{
	struct strlist names = { 0 };

	dirlist(dir, &names);
	for (size_t i = 0; i < names.len; i++) {
		char *recipe = xasprintf("%s/%s/%s.mk", dir, names.item[i], names.item[i]);

		if (access(recipe, F_OK) == 0)
			listadd(known, names.item[i]);
		free(recipe);
	}
	listfree(&names);
}

/* Add the package in directory dir, and its siblings. */
static void neighboursadd(struct strlist *known, const char *dir)
{
	size_t len = (size_t)(packagename(dir) - dir);
	char *parent = len ? xstrndup(dir, len) : xstrdup(".");

	listadd(known, packagename(dir));
	packagesadd(known, parent);
	free(parent);
}

/* Read the vocabulary of recipes from the file at path, or exit with an error. */
static void vocabularytake(struct vocabulary *v, const char *path)
{
	struct buf text = { 0 };
	char *why;

	if (fileread(path, &text) < 0)
		die("cannot read %s:", path);
	vocabularyfree(v);
	if (vocabularyparse(v, path, bufstr(&text), &why) < 0)
		die("%s", why);
	buffree(&text);
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "vocabulary", required_argument, NULL, 'v' },
		{ "known", required_argument, NULL, 'k' },
		{ "board", required_argument, NULL, 'b' },
		{ "kconfig", required_argument, NULL, 'c' },
		{ "names", no_argument, NULL, 'n' },
		OPTIONS_END,
	};
	struct strlist known = { 0 };
	struct strlist boards = { 0 };
	struct strlist kconfigs = { 0 };
	struct vocabulary vocabulary = { 0 };
	struct report report = { 0 };
	bool names = false;
	int ret;
	int c;

	progname = "checkrecipe";
	while ((c = getoption(argc, argv, ":h", options, usage)) != -1) {
		switch (c) {
		case 'v':
			vocabularytake(&vocabulary, optarg);
			break;
		case 'k':
			listadd(&known, packagename(tidy(optarg)));
			packagesadd(&known, optarg);
			break;
		case 'b':
			listadd(&boards, tidy(optarg));
			break;
		case 'c':
			listadd(&kconfigs, optarg);
			break;
		case 'n':
			names = true;
			break;
		}
	}
	if (optind == argc && boards.len == 0 && kconfigs.len == 0)
		dieusage("nothing to check");
	if (optind < argc && vocabulary.variables.len == 0)
		dieusage("a package is checked with --vocabulary FILE: what its recipe may say");
	for (int i = optind; i < argc; i++)
		neighboursadd(&known, tidy(argv[i]));

	for (int i = optind; i < argc; i++)
		(names ? packagenames : packagecheck)(argv[i], &known, &vocabulary, &report);
	for (size_t i = 0; i < boards.len; i++)
		boardcheck(boards.item[i], &known, &report);
	for (size_t i = 0; i < kconfigs.len; i++)
		kconfigcheck(kconfigs.item[i], NULL, &known, &report);

	reportprint(&report, stdout);
	ret = report.len ? EXIT_FAILED : EXIT_OK;
	if (fflush(stdout) != 0)
		die("cannot write the report:");
	reportfree(&report);
	vocabularyfree(&vocabulary);
	listfree(&known);
	listfree(&boards);
	listfree(&kconfigs);
	return ret;
}
