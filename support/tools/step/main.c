// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * step: runs the step scripts of one package, those that are stale, and keeps the records
 * that tell whether they are; and says of many packages what would be run, and why.
 * docs/step.md says how.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "job.h"
#include "jobline.h"
#include "pipeline.h"
#include "preview.h"
#include "survey.h"

static const char usage[] =
	"usage: step --name NAME --dir DIR --clock FILE [options] STEP...\n"
	"       step --explain LIST [--bundle FILE] [--only NAME] [--verbose 1]\n"
	"       step --unbuilt LIST [--bundle FILE]\n"
	"       step --missing LIST [--only NAME]\n"
	"\n"
	"Runs DIR/STEP.sh for each STEP (unpack, or configure build install) from the first one\n"
	"that is stale on: whose script, sources or dependencies are not what it last ran with.\n"
	"  --title TEXT        name and version, for the line that each step prints\n"
	"  --src DIR           source tree ($SRC); DIR/src of --source by default\n"
	"  --seen FILE         what 'inputs' saw of it a moment ago ($SEEN): it is not looked at again\n"
	"  --source NAME=DIR   package whose DIR/unpack.sh makes the source tree, when it is needed\n"
	"  --source-title TEXT its name and version\n"
	"  --source-file NAME=PATH  copy PATH to DIR/patches/NAME for it ($FILES/NAME)\n"
	"  --dep NAME=DIR      a package this one depends on, and its directory\n"
	"  --late-dep NAME=DIR the same, but its sysroot part counts, from the build step on\n"
	"  --image-dep NAME=DIR the same for its images part\n"
	"  --part PART         part of their images that counts: sysroot (default), target, images\n"
	"  --file NAME=PATH    copy PATH to DIR/files/NAME ($FILES/NAME)\n"
	"  --env NAME=VALUE    a variable for the scripts; @PATH is made absolute\n"
	"  --packages DIR      the directory of all packages ($PACKAGES), for hints when a step fails\n"
	"  --recipe FILE       what such a hint says to change\n"
	"  --progress DIR      how long steps took is kept there, for the notes of later ones\n"
	"  --lines N           of log that build writes, for its notes the first time\n"
	"  --sandbox WHAT      auto (default): keep scripts to themselves as far as can be; off\n"
	"  --network           leave scripts the network; --writable DIR: and this directory, too\n"
	"  --keep-build        keep the build directory when only the configuration changed\n"
	"  --keep-edited       keep it when only source files changed\n"
	"  --from STEP         do STEP and what follows it, stale or not\n"
	"  --stamp FILE        touch FILE, by the build's clock, when all is done\n"
	"  --clock FILE        the build's clock\n"
	"  --verbose N         -1 nothing, 0 a line a step, 1 output too, 2 reasons too\n"
	"  --store DIR         where built images are kept and taken from (docs/artifacts.md)\n"
	"  --store-limit MIB   its size; --store-url URL, --store-push, --store-down FILE: a\n"
	"                      remote one, whether to send images there, a file that tells it is down\n"
	"  --store-trust FILE  use only what somebody in FILE has signed; --store-sign KEY: sign\n"
	"                      what is sent (docs/shared-cache.md)\n"
	"  --explain LIST      says what would be run of LIST (a line of words as above for each\n"
	"                      package) and why; runs and changes nothing\n"
	"  --unbuilt LIST      names the packages of LIST whose sources would be needed\n"
	"  --missing LIST      names those that have to be built, and that a store keeps; with --only: if\n"
	"                      NAME is one, what it is called in the store, and what it is made of\n"
	"  --bundle FILE       scripts that are about to be written (docs/write-scripts.md)\n"
	"  --help              show this\n"
	"  --version           show the version\n"
	"exit: 0 done, 1 a step failed or could not be run, 2 usage, 128+N ended by signal N\n";

/* What a survey is asked for. */
struct question {
	const char *explain;
	const char *unbuilt;
	const char *missing;
	const char *bundle;
	const char *only;
	int verbose;
};

static int ask(const struct question *q)
{
	struct survey s = { 0 };
	const char *list = q->explain ? q->explain : q->unbuilt ? q->unbuilt : q->missing;
	char *why;
	int ret = EXIT_OK;

	if (surveyread(&s, list, q->bundle, &why) < 0)
		die("%s", why);
	if (q->missing && q->only ? surveywanted(&s, q->only, &why) < 0 : surveymake(&s, &why) < 0)
		die("%s", why);
	if (q->explain)
		ret = preview(&s, q->only, q->verbose);
	else if (q->unbuilt)
		surveyunbuilt(&s);
	else if (!q->only)
		surveymissing(&s);
	surveyfree(&s);
	if (fflush(stdout) != 0)
		die("cannot write to standard output:");
	return ret;
}

/* Whether the command line asks for a survey; then *q is it. */
static bool question(struct question *q, int argc, char **argv)
{
	enum { EXPLAIN = OPTION_FIRST, UNBUILT, MISSING, BUNDLE, ONLY, VERBOSE };
	static const struct option longopts[] = {
		{ "explain", required_argument, NULL, EXPLAIN },
		{ "unbuilt", required_argument, NULL, UNBUILT },
		{ "missing", required_argument, NULL, MISSING },
		{ "bundle", required_argument, NULL, BUNDLE },
		{ "only", required_argument, NULL, ONLY },
		{ "verbose", required_argument, NULL, VERBOSE },
		OPTIONS_END,
	};
	int c;

	*q = (struct question){ 0 };
	if (argc < 3 || (strcmp(argv[1], "--explain") != 0 && strcmp(argv[1], "--unbuilt") != 0 &&
			 strcmp(argv[1], "--missing") != 0))
		return false;
	while ((c = getoption(argc, argv, ":h", longopts, usage)) != -1) {
		if (c == EXPLAIN)
			q->explain = optarg;
		else if (c == UNBUILT)
			q->unbuilt = optarg;
		else if (c == MISSING)
			q->missing = optarg;
		else if (c == BUNDLE)
			q->bundle = optarg;
		else if (c == ONLY)
			q->only = optarg;
		else
			q->verbose = (int)numberoption("--verbose", optarg, 0, VERBOSE_MAX);
	}
	if (optind < argc)
		dieusage("unknown option '%s'", argv[optind]);
	return true;
}

int main(int argc, char **argv)
{
	static struct job j;
	struct question q;
	char *why;

	progname = "step";
	getoptionanswer(argc, argv, usage);
	if (question(&q, argc, argv))
		return ask(&q);
	if (joblineparse(&j, argv + 1, (size_t)(argc - 1), &why) < 0)
		dieusage("%s", why);
	return pipelinerun(&j);
}
