// SPDX-License-Identifier: GPL-2.0-or-later
/* matrix: run the rows of a table, here or on other machines, and print what came of them. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "base/visible.h"
#include "live.h"
#include "page.h"
#include "rowtable.h"
#include "runrows.h"
#include "summary.h"

static const char usage[] =
	"usage: matrix [OPTION]... TABLE COMMAND [ARGUMENT]...\n"
	"Run the rows of a table, and print what came of them. Each line of TABLE is a row: DIR, BOARD,\n"
	"KERNEL, CONFIGURATION, TEST and LACKING, separated by tabs. For each row run COMMAND with DIR as\n"
	"its last argument. It leaves a record in DIR/record, its output is in DIR/row.log. A row that has\n"
	"a record already, or a reason in LACKING, is not run.\n"
	"\n"
	"  --slots N          run so many rows at once (1)\n"
	"  --memory MIB       begin a further row only while so much memory is free\n"
	"  --host NAME[:N]    run N (1) rows at once with NAME as one more argument; may be repeated.\n"
	"                     COMMAND ends with 75 if that host is away: then others do its rows\n"
	"  --summary BASE     write BASE.txt, BASE.json, BASE.xml (JUnit) and BASE.html\n"
	"  --unfinished FILE  remove this file when no row is missing\n"
	"  --steer SHELL      run this line of shell, with the number of rows that may run at once as $1,\n"
	"                     at the beginning and as rows end. It writes TABLE anew: rows that are not in it\n"
	"                     any more are ended. If it fails, all ends. No table is printed\n"
	"  --name NAME        what messages begin with (matrix)\n"
	"  --help             show this\n"
	"  --version          show the version\n"
	"\n"
	"exit status: 0 all rows are ok, or SHELL wants no more, 1 one failed, or SHELL, 2 usage, 128+N ended by signal N\n";

struct asked {
	unsigned long slots, memory;
	const char *summary, *unfinished, *steer;
	struct lanes lanes;
};

enum {
	SLOTS = OPTION_FIRST,
	MEMORY,
	HOST,
	SUMMARY,
	UNFINISHED,
	STEER,
	NAME,
};

static void optionsread(struct asked *a, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "slots", required_argument, NULL, SLOTS },
		{ "memory", required_argument, NULL, MEMORY },
		{ "host", required_argument, NULL, HOST },
		{ "summary", required_argument, NULL, SUMMARY },
		{ "unfinished", required_argument, NULL, UNFINISHED },
		{ "steer", required_argument, NULL, STEER },
		{ "name", required_argument, NULL, NAME },
		OPTIONS_END,
	};
	int c;

	while ((c = getoption(argc, argv, "+:h", longs, usage)) != -1) {
		switch (c) {
		case SLOTS:
			a->slots = (unsigned long)numberoption("--slots", optarg, 1, 1024);
			break;
		case MEMORY:
			a->memory = (unsigned long)numberoption("--memory", optarg, 0, 1 << 30);
			break;
		case HOST:
			if (!laneshost(&a->lanes, optarg))
				dieusage("--host %s: NAME or NAME:SLOTS is expected", optarg);
			break;
		case SUMMARY:
			a->summary = optarg;
			break;
		case UNFINISHED:
			a->unfinished = optarg;
			break;
		case STEER:
			a->steer = optarg;
			break;
		case NAME:
			progname = optarg;
			break;
		}
	}
	if (argc - optind < 2)
		dieusage("a table and a command are expected");
}

static void summarywrite(const struct rows *all, const char *base)
{
	static const struct {
		const char *end;
		int (*write)(const struct rows *all, const char *path);
	} forms[] = {
		{ "txt", summarytext },
		{ "json", summaryjson },
		{ "xml", summaryjunit },
		{ "html", pagewrite },
	};

	for (size_t i = 0; base && i < sizeof(forms) / sizeof(*forms); i++) {
		char *path = xasprintf("%s.%s", base, forms[i].end);

		if (forms[i].write(all, path) < 0)
			warn("cannot write %s:", path);
		free(path);
	}
}

static void tableshow(const struct rows *all)
{
	struct buf text = { 0 };

	tablewrite(&text, all);
	tell(stdout, "%s", bufstr(&text));
	buffree(&text);
}

/* End as by this signal, for whoever waits for us. */
static void interrupted(int signal, const struct asked *a)
{
	/* whoever steers knows what continues */
	if (!a->steer)
		warn("interrupted; the same command continues");
	exit(128 + signal);
}

int main(int argc, char **argv)
{
	struct asked a = { .slots = 1 };
	struct rows rows = { 0 };
	struct run r = { .rows = &rows };
	char *why;
	int stop;

	progname = "matrix";
	optionsread(&a, argc, argv);
	if (!a.steer && rowsread(&rows, argv[optind], &why) < 0)
		die("%s", why);
	if (!a.lanes.len)
		lanesadd(&a.lanes, NULL, (unsigned)a.slots);
	r.lanes = &a.lanes;
	r.command = argv + optind + 1;
	r.memory = a.memory;
	r.steer = a.steer;
	r.table = argv[optind];
	r.live = liveable();
	stop = runrows(&r);
	if (stop < 0)
		die("cannot wait for rows:");
	if (stop)
		interrupted(stop, &a);
	if (!a.steer)
		tableshow(&rows);
	summarywrite(&rows, a.summary);
	if (a.unfinished)
		unlink(a.unfinished);
	stop = (a.steer ? r.steered : (int)tallyof(&rows).failed) ? EXIT_FAILED : EXIT_OK;
	rowsfree(&rows);
	lanesfree(&a.lanes);
	return fflush(stdout) == EOF ? EXIT_FAILED : stop;
}
