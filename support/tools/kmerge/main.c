// SPDX-License-Identifier: GPL-2.0-or-later
/* kmerge: merge Kconfig fragments, check that they took effect, and make them from changes. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assignments.h"
#include "base/getoption.h"
#include "base/msg.h"
#include "check.h"
#include "explain.h"
#include "fs/file.h"
#include "kconfig/config.h"
#include "kconfig/kconfig.h"

static const char usage[] =
	"usage: kmerge merge -o OUT BASE [FRAGMENT]...\n"
	"       kmerge check --config FINAL [--kconfig TREE [OPTION]...] [--strict] [--before OLD]\n"
	"                    [--alone FILE] FRAGMENT...\n"
	"       kmerge set -o OUT --config BASE --kconfig TREE [OPTION]... TEXT...\n"
	"       kmerge diff OLD NEW\n"
	"       kmerge get --config FILE NAME...\n"
	"Merge Kconfig configurations, and verify what became of them.\n"
	"\n"
	"merge: write to OUT the settings of BASE and then each FRAGMENT, later ones winning\n"
	"  -o, --output OUT  the file to write; left alone if it holds just that\n"
	"check: tell each setting of the FRAGMENTs that FINAL does not have, and why\n"
	"  --config FINAL    the configuration that came out\n"
	"  --kconfig TREE    the source tree whose Kconfig files tell why\n"
	"  --arch ARCH       what $(ARCH) is in them, such as x86 or arm64\n"
	"  --generated DIR   where files lie that TREE's files name and TREE has not\n"
	"  --strict          exit with 1 if there are any\n"
	"  --before OLD      pass over settings that OLD has, too\n"
	"  --alone FILE      what came out of the FRAGMENTs without a base: report the values of FINAL\n"
	"                    that are those of its base alone, and that FILE has otherwise\n"
	"set: write to OUT the settings in TEXT, words NAME=VALUE, and what they depend on\n"
	"  --config BASE     the configuration that they are for\n"
	"  --kconfig ...     as above\n"
	"diff: print as a fragment what NEW sets differently from OLD\n"
	"get: print the value of each NAME in FILE, a line each: a string without its quotes, n for\n"
	"  what is not set; exit with 1 if FILE has no setting of one\n"
	"  --help            show this\n"
	"  --version         show the version\n"
	"\n"
	"Exit status: 0 done, 1 failed (or --strict), 2 usage.\n";

struct options {
	const char *output, *config, *kconfig, *arch, *generated, *before,
		*alone; /* NULL: not given */
	bool strict;
	char **file; /* array of nfile, the operands */
	int nfile;
};

/* Parse the options of cmd, given as the long options in row. Other options are an error. */
static void optionsparse(struct options *o, int argc, char **argv, const struct option *row,
			 const char *shorts)
{
	int c;

	*o = (struct options){ 0 };
	while ((c = getoption(argc, argv, shorts, row, usage)) != -1) {
		if (c == 'o') {
			o->output = optarg;
		} else if (c == 'c') {
			o->config = optarg;
		} else if (c == 'k') {
			o->kconfig = optarg;
		} else if (c == 'a') {
			o->arch = optarg;
		} else if (c == 'g') {
			o->generated = optarg;
		} else if (c == 'b') {
			o->before = optarg;
		} else if (c == 'l') {
			o->alone = optarg;
		} else {
			o->strict = true;
		}
	}
	o->file = argv + optind;
	o->nfile = argc - optind;
}

/* Read the files in order. Report all errors in them, then exit. */
static void configsread(struct config *c, char **file, int nfile)
{
	struct buf errors = { 0 };
	bool bad = false;

	for (int i = 0; i < nfile; i++)
		bad |= configread(c, file[i], &errors) < 0;
	if (!bad)
		return;
	tell(stderr, "%s", bufstr(&errors));
	die("nothing was done: correct that first");
}

/* Write the settings of c as a fragment to path. Returns 0, or -1 after reporting an error. */
static int configwrite(const char *path, const struct config *c)
{
	struct buf out = { 0 };
	int ret;

	for (size_t i = 0; i < c->len; i++) {
		if (c->setting[i]->gone)
			continue;
		settingprint(&out, c->setting[i]->name, c->setting[i]->value);
		bufputc(&out, '\n');
	}
	ret = fileupdate(path, bufstr(&out), out.len, 0666);
	if (ret < 0)
		warn("%s: cannot write:", path);
	buffree(&out);
	return ret;
}

static int merge(int argc, char **argv)
{
	static const struct option row[] = { { "output", required_argument, NULL, 'o' },
					     OPTIONS_END };
	struct config c = { 0 };
	struct options o;
	int ret;

	optionsparse(&o, argc, argv, row, ":ho:");
	if (!o.output || o.nfile < 1)
		dieusage("merge: expected -o OUT and BASE");
	configsread(&c, o.file, o.nfile);
	ret = configwrite(o.output, &c);
	configfree(&c);
	return ret < 0 ? EXIT_FAILED : EXIT_OK;
}

/* Read the tree that the options name. Returns 0, or -1 with *why set (caller frees). */
static int treeread(struct kconfig *tree, const struct options *o, char **why)
{
	tree->generated = o->generated;
	return kconfigread(tree, o->kconfig, o->arch, why);
}

static int checkmain(int argc, char **argv)
{
	static const struct option row[] = { { "config", required_argument, NULL, 'c' },
					     { "kconfig", required_argument, NULL, 'k' },
					     { "arch", required_argument, NULL, 'a' },
					     { "generated", required_argument, NULL, 'g' },
					     { "before", required_argument, NULL, 'b' },
					     { "alone", required_argument, NULL, 'l' },
					     { "strict", no_argument, NULL, 's' },
					     OPTIONS_END };
	struct config final = { 0 }, requests = { 0 }, before = { 0 }, alone = { 0 };
	struct explain x = { .final = &final, .requests = &requests };
	struct kconfig tree = { 0 };
	struct buf out = { 0 };
	struct options o;
	size_t failures;
	char *why;

	optionsparse(&o, argc, argv, row, ":h");
	if (!o.config || o.nfile < 1)
		dieusage("check: expected --config FINAL and FRAGMENT");
	if (o.alone && !o.kconfig)
		dieusage("check: --alone also needs --kconfig TREE");
	configsread(&final, (char *[]){ (char *)o.config }, 1);
	configsread(&requests, o.file, o.nfile);
	if (o.before) {
		configsread(&before, (char *[]){ (char *)o.before }, 1);
		x.before = &before;
	}
	if (o.alone)
		configsread(&alone, (char *[]){ (char *)o.alone }, 1);
	failures = check(&x, &out);
	/* Read the many files of a source tree only if there is something to explain. */
	if ((failures || o.alone) && o.kconfig) {
		if (treeread(&tree, &o, &why) < 0) {
			tell(stderr, "%s", bufstr(&out));
			die("%s", why);
		}
		x.tree = &tree;
		bufclear(&out);
		failures = check(&x, &out);
	}
	if (o.alone)
		checkbase(&x, &alone, &out);
	tell(stderr, "%s", bufstr(&out));
	buffree(&out);
	kconfigfree(&tree);
	configfree(&final);
	configfree(&requests);
	configfree(&before);
	configfree(&alone);
	return failures && o.strict ? EXIT_FAILED : EXIT_OK;
}

static int setmain(int argc, char **argv)
{
	static const struct option row[] = { { "output", required_argument, NULL, 'o' },
					     { "config", required_argument, NULL, 'c' },
					     { "kconfig", required_argument, NULL, 'k' },
					     { "arch", required_argument, NULL, 'a' },
					     { "generated", required_argument, NULL, 'g' },
					     OPTIONS_END };
	struct config base = { 0 }, wanted = { 0 };
	struct kconfig tree = { 0 };
	struct buf said = { 0 };
	struct options o;
	char *why;
	int ret = 0;

	optionsparse(&o, argc, argv, row, ":ho:");
	if (!o.output || !o.config || !o.kconfig || o.nfile < 1)
		dieusage("set: expected -o OUT, --config BASE, --kconfig TREE and TEXT");
	configsread(&base, (char *[]){ (char *)o.config }, 1);
	if (treeread(&tree, &o, &why) < 0)
		die("%s", why);
	for (int i = 0; i < o.nfile; i++)
		ret |= optionsread(&wanted, o.file[i], &tree, &said);
	if (ret == 0) {
		optionsresolve(&wanted, &base, &tree, &said);
		ret = configwrite(o.output, &wanted);
	}
	tell(stderr, "%s", bufstr(&said));
	buffree(&said);
	kconfigfree(&tree);
	configfree(&wanted);
	configfree(&base);
	return ret < 0 ? EXIT_FAILED : EXIT_OK;
}

static int diff(int argc, char **argv)
{
	static const struct option row[] = { OPTIONS_END };
	struct config old = { 0 }, new = { 0 };
	struct buf out = { 0 };
	struct options o;

	optionsparse(&o, argc, argv, row, ":h");
	if (o.nfile != 2)
		dieusage("diff: expected OLD and NEW");
	configsread(&old, o.file, 1);
	configsread(&new, o.file + 1, 1);
	configdiff(&old, &new, &out);
	fputs(bufstr(&out), stdout);
	if (fflush(stdout) != 0)
		die("cannot write to standard output:");
	buffree(&out);
	configfree(&old);
	configfree(&new);
	return EXIT_OK;
}

/* Print value, without the quotes and backslashes of a string. */
static void valueprint(const char *value)
{
	size_t len = strlen(value);

	if (*value != '"' || len < 2) {
		puts(value);
		return;
	}
	for (const char *p = value + 1; p < value + len - 1; p++) {
		if (*p == '\\' && p + 1 < value + len - 1)
			p++;
		putchar(*p);
	}
	putchar('\n');
}

static int get(int argc, char **argv)
{
	static const struct option row[] = { { "config", required_argument, NULL, 'c' }, { 0 } };
	struct config c = { 0 };
	struct options o;
	int ret = EXIT_OK;

	optionsparse(&o, argc, argv, row, "");
	if (!o.config || o.nfile < 1)
		dieusage("get: expected --config FILE and NAME");
	configsread(&c, (char *[]){ (char *)o.config }, 1);
	for (int i = 0; i < o.nfile; i++) {
		const struct setting *s = configget(&c, o.file[i]);

		if (s)
			valueprint(s->value);
		else
			ret = EXIT_FAILED;
	}
	if (fflush(stdout) != 0)
		die("cannot write to standard output:");
	configfree(&c);
	return ret;
}

int main(int argc, char **argv)
{
	progname = "kmerge";
	getoptionanswer(argc, argv, usage);
	if (argc < 2)
		dieusage("expected merge, check, set, diff or get");
	if (strcmp(argv[1], "merge") == 0)
		return merge(argc - 1, argv + 1);
	if (strcmp(argv[1], "check") == 0)
		return checkmain(argc - 1, argv + 1);
	if (strcmp(argv[1], "set") == 0)
		return setmain(argc - 1, argv + 1);
	if (strcmp(argv[1], "diff") == 0)
		return diff(argc - 1, argv + 1);
	if (strcmp(argv[1], "get") == 0)
		return get(argc - 1, argv + 1);
	dieusage("'%s': expected merge, check, set, diff or get", argv[1]);
}
