// SPDX-License-Identifier: GPL-2.0-or-later
/* decode: shows where in the sources the traces of a kernel's log are. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "fs/file.h"
#include "oops/annotate.h"
#include "oops/covered.h"

static const char usage[] =
	"usage: decode [OPTION]... [LOG]\n"
	"Print each trace in the kernel's log, of standard input without LOG, with function, file\n"
	"and line, inlined functions and the line of the source.\n"
	"  --vmlinux FILE   the kernel of the log, with its symbols (vmlinux)\n"
	"  --modules PATH   a module's file, or a directory to look for them in and below; repeatable\n"
	"  --source DIR     the kernel's sources (where the build had them)\n"
	"  --map FROM=TO    what the build had in directory FROM is in TO now; repeatable\n"
	"  --titles         print only what each report is called; needs no vmlinux\n"
	"  --covered        the log is a trace of kcov-run: print the functions and lines that ran\n"
	"  --only PATTERN   with --covered: only files of these names; repeatable\n"
	"  --help           show this\n"
	"  --version        show the version\n"
	"\n"
	"Exit status: 0 done, also if there is no trace; 1 failed, or the log is of another kernel;\n"
	"2 usage.\n";

struct options {
	const char *vmlinux, *log;
	const char *tree;
	struct strlist modules, maps, only;
	bool titles, covered;
};

enum {
	OPT_VMLINUX = OPTION_FIRST,
	OPT_MODULES,
	OPT_SOURCE,
	OPT_MAP,
	OPT_TITLES,
	OPT_COVERED,
	OPT_ONLY,
};

static void optionsread(struct options *o, int argc, char **argv)
{
	static const struct option longopts[] = {
		{ "vmlinux", required_argument, NULL, OPT_VMLINUX },
		{ "modules", required_argument, NULL, OPT_MODULES },
		{ "source", required_argument, NULL, OPT_SOURCE },
		{ "map", required_argument, NULL, OPT_MAP },
		{ "titles", no_argument, NULL, OPT_TITLES },
		{ "covered", no_argument, NULL, OPT_COVERED },
		{ "only", required_argument, NULL, OPT_ONLY },
		OPTIONS_END,
	};
	int c;

	o->vmlinux = "vmlinux";
	while ((c = getoption(argc, argv, ":h", longopts, usage)) != -1) {
		if (c == OPT_VMLINUX)
			o->vmlinux = optarg;
		else if (c == OPT_MODULES)
			listadd(&o->modules, optarg);
		else if (c == OPT_SOURCE)
			o->tree = optarg;
		else if (c == OPT_TITLES)
			o->titles = true;
		else if (c == OPT_COVERED)
			o->covered = true;
		else if (c == OPT_ONLY)
			listadd(&o->only, optarg);
		else if (!strchr(optarg, '='))
			dieusage("--map %s: FROM=TO is expected", optarg);
		else
			listadd(&o->maps, optarg);
	}
	if (argc - optind > 1)
		dieusage("one LOG is expected, or none for standard input");
	o->log = argv[optind];
}

static void logread(const char *path, struct klog *log)
{
	struct buf text = { 0 };

	if (fileread(path ? path : "/dev/stdin", &text) < 0)
		die("%s: cannot read the log:", path ? path : "standard input");
	klogadd(log, text.data, text.len);
	buffree(&text);
}

static void textprint(struct buf *out)
{
	if (writeall(STDOUT_FILENO, out->data, out->len) < 0)
		die("cannot write to standard output:");
	buffree(out);
}

/* Say what is missing, and how to get it. */
static void notesprint(const struct options *o, const struct annotated *found, bool lines)
{
	if (!found->traces)
		warn("there is no trace in the log");
	else if (!lines)
		warn("%s has no debug information, so only the names of functions are known: build "
		     "the kernel with CONFIG_DEBUG_INFO_DWARF_TOOLCHAIN_DEFAULT",
		     o->vmlinux);
	for (size_t i = 0; i < found->modules.len; i++)
		warn("module %s: there is no %s.ko in the places of --modules",
		     found->modules.item[i], found->modules.item[i]);
	for (size_t i = 0; i < found->changed.len; i++)
		warn("module %s: its file is of another build than the one in the log",
		     found->changed.item[i]);
	if (found->sources.len)
		warn("%s: there is no such source file, or line: name the kernel's tree by --source",
		     found->sources.item[0]);
}

/* Open the kernel that the log is of. */
static struct symbols *kernelopen(const struct options *o, const struct klog *log)
{
	char *why, *other;
	struct symbols *s = symbolsopen(o->vmlinux, &o->modules, &why);

	if (!s)
		die("%s: cannot read it as the kernel: %s", o->vmlinux, why);
	other = annotatediffers(log, s);
	if (other)
		die("the log is of another kernel than %s, which is \"%s\": the log says \"%s\"; "
		    "--vmlinux (VMLINUX= of make) names another",
		    o->vmlinux, symbolsbanner(s), other);
	return s;
}

/* Print what a trace of kcov-run covers: lines that begin with an address. */
static int covereddecode(const struct options *o, const struct klog *log)
{
	struct covered c = { .symbols = kernelopen(o, log), .only = &o->only };
	struct coverednumbers n;
	struct buf out = { 0 };
	size_t places = 0;

	for (size_t i = 0; i < log->len; i++) {
		const char *text = log->item[i].text;

		if (strncmp(text, "0x", 2) != 0)
			continue;
		coveredadd(&c, strtoull(text, NULL, 16));
		places++;
	}
	n = coveredput(&c, &out);
	textprint(&out);
	if (!places)
		warn("there is no address in the trace");
	else if (!symbolslines(c.symbols))
		warn("%s has no debug information, so only the names of functions are known: build "
		     "the kernel with CONFIG_DEBUG_INFO_DWARF_TOOLCHAIN_DEFAULT",
		     o->vmlinux);
	warn("%zu lines of %zu functions in %zu files", n.lines, n.functions, n.files);
	if (c.unknown)
		warn("%zu of %zu places are not in %s: in modules, for instance", c.unknown, places,
		     o->vmlinux);
	symbolsclose(c.symbols);
	coveredfree(&c);
	return EXIT_OK;
}

static int logdecode(const struct options *o, const struct klog *log)
{
	struct annotate with = { .tree = o->tree, .maps = &o->maps };
	struct annotated found = { 0 };
	struct buf out = { 0 };
	int status = EXIT_OK;

	with.symbols = kernelopen(o, log);
	annotate(&with, log, 0, &out, &found);
	textprint(&out);
	notesprint(o, &found, symbolslines(with.symbols));
	if (2 * found.other > found.places) {
		warn("%zu of %zu places are in no function of %s, or in one of another size: the log is of "
		     "another kernel; --vmlinux (VMLINUX= of make) names another",
		     found.other, found.places, o->vmlinux);
		status = EXIT_FAILED;
	} else if (found.other) {
		warn("%zu of %zu places are in no function of %s, or in one of another size: is the log of "
		     "another build?",
		     found.other, found.places, o->vmlinux);
	}
	annotatedfree(&found);
	symbolsclose(with.symbols);
	return status;
}

int main(int argc, char **argv)
{
	struct options o = { 0 };
	struct klog log = { 0 };
	struct buf titles = { 0 };
	int status = EXIT_OK;

	progname = "decode";
	optionsread(&o, argc, argv);
	logread(o.log, &log);
	if (o.titles) {
		annotatetitles(&log, &titles);
		textprint(&titles);
	} else if (o.covered) {
		status = covereddecode(&o, &log);
	} else {
		status = logdecode(&o, &log);
	}
	klogfree(&log);
	listfree(&o.modules);
	listfree(&o.maps);
	listfree(&o.only);
	return status;
}
