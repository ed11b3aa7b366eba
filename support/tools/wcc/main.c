// SPDX-License-Identifier: GPL-2.0-or-later
/* wcc: use the build machine's gcc as a C compiler for the target. See docs/wcc.md. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "gcccommand.h"
#include "probe.h"
#include "query.h"

static const char usage[] =
	"usage: wcc [--wcc-show] GCC-ARGUMENT...\n"
	"\n"
	"Compile and link with gcc for the target: against $SYSROOT alone, musl's way,\n"
	"with no path of this machine in the output.\n"
	"\n"
	"  --help         show this and exit; alone only, other uses go to gcc\n"
	"  --wcc-version  show the version of wcc; alone only (--version goes to gcc)\n"
	"  --wcc-show     print the command and its specs, run nothing; first only\n"
	"\n"
	"environment:\n"
	"  SYSROOT      the target's usr/include and usr/lib; needed but in kernel mode\n"
	"  SRC BUILD FILES IMAGE SYSROOT HOST\n"
	"               places the package may use; /src, /build ... in what it makes;\n"
	"               WCC_SRC and so on, where they are set, go before these\n"
	"  WCC_NAME     the package, for /src/NAME and /build/NAME instead\n"
	"  WCC_GCC      the compiler (gcc)\n"
	"  WCC_LINK     static or dynamic: how programs are linked (static)\n"
	"  WCC_TRIPLET  what -dumpmachine answers (gcc's, with musl for gnu)\n"
	"  WCC_LOADER   the dynamic loader, a file in /lib (gcc's choice)\n"
	"  WCC_LIBGCC   the libgcc.a for a gcc that has none for musl (gcc's own)\n"
	"  WCC_FLAGS    options for every compilation and link, before others\n"
	"  WCC_MODE     target, or kernel: only map paths (target)\n"
	"  WCC_PROBES   in kernel mode, a directory to keep the outcome of probes in\n"
	"  WCC_COMPILER text that tells this compiler from another one, for WCC_PROBES\n"
	"  WCC_SHOW     if set, as --wcc-show\n"
	"\n"
	"exit codes: gcc's; 1 if an argument is refused, 2 if the environment is wrong\n";

/* Answer a query about the target. Returns the exit code. */
static int answer(const struct command *c, const struct settings *s, const char *question)
{
	struct buf gccsays = { 0 }, out = { 0 };
	int r = commandread(c->argv.item, STDOUT_FILENO, &gccsays);

	if (r < 0)
		die("cannot read what %s says:", s->gcc);
	if (r == NOTFOUND)
		die("cannot run %s: install it or set WCC_GCC", s->gcc);
	if (r == 0)
		queryanswer(question, bufstr(&gccsays), s, &out);
	fputs(bufstr(&out), stdout);
	buffree(&gccsays);
	buffree(&out);
	if (fflush(stdout))
		die("cannot write the answer:");
	return r;
}

static int show(const struct command *c)
{
	struct buf out = { 0 };

	commandshow(c, &out);
	fputs(bufstr(&out), stdout);
	buffree(&out);
	if (fflush(stdout))
		die("cannot write the command:");
	return EXIT_OK;
}

/* Execute gcc. Returns only if that fails. */
static int become(const struct command *c)
{
	execvp(c->argv.item[0], c->argv.item);
	warn("cannot run %s: install it or set WCC_GCC:", c->argv.item[0]);
	return EXIT_FAILED;
}

/* Run the command, or use the probe cache. Returns the exit code. */
static int run(const struct command *c, const struct settings *s)
{
	const char *output;
	int r = -1;

	if (s->kernel && s->probes && probeis(&c->argv, &output))
		r = proberun(&c->argv, output, s->probes, s->compiler);
	return r < 0 ? become(c) : r;
}

int main(int argc, char **argv)
{
	struct settings settings;
	struct command command = { 0 };
	char *why = NULL;
	const char *question;
	int r;

	progname = "wcc";
	if (argc == 2 && !strcmp(argv[1], "--help")) {
		fputs(usage, stdout);
		return EXIT_OK;
	}
	if (argc == 2 && !strcmp(argv[1], "--wcc-version"))
		versionshow();
	if (settingsread(&settings, &why) < 0)
		dieusage("%s", why);
	if (argc > 1 && !strcmp(argv[1], "--wcc-show")) {
		settings.show = true;
		argv++;
		argc--;
	}
	environmentclean();
	if (commandmake(&command, &settings, argc, argv, &why) < 0)
		die("%s", why);
	question = settings.kernel ? NULL : queryfind(&command.argv);
	if (settings.show)
		r = show(&command);
	else if (question)
		r = answer(&command, &settings, question);
	else
		r = run(&command, &settings);
	gcccommandfree(&command);
	settingsfree(&settings);
	return r;
}
