// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * inputs: tells make what lies in the tree, as a fragment for it to include.
 *
 *   inputs scan -o OUT [--config FILE] [--packages DIR]... [--boards DIR]... [--kconfig FILE]...
 *   inputs digest -o OUT --index FILE [--list FILE] [--sources FILE [--except DIR]] [--tables FILE]
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/digest.h"
#include "base/getoption.h"
#include "base/msg.h"
#include "base/pairs.h"
#include "content.h"
#include "fs/buildclock.h"
#include "fs/file.h"
#include "index.h"
#include "scan.h"

static const char usage[] =
	"usage: inputs scan -o OUT [--config FILE] [--packages DIR]... [--boards DIR]... "
	"[--kconfig FILE]...\n"
	"       inputs digest -o OUT --index FILE [--list FILE] [--sources FILE [--except DIR]\n"
	"                     [--seen PREFIX]] [--tables FILE]\n"
	"\n"
	"Writes a make fragment OUT, only if it changed.\n"
	"  scan    configuration symbols, packages (recipes, patches, source digests), boards,\n"
	"          CONFIG_DIGEST and KCONFIG_DIGEST of the files that a front end reads, and\n"
	"          HOST_MACHINE, this machine as uname -m names it\n"
	"          --clock: where that file shows that its directory was copied without times, the\n"
	"          stamps beside it are removed\n"
	"  digest  DIGEST_<path> := <sha256> for each file or tree that LIST names, a line each;\n"
	"          SOURCES_<path> := the same for trees that are built, CONFIGS_<path> of just what\n"
	"          Kconfig reads, GIT_STATE_<path> of what git says of it;\n"
	"          SEEN_<path> := <PREFIX.N>, a file that tells later programs of its files' dates\n"
	"          TABLES_DIGEST := of all together that device tables bring;\n"
	"          --index FILE remembers what was read already\n"
	"  --help     show this\n"
	"  --version  show the version\n"
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

/* The results of a scan. */
struct found {
	struct buf out;		       /* the makefile fragment */
	struct strlist kconfig;	       /* files for the Kconfig front end */
	struct pairs packages, boards; /* names, with their directories */
	struct buf bad;		       /* error messages, one a line */
};

enum {
	OPT_BOARDS = OPTION_FIRST,
	OPT_CLOCK,
	OPT_CONFIG,
	OPT_KCONFIG,
	OPT_PACKAGES,
};

/* Scan the argument of one option. */
static void scanone(int option, const char *arg, struct found *f)
{
	struct strlist config = { 0 };
	long line;

	if (option == OPT_PACKAGES) {
		if (scanpackages(arg, &f->out, &f->kconfig, &f->packages, &f->bad) < 0)
			die("cannot read %s:", arg);
	} else if (option == OPT_BOARDS) {
		if (scanboards(arg, &f->out, &f->kconfig, &f->boards, &f->bad) < 0)
			die("cannot read %s:", arg);
	} else if (option == OPT_CLOCK) {
		if (buildclockverify(arg) < 0)
			die("cannot forget what %s dated:", arg);
	} else if (option == OPT_KCONFIG) {
		listadd(&f->kconfig, arg);
	} else {
		line = scanconfig(arg, &f->out);
		if (line < 0)
			die("cannot read %s:", arg);
		if (line > 0)
			die("%s:%ld: not a Kconfig setting; correct or remove that line, then run make again",
			    arg, line);
		listadd(&config, arg);
		putdigest(&f->out, "CONFIG_DIGEST", &config);
		listfree(&config);
	}
}

static int scan(int argc, char **argv)
{
	static const struct option longopts[] = {
		{ "boards", required_argument, NULL, OPT_BOARDS },
		{ "clock", required_argument, NULL, OPT_CLOCK },
		{ "config", required_argument, NULL, OPT_CONFIG },
		{ "kconfig", required_argument, NULL, OPT_KCONFIG },
		{ "packages", required_argument, NULL, OPT_PACKAGES },
		OPTIONS_END,
	};
	struct found f = { 0 };
	const char *path = NULL;
	struct utsname host;
	int c;

	while ((c = getoption(argc, argv, ":ho:", longopts, usage)) != -1) {
		if (c == 'o')
			path = optarg;
		else
			scanone(c, optarg, &f);
	}
	if (optind < argc)
		dieusage("unknown option '%s'", argv[optind]);
	if (!path)
		dieusage("scan wants -o");
	if (f.bad.len) {
		tell(stderr, "%s", f.bad.data);
		die("what is wrong above keeps the build from starting");
	}
	listsort(&f.kconfig);
	putdigest(&f.out, "KCONFIG_DIGEST", &f.kconfig);
	if (uname(&host) == 0)
		bufprintf(&f.out, "HOST_MACHINE := %s\n", host.machine);
	writeout(path, &f.out);
	listfree(&f.kconfig);
	pairsfree(&f.packages);
	pairsfree(&f.boards);
	return EXIT_OK;
}

/* What to digest, and the files that list it. */
struct task {
	const char *out, *index;
	const char *list, *sources, *tables; /* files with lists of paths; or NULL */
	const char *except; /* a directory that links in sources are not followed into; or NULL */
	const char *seen;   /* names of files for what is seen of sources begin with it; or NULL */
};

/*
 * Read the list in the file at path (NULL: none). Each item ends with end; empty items are ignored.
 */
static void readlist(const char *path, char end, struct strlist *names)
{
	struct buf text = { 0 };
	size_t len;

	if (path && fileread(path, &text) < 0)
		die("cannot read %s:", path);
	for (size_t i = 0; i < text.len; i += len + 1) {
		const char *p = memchr(text.data + i, end, text.len - i);
		char *name;

		len = p ? (size_t)(p - text.data) - i : text.len - i;
		name = xstrndup(text.data + i, len);
		if (*name)
			listadd(names, name);
		free(name);
	}
	buffree(&text);
}

/* Exit with an error if make cannot use the name, which becomes part of a variable's name. */
static void fitname(const char *name)
{
	if (nameunfit(name))
		die("make cannot take the character '%c' in %s, which the configuration names: rename it",
		    nameunfit(name), name);
}

static void unreadable(const char *where)
{
	die("cannot read %s, which the configuration names:", where);
}

static void putlist(const struct task *t, struct index *x, struct buf *out)
{
	struct strlist names = { 0 };
	char hex[DIGESTHEX];
	char *where;

	readlist(t->list, '\n', &names);
	for (size_t i = 0; i < names.len; i++) {
		fitname(names.item[i]);
		if (contentdigest(x, names.item[i], hex, &where) < 0)
			unreadable(where);
		bufprintf(out, "DIGEST_%s := %s\n", names.item[i], hex);
	}
	listfree(&names);
}

static void putsources(const struct task *t, struct index *x, struct buf *out)
{
	struct strlist names = { 0 };
	struct sources s;
	char *where;

	readlist(t->sources, '\n', &names);
	for (size_t i = 0; i < names.len; i++) {
		char *seen = t->seen ? xasprintf("%s.%zu", t->seen, i) : NULL;
		const struct look look = { .except = t->except, .seen = seen };

		fitname(names.item[i]);
		if (sourcesdigest(x, names.item[i], &look, &s, &where) < 0)
			unreadable(where);
		if (seen && *s.configs)
			bufprintf(out, "SEEN_%s := %s\n", names.item[i], seen);
		free(seen);
		bufprintf(out, "SOURCES_%s := %s\n", names.item[i], s.hex);
		if (*s.configs)
			bufprintf(out, "CONFIGS_%s := %s\n", names.item[i], s.configs);
		if (*s.git)
			bufprintf(out, "GIT_STATE_%s := %s\n", names.item[i], s.git);
	}
	listfree(&names);
}

/* Files that tables name may be missing: the program that reads the table has a better message. */
static void puttables(const struct task *t, struct index *x, struct buf *out)
{
	struct digest *all = digestnew();
	struct strlist names = { 0 };
	char hex[DIGESTHEX];
	char *where;

	readlist(t->tables, '\0', &names);
	for (size_t i = 0; i < names.len; i++) {
		if (contentany(x, names.item[i], hex, &where) < 0)
			unreadable(where);
		digestadd(all, names.item[i], strlen(names.item[i]) + 1);
		digestadd(all, hex, DIGESTHEX);
	}
	digestend(all, hex);
	if (names.len)
		bufprintf(out, "TABLES_DIGEST := %s\n", hex);
	listfree(&names);
}

static void taskparse(struct task *t, int argc, char **argv)
{
	enum { EXCEPT = OPTION_FIRST, INDEX, LIST, SEEN, SOURCES, TABLES };
	static const struct option longopts[] = {
		{ "except", required_argument, NULL, EXCEPT },
		{ "index", required_argument, NULL, INDEX },
		{ "list", required_argument, NULL, LIST },
		{ "seen", required_argument, NULL, SEEN },
		{ "sources", required_argument, NULL, SOURCES },
		{ "tables", required_argument, NULL, TABLES },
		OPTIONS_END,
	};
	int c;

	while ((c = getoption(argc, argv, ":ho:", longopts, usage)) != -1) {
		if (c == 'o')
			t->out = optarg;
		else if (c == EXCEPT)
			t->except = optarg;
		else if (c == INDEX)
			t->index = optarg;
		else if (c == LIST)
			t->list = optarg;
		else if (c == SEEN)
			t->seen = optarg;
		else if (c == SOURCES)
			t->sources = optarg;
		else
			t->tables = optarg;
	}
	if (optind < argc)
		dieusage("unknown option '%s'", argv[optind]);
	if (!t->out || !t->index || (!t->list && !t->sources && !t->tables))
		dieusage("digest wants -o, --index and --list, --sources or --tables");
}

static int digest(int argc, char **argv)
{
	struct task t = { 0 };
	struct buf out = { 0 };
	struct index *x;

	taskparse(&t, argc, argv);
	x = indexopen(t.index);
	putlist(&t, x, &out);
	putsources(&t, x, &out);
	puttables(&t, x, &out);
	if (indexclose(x) < 0)
		die("cannot write %s:", t.index);
	writeout(t.out, &out);
	return EXIT_OK;
}

int main(int argc, char **argv)
{
	progname = "inputs";
	getoptionanswer(argc, argv, usage);
	if (argc > 1 && strcmp(argv[1], "scan") == 0)
		return scan(argc - 1, argv + 1);
	if (argc > 1 && strcmp(argv[1], "digest") == 0)
		return digest(argc - 1, argv + 1);
	dieusage("say 'scan' or 'digest'");
}
