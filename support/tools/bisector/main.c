// SPDX-License-Identifier: GPL-2.0-or-later
/* bisector: choose the commits to test at the same time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/getoption.h"
#include "base/msg.h"
#include "choose.h"
#include "fs/file.h"

static const char usage[] =
	"usage: git rev-list --topo-order --parents BAD --not GOOD... | bisector [OPTION]...\n"
	"Print the commits to test at the same time, so that the least is left whatever comes of it.\n"
	"\n"
	"  --count N          choose N commits (1), or less if there are less\n"
	"  --running COMMIT   this one is being tested; choose others beside it; may be repeated\n"
	"  --skipped COMMIT   this one cannot be tested; may be repeated\n"
	"  --help             show this\n"
	"  --version          show the version\n"
	"\n"
	"Exit status: 0 printed, 1 none is left to test, 2 usage.\n";

enum {
	COUNT = OPTION_FIRST,
	RUNNING,
	SKIPPED,
};

struct asked {
	size_t count;
	struct strlist running, skipped;
};

static void optionsread(struct asked *a, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "count", required_argument, NULL, COUNT },
		{ "running", required_argument, NULL, RUNNING },
		{ "skipped", required_argument, NULL, SKIPPED },
		OPTIONS_END,
	};
	int c;

	while ((c = getoption(argc, argv, ":h", longs, usage)) != -1) {
		switch (c) {
		case COUNT:
			a->count = (size_t)numberoption("--count", optarg, 1, 1024);
			break;
		case RUNNING:
			listadd(&a->running, optarg);
			break;
		case SKIPPED:
			listadd(&a->skipped, optarg);
			break;
		}
	}
	if (optind < argc)
		dieusage("unexpected argument %s", argv[optind]);
}

/* Commits that are not among these any more do not matter. */
static void note(const struct graph *g, uint8_t *known, const struct strlist *names,
		 enum known what)
{
	for (size_t n = 0; n < names->len; n++)
		for (size_t i = 0; i < g->len; i++)
			if (strcmp(g->name[i], names->item[n]) == 0)
				known[i] = (uint8_t)what;
}

int main(int argc, char **argv)
{
	struct asked a = { .count = 1 };
	struct graph g = { 0 };
	struct buf text = { 0 };
	uint32_t *chosen;
	uint8_t *known;
	char *why;
	size_t n;

	progname = "bisector";
	optionsread(&a, argc, argv);
	if (fileread("/dev/stdin", &text) < 0)
		die("cannot read standard input:");
	bufputs(&text, "");
	if (graphread(&g, text.data, &why) < 0)
		die("standard input, %s", why);
	known = xcalloc(g.len + 1, 1);
	chosen = xcalloc(a.count, sizeof(*chosen));
	note(&g, known, &a.running, KNOWN_RUNNING);
	note(&g, known, &a.skipped, KNOWN_SKIPPED);
	n = choose(&g, known, a.count, chosen);
	for (size_t i = 0; i < n; i++)
		puts(g.name[chosen[i]]);
	if (fflush(stdout) != 0)
		die("cannot write to standard output:");
	free(chosen);
	free(known);
	graphfree(&g);
	listfree(&a.running);
	listfree(&a.skipped);
	buffree(&text);
	return n ? EXIT_OK : EXIT_FAILED;
}
