// SPDX-License-Identifier: GPL-2.0-or-later
/* bootchart: shows where the time of a boot went. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "bootdiff.h"
#include "bootjson.h"
#include "bootlog.h"
#include "bootsvg.h"
#include "boottable.h"
#include "fs/file.h"

static const char usage[] =
	"usage: bootchart [OPTION]... [LOG]\n"
	"       bootchart --compare A B\n"
	"Read the log of a kernel that booted with initcall_debug, from standard input without LOG.\n"
	"Print how long the phases of the boot and the ten slowest events took, and what failed.\n"
	"  --svg FILE      draw a chart\n"
	"  --json FILE     write a record, to be compared with others\n"
	"  --vmlinux FILE  the kernel: for the levels of initcalls, and for functions without a name\n"
	"  --compare       A and B are records: print what is slower, faster, new and gone in B\n"
	"  --help          show this\n"
	"  --version       show the version\n"
	"\n"
	"Exit status: 0 done; 1 failed, such as a log without initcalls; 2 usage.\n";

struct options {
	const char *svg, *json, *vmlinux;
	const char *log; /* NULL: standard input */
	bool compare;
};

enum {
	OPT_SVG = OPTION_FIRST,
	OPT_JSON,
	OPT_VMLINUX,
	OPT_COMPARE,
};

static void optionsread(struct options *o, int argc, char **argv)
{
	static const struct option longopts[] = {
		{ "svg", required_argument, NULL, OPT_SVG },
		{ "json", required_argument, NULL, OPT_JSON },
		{ "vmlinux", required_argument, NULL, OPT_VMLINUX },
		{ "compare", no_argument, NULL, OPT_COMPARE },
		OPTIONS_END,
	};
	int c;

	while ((c = getoption(argc, argv, ":h", longopts, usage)) != -1) {
		if (c == OPT_SVG)
			o->svg = optarg;
		else if (c == OPT_JSON)
			o->json = optarg;
		else if (c == OPT_VMLINUX)
			o->vmlinux = optarg;
		else
			o->compare = true;
	}
	if (o->compare && argc - optind != 2)
		dieusage("--compare: two records are expected, A and B");
	if (o->compare && (o->svg || o->json || o->vmlinux))
		dieusage("--compare takes no other option");
	if (!o->compare && argc - optind > 1)
		dieusage("one LOG is expected, or none for standard input");
	o->log = argv[optind];
}

static void recordread(struct boot *b, const char *path)
{
	struct buf text = { 0 };
	const char *why;

	if (fileread(path, &text) < 0)
		die("cannot read %s:", path);
	why = bootjsonread(b, bufstr(&text));
	if (why)
		die("%s: %s", path, why);
	buffree(&text);
}

static void recordscompare(const char *first, const char *second)
{
	struct boot a = { 0 }, b = { 0 };
	char *summary;

	recordread(&a, first);
	recordread(&b, second);
	summary = bootsummary(&a);
	tell(stdout, "A: %s: %s\n", first, summary);
	free(summary);
	summary = bootsummary(&b);
	tell(stdout, "B: %s: %s\n", second, summary);
	free(summary);
	bootdiffprint(&a, &b);
	bootfree(&a);
	bootfree(&b);
}

static size_t initcallsof(const struct boot *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->events; i++)
		n += b->event[i].kind == BOOT_INITCALL;
	return n;
}

/* Whether the boot's initcalls, less those of modules, are mostly in vmlinux. */
static bool levelsfit(const struct boot *b, const struct initlevels *levels)
{
	size_t known = 0, all = 0;

	for (size_t i = 0; i < b->events; i++) {
		if (b->event[i].kind != BOOT_INITCALL || b->event[i].thread > 1)
			continue;
		all++;
		known += initlevelsfind(levels, b->event[i].name) != NULL;
	}
	return 2 * known >= all;
}

/* Read the boot, and say what is odd in the log. */
static void bootread(const struct options *o, struct boot *b, const struct initlevels *levels)
{
	const char *name = o->log ? o->log : "standard input";
	struct buf text = { 0 };
	struct klog log = { 0 };
	struct bootlogfound found;

	if (fileread(o->log ? o->log : "/dev/stdin", &text) < 0)
		die("%s: cannot read the log:", name);
	klogadd(&log, text.data, text.len);
	bootlogread(b, &log, levels, &found);
	if (!initcallsof(b) && found.untimed)
		die("%s: its lines have no times: boot with printk.time=1", name);
	if (!initcallsof(b))
		die("%s: there is no initcall in it: boot with initcall_debug printk.time=1, and take the "
		    "log by dmesg, or from a console with ignore_loglevel",
		    name);
	if (levels && !levelsfit(b, levels)) {
		warn("%s: the log is of another kernel, so the levels of initcalls are not known",
		     o->vmlinux);
		bootlogread(b, &log, NULL, &found);
	}
	if (!found.boots)
		warn("%s: the beginning of the boot is not in it: a larger log_buf_len= keeps more",
		     name);
	if (found.boots > 1)
		warn("%s: there are %zu boots in it, of which this is the last", name, found.boots);
	klogfree(&log);
	buffree(&text);
}

static void logchart(const struct options *o)
{
	struct initlevels *levels = NULL;
	struct boot b = { 0 };
	const char *why;

	if (o->vmlinux) {
		levels = initlevelsread(o->vmlinux, &why);
		if (!levels)
			warn("%s: the levels of initcalls are not known: %s", o->vmlinux, why);
	}
	bootread(o, &b, levels);
	if (o->json && bootjsonwrite(&b, o->json) < 0)
		die("%s: cannot write the record:", o->json);
	if (o->svg && bootsvgwrite(&b, o->svg) < 0)
		die("%s: cannot write the chart%s:", o->svg,
		    errno == ELIBACC ? " (is libxml2 there?)" : "");
	boottableprint(&b);
	bootfree(&b);
	initlevelsfree(levels);
}

int main(int argc, char **argv)
{
	struct options o = { 0 };

	progname = "bootchart";
	optionsread(&o, argc, argv);
	if (o.compare)
		recordscompare(argv[optind], argv[optind + 1]);
	else
		logchart(&o);
	if (fflush(stdout) == EOF)
		die("cannot write to standard output:");
	return EXIT_OK;
}
