// SPDX-License-Identifier: GPL-2.0-or-later
/* launch: puts ccache, distcc or icecc behind a compiler's name. See docs/launch.md. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "base/number.h"
#include "begin.h"
#include "compile.h"
#include "launchreport.h"

static const char usage[] =
	"usage: launch begin OPTION... TOOLS\n"
	"       launch compile OPTION... -- ARGUMENT...\n"
	"       launch end OPTION...\n"
	"\n"
	"begin makes DIR/bin: links to the programs in directory TOOLS, and a script with the\n"
	"compiler's name, which calls compile. compile does what the compiler would do, by way\n"
	"of the launcher where that can do it. end prints what was compiled where.\n"
	"  --by NAME         ccache, distcc or icecc\n"
	"  --program PATH    the launcher\n"
	"  --cc PATH         the compiler\n"
	"  --dir DIR         where the records of this build are\n"
	"  --server SERVER   distcc: HOST, HOST:PORT or HOST/JOBS; one option for each\n"
	"  --scheduler HOST[:PORT]  icecc: who knows the servers\n"
	"  --store DIR       ccache: what it keeps; --limit MIB of it\n"
	"  --remote URL      ccache: a store for several machines, http:// or redis://\n"
	"  --identity TEXT   ccache: what tells this compiler from another one\n"
	"  --say N           messages to the person who builds go to descriptor N (2)\n"
	"  --help            show this\n"
	"  --version         show the version\n"
	"\n"
	"exit status: 0 done, 1 failed, 2 usage; of compile, the compiler's\n";

/* Whether text has only letters, digits and some signs, up to len. */
static bool hostlike(const char *text, size_t len)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";

	return len && *text != '-' && *text != '.' && strspn(text, letters) >= len;
}

/* Check HOST[:PORT], followed by /JOBS if that may be. */
static void hostcheck(const char *option, const char *text, bool jobs)
{
	size_t host = strcspn(text, ":/");
	const char *port = text[host] == ':' ? text + host + 1 : NULL;
	const char *slash = jobs ? strchr(text, '/') : NULL;
	size_t digits = port ? strcspn(port, "/") : 0;
	char *number = port ? xstrndup(port, digits) : NULL;
	long long n;

	if (!hostlike(text, host) || (number && !numberparse(number, 1, 65535, &n)) ||
	    (slash && !numberparse(slash + 1, 1, 1024, &n)) || (!jobs && strchr(text, '/')))
		dieusage("%s '%s': expected HOST or HOST:PORT%s", option, text,
			 jobs ? ", with /JOBS for more than 4 at once, as in build1:3632/8" : "");
	free(number);
}

static void remotecheck(const char *url)
{
	if (strncmp(url, "http://", 7) != 0 && strncmp(url, "redis://", 8) != 0)
		dieusage("--remote '%s': expected http://HOST/PATH or redis://HOST:PORT", url);
	if (strpbrk(url, " \t\n|"))
		dieusage("--remote '%s': a blank or '|' cannot be in it", url);
}

static enum launcher launcher(const char *name)
{
	if (strcmp(name, "ccache") == 0)
		return CCACHE;
	if (strcmp(name, "distcc") == 0)
		return DISTCC;
	if (strcmp(name, "icecc") != 0)
		dieusage("--by '%s': expected ccache, distcc or icecc", name);
	return ICECC;
}

enum {
	BY = OPTION_FIRST,
	PROGRAM,
	CC,
	DIR,
	SERVER,
	SCHEDULER,
	STORE,
	LIMIT,
	REMOTE,
	IDENTITY,
	SAY
};

/* Set the text option c. Returns false if it is another one. */
static bool text(struct settings *s, int c)
{
	const char **to[] = { [PROGRAM - BY] = &s->program,
			      [CC - BY] = &s->cc,
			      [DIR - BY] = &s->dir,
			      [SCHEDULER - BY] = &s->scheduler,
			      [STORE - BY] = &s->store,
			      [LIMIT - BY] = &s->limit,
			      [REMOTE - BY] = &s->remote,
			      [IDENTITY - BY] = &s->identity,
			      [SAY - BY] = NULL };

	if (!to[c - BY])
		return false;
	*to[c - BY] = optarg;
	return true;
}

static void options(struct settings *s, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "by", required_argument, NULL, BY },
		{ "program", required_argument, NULL, PROGRAM },
		{ "cc", required_argument, NULL, CC },
		{ "dir", required_argument, NULL, DIR },
		{ "server", required_argument, NULL, SERVER },
		{ "scheduler", required_argument, NULL, SCHEDULER },
		{ "store", required_argument, NULL, STORE },
		{ "limit", required_argument, NULL, LIMIT },
		{ "remote", required_argument, NULL, REMOTE },
		{ "identity", required_argument, NULL, IDENTITY },
		{ "say", required_argument, NULL, SAY },
		OPTIONS_END,
	};
	bool by = false;
	int c;

	while ((c = getoption(argc, argv, "+:h", longs, usage)) != -1) {
		if (c == BY) {
			s->by = launcher(optarg);
			by = true;
		} else if (c == SERVER) {
			hostcheck("--server", optarg, true);
			listadd(&s->servers, optarg);
		} else if (c == SAY) {
			s->say = (int)numberoption("--say", optarg, 1, 1023);
		} else {
			text(s, c);
		}
	}
	if (!by || !s->program || !s->cc || !s->dir)
		dieusage("--by, --program, --cc and --dir are needed");
	if (s->scheduler)
		hostcheck("--scheduler", s->scheduler, false);
	if (s->remote)
		remotecheck(s->remote);
	if (s->by == CCACHE && (!s->store || !s->limit))
		dieusage("ccache needs --store and --limit");
	if (s->by == DISTCC && !s->servers.len)
		dieusage("distcc needs a --server");
	if (s->by == ICECC && !s->scheduler)
		dieusage("icecc needs --scheduler");
}

static int end(const struct settings *s)
{
	struct buf line = { 0 };

	launchreport(s, &line);
	if (line.len)
		tell(stdout, "%s\n", bufstr(&line));
	buffree(&line);
	return fflush(stdout) ? EXIT_FAILED : EXIT_OK;
}

int main(int argc, char **argv)
{
	struct settings s = { .say = STDERR_FILENO };
	const char *command = argc > 1 ? argv[1] : "";
	char *why = NULL;

	progname = "launch";
	if (strcmp(command, "compile") != 0)
		getoptionanswer(argc, argv, usage);
	if (*command == '-')
		dieusage("unknown option '%s'", command);
	if (strcmp(command, "begin") != 0 && strcmp(command, "compile") != 0 &&
	    strcmp(command, "end") != 0)
		dieusage("expected begin, compile or end");
	options(&s, argc - 1, argv + 1);
	argc -= 1 + optind;
	argv += 1 + optind;
	if (strcmp(command, "compile") == 0) {
		if (strcmp(argv[-1], "--") != 0)
			dieusage("expected -- and the compiler's arguments");
		argv[-1] = (char *)s.cc; /* it looks for its own files beside itself */
		return compile(&s, argv - 1);
	}
	if (argc != (strcmp(command, "begin") == 0))
		dieusage("%s", argc ? "too many arguments" : "expected TOOLS");
	if (strcmp(command, "end") == 0)
		return end(&s);
	if (begin(&s, argv[0], argv - optind + 1, (size_t)optind - 1, &why) < 0)
		die("%s", why);
	return EXIT_OK;
}
