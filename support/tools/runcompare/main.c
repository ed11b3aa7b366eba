// SPDX-License-Identifier: GPL-2.0-or-later
/* runcompare: tell whether the guests of one set of runs are faster than those of another. */
#include <stdio.h>
#include <stdlib.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "fs/file.h"
#include "runset.h"

static const char usage[] =
	"usage: runcompare A B\n"
	"Compare the times of two sets of runs. A and B are records of 'runqemu --repeat N --json\n"
	"FILE'. For the boot, the command and both together, print the medians, the difference of\n"
	"B from A, and the interval that the difference is in with 95 % confidence.\n"
	"\n"
	"  --help             show this\n"
	"  --version          show the version\n"
	"\n"
	"exit status: 0 compared, 1 a record cannot be used, 2 usage\n";

static void setread(struct runset *s, const char *path)
{
	struct buf text = { 0 };
	const char *why;

	if (fileread(path, &text) < 0)
		die("cannot read %s:", path);
	why = runsetparse(s, bufstr(&text));
	if (why)
		die("%s: %s", path, why);
	buffree(&text);
}

static void settell(const char *name, const char *path, const struct runset *s)
{
	tell(stdout, "%s: %s, %u run%s", name, path, s->runs, s->runs == 1 ? "" : "s");
	if (s->failed)
		printf(", of which %u failed and do not count", s->failed);
	putchar('\n');
}

/* What a difference means, in words. */
static const char *meaning(const struct shift *d)
{
	if (!d->known)
		return "too few runs to tell";
	if (d->low > 0)
		return "B is slower";
	if (d->high < 0)
		return "B is faster";
	return "no difference can be told";
}

static void timecompare(const char *name, const struct samples *a, const struct samples *b)
{
	double before = samplesmedian(a), after = samplesmedian(b);
	struct shift d;

	if (!a->len || !b->len)
		return;
	shiftfind(&d, a, b);
	printf("%-8s %9.1f %9.1f %+9.1f", name, before, after, d.estimate);
	if (before > 0)
		printf(" %+7.1f %%", 100 * d.estimate / before);
	else
		printf(" %9s", "");
	if (d.known)
		printf("  %+9.1f to %+9.1f", d.low, d.high);
	else
		printf("  %22s", "");
	printf("  %s\n", meaning(&d));
}

int main(int argc, char **argv)
{
	static const struct option longopts[] = { OPTIONS_END };
	static const char *const names[] = { "boot", "command", "total" };
	struct runset a = { 0 }, b = { 0 };

	progname = "runcompare";
	while (getoption(argc, argv, ":h", longopts, usage) != -1)
		;
	if (argc - optind != 2)
		dieusage("two records are expected, A and B");
	setread(&a, argv[optind]);
	setread(&b, argv[optind + 1]);
	settell("A", argv[optind], &a);
	settell("B", argv[optind + 1], &b);
	printf("\n%-8s %9s %9s %9s %9s  %22s\n", "ms", "A", "B", "B - A", "", "95 % confidence");
	for (int i = 0; i < RUN_TIMES; i++)
		timecompare(names[i], &a.times[i], &b.times[i]);
	runsetfree(&a);
	runsetfree(&b);
	if (fflush(stdout) == EOF)
		die("cannot write to standard output:");
	return EXIT_OK;
}
