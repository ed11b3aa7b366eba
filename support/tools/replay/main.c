// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * replay: runs kbuild; or, if only sources changed that kbuild's own records name, just the
 * commands in these records that concern them. docs/replay.md says how it decides.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/affix.h"
#include "base/getoption.h"
#include "base/msg.h"
#include "decide.h"
#include "fs/seen.h"
#include "quicklink.h"
#include "run.h"

extern char **environ;

static const char usage[] =
	"usage: replay --src DIR --build DIR --versions 'SERIES ...' [--explain] -- COMMAND...\n"
	"\n"
	"Runs COMMAND, which builds the Linux kernel of the sources in --src in the directory --build,\n"
	"and records how. Or, when only C, assembler and header files changed since it last did, runs\n"
	"the commands of that build that concern these, and its last makes. The result is the same.\n"
	"  --versions WORDS  series of Linux releases that this is proven with, as '6.1 6.12'\n"
	"  --off             run COMMAND only; forget what was recorded\n"
	"  --explain         say which way it would go, and why; run nothing; needs no COMMAND\n"
	"  --help            show this\n"
	"  --version         show the version\n"
	"exit: the status of COMMAND, or of the make that ran in its place; 1 replay failed, 2 usage\n";

/* Variables that differ from one run to the next and decide nothing. */
static bool passing(const char *variable)
{
	static const char *const names[] = { "MAKEFLAGS=", "MFLAGS=", "MAKELEVEL=", "JOBS=",
					     "PWD=",	   "OLDPWD=", "SHLVL=",	    "_=" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (startswith(variable, names[i]))
			return true;
	}
	return false;
}

/* Whether a word of the command is no goal: what is made of the same goals may be another. */
static bool isoption(const char *word)
{
	return strchr(word, '=') || (startswith(word, "-") && !startswith(word, "-j"));
}

static void digests(struct work *w)
{
	struct digest *goals = digestnew(), *env = digestnew();
	struct strlist sorted = { 0 };

	for (char **a = w->command; *a; a++) {
		digestadd(goals, *a, strlen(*a) + 1);
		if (isoption(*a))
			digestadd(env, *a, strlen(*a) + 1);
	}
	for (char **e = environ; *e; e++) {
		if (!passing(*e))
			listadd(&sorted, *e);
	}
	listsort(&sorted);
	for (size_t i = 0; i < sorted.len; i++)
		digestadd(env, sorted.item[i], strlen(sorted.item[i]) + 1);
	digestend(goals, w->goals);
	digestend(env, w->env);
	listfree(&sorted);
}

static char *real(const char *option, const char *path)
{
	char *ret = path ? realpath(path, NULL) : NULL;

	if (!path)
		dieusage("expected %s DIR", option);
	if (!ret)
		die("%s:", path);
	return ret;
}

static int explain(struct known *k)
{
	struct plan p = { 0 };

	decide(k, &p, false);
	if (p.reason)
		printf("by kbuild, because %s\n", p.reason);
	else
		printf("by replay: %zu file%s to compile\n", p.compile.len + p.offsets.len,
		       p.compile.len + p.offsets.len == 1 ? "" : "s");
	planfree(&p);
	return EXIT_OK;
}

static int build(struct known *k)
{
	struct plan p = { 0 };
	int status = -1;

	decide(k, &p, true);
	if (p.same) {
		tell(stdout, "  REPLAY  nothing to do\n");
		status = EXIT_OK;
	} else if (!p.reason) {
		tell(stdout, "  REPLAY  %zu to compile, %zu archives\n",
		     p.compile.len + p.offsets.len, p.archives.len);
		status = runplan(k, &p);
	}
	if (status < 0) {
		tell(stdout, "  KBUILD  because %s\n", p.reason);
		status = runkbuild(k, p.newgoals);
	}
	planfree(&p);
	return status;
}

int main(int argc, char **argv)
{
	enum { SRC = OPTION_FIRST, BUILD, VERSIONS, OFF, EXPLAIN };
	static const struct option longopts[] = {
		{ "src", required_argument, NULL, SRC },
		{ "build", required_argument, NULL, BUILD },
		{ "versions", required_argument, NULL, VERSIONS },
		{ "off", no_argument, NULL, OFF },
		{ "explain", no_argument, NULL, EXPLAIN },
		OPTIONS_END,
	};
	const char *src = NULL, *where = NULL;
	bool off = false, asked = false;
	struct work w = { 0 };
	struct known k = { .work = &w, .versions = "" };
	char *bad = NULL, *seen;
	int c, status;

	if (quicklinkcalled(argv[0]))
		quicklinkrun(argv);
	progname = "replay";
	while ((c = getoption(argc, argv, "+:h", longopts, usage)) != -1) {
		if (c == SRC)
			src = optarg;
		else if (c == BUILD)
			where = optarg;
		else if (c == VERSIONS)
			k.versions = optarg;
		else if (c == OFF)
			off = true;
		else
			asked = true;
	}
	w.src = real("--src", src);
	w.build = real("--build", where);
	w.command = argv + optind;
	/* not for the build */
	seen = getenv("SEEN") ? xstrdup(getenv("SEEN")) : NULL;
	unsetenv("SEEN");
	if (!*w.command && !asked)
		dieusage("expected a COMMAND");
	digests(&w);
	if (!off && (!seen || seenread(seen, w.src, &k.source, &w.begun) < 0)) {
		clock_gettime(CLOCK_REALTIME_COARSE, &w.begun);
		if (snapshottree(&k.source, w.src, ".git", &bad) < 0)
			die("cannot read %s:", bad);
	}
	clock_gettime(CLOCK_MONOTONIC, &w.looked);
	status = off ? runplain(&w) : asked ? explain(&k) : build(&k);
	knownfree(&k);
	free(seen);
	free(w.src);
	free(w.build);
	return status;
}
