// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * inputs: tells make what lies in the tree, as a fragment for it to include.
 *
 *   inputs scan -o OUT [--config FILE] [--packages DIR]... [--boards DIR]... [--kconfig FILE]...
 *   inputs digest -o OUT --index FILE --list FILE
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digest.h"
#include "file.h"
#include "index.h"
#include "msg.h"
#include "pairs.h"
#include "scan.h"
#include "tick.h"

static const char usage[] =
	"usage: inputs scan -o OUT [--config FILE] [--packages DIR]... [--boards DIR]... "
	"[--kconfig FILE]...\n"
	"       inputs digest -o OUT --index FILE --list FILE\n"
	"\n"
	"Writes a make fragment OUT, only if it changed.\n"
	"  scan    configuration symbols, packages (recipes, patches, source digests), boards,\n"
	"          and CONFIG_DIGEST and KCONFIG_DIGEST of the files that a front end reads\n"
	"          --clock: where that file shows that its directory was copied without times, the\n"
	"          stamps beside it are removed\n"
	"  digest  DIGEST_<path> := <sha256> for each file or tree that LIST names, a line each;\n"
	"          CONFIGS_<path> := the same of just the Kconfig* and *config files of a tree;\n"
	"          FILE remembers what was read already\n"
	"exit: 0 done, 1 something is wrong (named), 2 usage\n";

static void writeout(const char *path, struct buf *out)
{
	if (mkparents(path) < 0 || fileupdate(path, bufstr(out), out->len, 0666) < 0)
		die("cannot write %s:", path);
	buffree(out);
}

static void putdigest(struct buf *out, const char *name, const struct strlist *files)
{
	struct digest *d = digestnew();
	char hex[DIGESTHEX];

	for (size_t i = 0; i < files->len; i++) {
		if (digestfile(files->item[i], hex) < 0)
			die("cannot read %s:", files->item[i]);
		digestadd(d, files->item[i], strlen(files->item[i]) + 1);
		digestadd(d, hex, DIGESTHEX);
	}
	digestend(d, hex);
	bufprintf(out, "%s := %s\n", name, hex);
}

/* The value of option i, which must be there. */
static const char *value(int argc, char **argv, int *i)
{
	if (*i + 1 >= argc)
		dieusage("%s wants a value", argv[*i]);
	return argv[++*i];
}

/* What a scan has found. */
struct found {
	struct buf out;		       /* the fragment */
	struct strlist kconfig;	       /* what a front end reads */
	struct pairs packages, boards; /* with the directories that they are in */
	struct buf bad;		       /* lines that say what is wrong */
};

static void scanone(const char *option, const char *arg, struct found *f)
{
	struct strlist config = { 0 };
	long line;

	if (strcmp(option, "--packages") == 0) {
		if (scanpackages(arg, &f->out, &f->kconfig, &f->packages, &f->bad) < 0)
			die("cannot read %s:", arg);
	} else if (strcmp(option, "--boards") == 0) {
		if (scanboards(arg, &f->out, &f->kconfig, &f->boards, &f->bad) < 0)
			die("cannot read %s:", arg);
	} else if (strcmp(option, "--clock") == 0) {
		if (tickverify(arg) < 0)
			die("cannot forget what %s dated:", arg);
	} else if (strcmp(option, "--kconfig") == 0) {
		listadd(&f->kconfig, arg);
	} else if (strcmp(option, "--config") == 0) {
		line = scanconfig(arg, &f->out);
		if (line < 0)
			die("cannot read %s:", arg);
		if (line > 0)
			die("%s:%ld: not a Kconfig setting; correct the line, or remove it and run 'make olddefconfig'",
			    arg, line);
		listadd(&config, arg);
		putdigest(&f->out, "CONFIG_DIGEST", &config);
		listfree(&config);
	} else {
		dieusage("unknown option '%s'", option);
	}
}

static int scan(int argc, char **argv)
{
	struct found f = { 0 };
	const char *path = NULL;

	for (int i = 2; i < argc; i++) {
		const char *option = argv[i];

		if (strcmp(option, "-o") == 0)
			path = value(argc, argv, &i);
		else
			scanone(option, value(argc, argv, &i), &f);
	}
	if (!path)
		dieusage("scan wants -o");
	if (f.bad.len) {
		tell(stderr, "%s", f.bad.data);
		die("what is wrong above keeps the build from starting");
	}
	listsort(&f.kconfig);
	putdigest(&f.out, "KCONFIG_DIGEST", &f.kconfig);
	writeout(path, &f.out);
	listfree(&f.kconfig);
	pairsfree(&f.packages);
	pairsfree(&f.boards);
	return EXIT_OK;
}

static int digest(int argc, char **argv)
{
	const char *path = NULL, *indexpath = NULL, *list = NULL;
	struct buf out = { 0 };
	struct buf names = { 0 };
	char hex[DIGESTHEX];
	char configs[DIGESTHEX];
	char *p, *name, *where;
	struct index *x;

	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "-o") == 0)
			path = value(argc, argv, &i);
		else if (strcmp(argv[i], "--index") == 0)
			indexpath = value(argc, argv, &i);
		else if (strcmp(argv[i], "--list") == 0)
			list = value(argc, argv, &i);
		else
			dieusage("unknown option '%s'", argv[i]);
	}
	if (!path || !indexpath || !list)
		dieusage("digest wants -o, --index and --list");
	if (fileread(list, &names) < 0)
		die("cannot read %s:", list);
	x = indexopen(indexpath);
	p = names.data;
	while (p && (name = strsep(&p, "\n"))) {
		if (!*name)
			continue;
		if (nameunfit(name))
			die("make cannot take the character '%c' in %s, which the configuration names: rename it",
			    nameunfit(name), name);
		if (indexdigest(x, name, hex, configs, &where) < 0)
			die("cannot read %s, which the configuration names:", where);
		bufprintf(&out, "DIGEST_%s := %s\n", name, hex);
		if (*configs)
			bufprintf(&out, "CONFIGS_%s := %s\n", name, configs);
	}
	buffree(&names);
	if (indexclose(x) < 0)
		die("cannot write %s:", indexpath);
	writeout(path, &out);
	return EXIT_OK;
}

int main(int argc, char **argv)
{
	progname = "inputs";
	if (argc > 1 && strcmp(argv[1], "--help") == 0) {
		fputs(usage, stdout);
		return EXIT_OK;
	}
	if (argc > 1 && strcmp(argv[1], "scan") == 0)
		return scan(argc, argv);
	if (argc > 1 && strcmp(argv[1], "digest") == 0)
		return digest(argc, argv);
	dieusage("say 'scan' or 'digest'");
}
