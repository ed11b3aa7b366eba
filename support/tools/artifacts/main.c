// SPDX-License-Identifier: GPL-2.0-or-later
/* artifacts: inspects and cleans a store of built packages, adds and extracts trees. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/getoption.h"
#include "base/msg.h"
#include "base/size.h"
#include "base/url.h"
#include "store/artifact.h"
#include "store/artlist.h"
#include "storepush.h"
#include "storereport.h"

static const char usage[] =
	"usage: artifacts COMMAND --dir DIR [OPTION]... [KEY [TREE]]\n"
	"The store of built packages in DIR.\n"
	"\n"
	"  stats              print a summary\n"
	"  list               a line for each entry: key, bytes, last use, title\n"
	"  gc                 remove damaged and stale entries, then the least recently used beyond --limit\n"
	"  put KEY TREE       store the directory TREE\n"
	"  get KEY TREE       extract the entry to the directory TREE\n"
	"  remove KEY         remove that entry\n"
	"  push               send all entries to the remote store that it does not have\n"
	"\n"
	"  --dir DIR          directory of the store\n"
	"  --limit N[K|M|G]   its maximum size (0, the default: no limit)\n"
	"  --verify           gc: read each entry and verify its digest\n"
	"  --served           gc: reading the file of an entry is using it, as on a web server\n"
	"  --title TEXT       put: title of the entry\n"
	"  --url URL          the remote store behind it (http, https)\n"
	"  --push             put: also store there\n"
	"  --trust FILE       use of the remote store only what somebody in FILE has signed\n"
	"                     (ssh-keygen(1), ALLOWED SIGNERS)\n"
	"  --sign KEY         sign what is sent with the ssh key in this file\n"
	"  --downmark FILE    while FILE exists, do not use the remote store; created when that is down\n"
	"  --help             show this\n"
	"  --version          show the version\n"
	"\n"
	"KEY is 64 hex digits. Exit status: 0 done, 1 failed, 2 usage, 3 no such entry.\n";

enum {
	EXIT_NONE = 3, /* no such entry */
};

/* The options of the command line. */
struct options {
	struct artifacts store;
	unsigned gc;	   /* ARTGC_VERIFY, ARTGC_BYREAD */
	const char *title; /* NULL: none */
	const char *key;   /* for commands with KEY */
	const char *tree;  /* for commands with TREE */
};

/* The commands. Each prints its result and returns the exit status. */
static int dostats(const struct options *o)
{
	if (reportstats(o->store.dir, o->store.limit) < 0)
		die("cannot read %s:", o->store.dir);
	return EXIT_OK;
}

static int dolist(const struct options *o)
{
	if (reportlist(o->store.dir) < 0)
		die("cannot read %s:", o->store.dir);
	return EXIT_OK;
}

static int dogc(const struct options *o)
{
	struct artifactgc gc = { 0 };

	if (artifactgc(o->store.dir, o->store.limit, o->gc, &gc) < 0)
		die("cannot tidy %s:", o->store.dir);
	reportgc(&gc);
	return EXIT_OK;
}

static void notesay(char *note)
{
	if (note)
		warn("%s", note);
	free(note);
}

static int doput(const struct options *o)
{
	struct buf meta = { 0 };
	char *note;
	int ret;

	if (o->title)
		bufprintf(&meta, "%s\n", o->title);
	ret = artifactstore(&o->store, o->key, o->tree, &meta, &note);
	notesay(note);
	buffree(&meta);
	return ret < 0 ? EXIT_FAILED : EXIT_OK;
}

static int doget(const struct options *o)
{
	char *note;
	int ret = artifactload(&o->store, o->key, o->tree, NULL, &note);

	notesay(note);
	if (ret == 0)
		warn("there is no artifact %s", o->key);
	return ret < 0 ? EXIT_FAILED : ret == 0 ? EXIT_NONE : EXIT_OK;
}

static int doremove(const struct options *o)
{
	int ret = artifactremove(o->store.dir, o->key);

	if (ret < 0)
		die("cannot remove artifact %s from %s:", o->key, o->store.dir);
	if (ret == 0)
		warn("there is no artifact %s", o->key);
	return ret == 0 ? EXIT_NONE : EXIT_OK;
}

static int dopush(const struct options *o)
{
	int ret;

	if (!o->store.url)
		dieusage("push: --url URL is missing");
	ret = storepush(&o->store);
	if (ret < 0)
		die("cannot read %s:", o->store.dir);
	return ret ? EXIT_FAILED : EXIT_OK;
}

static const struct command {
	const char *name;
	int nargs; /* KEY, TREE */
	int (*run)(const struct options *o);
} commands[] = {
	{ "stats", 0, dostats }, { "list", 0, dolist }, { "gc", 0, dogc },
	{ "put", 2, doput },	 { "get", 2, doget },	{ "remove", 1, doremove },
	{ "push", 0, dopush },
};

static const struct command *commandfind(const char *name)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		if (strcmp(name, commands[i].name) == 0)
			return &commands[i];
	}
	dieusage("'%s': unknown command", name);
}

/* The value of an option that is a file which can be read. */
static const char *fileoption(const char *name)
{
	if (access(optarg, R_OK) < 0)
		dieusage("%s: cannot read %s: %s", name, optarg, strerror(errno));
	return optarg;
}

static void urlset(struct options *o, const char *url)
{
	const char *why = urlhttp(url) ? urlerror(url) : "must start with http:// or https://";

	if (why)
		dieusage("--url: the address %s", why);
	o->store.url = url;
}

/* Parse the arguments after the options: the command and its arguments. */
static const struct command *argsparse(struct options *o, int argc, char **argv)
{
	const struct command *command;

	if (argc == 0)
		dieusage("expected a COMMAND");
	command = commandfind(argv[0]);
	if (argc - 1 != command->nargs)
		dieusage("%s takes %d arguments besides its options", command->name,
			 command->nargs);
	if (!o->store.dir || !*o->store.dir)
		dieusage("--dir DIR is missing");
	if (command->nargs > 0) {
		o->key = argv[1];
		if (!digestvalid(o->key))
			dieusage("'%s' is not a key: expected 64 lower-case hex digits", o->key);
	}
	if (command->nargs > 1)
		o->tree = argv[2];
	return command;
}

static const struct command *optionsparse(struct options *o, int argc, char **argv)
{
	enum { DIR = OPTION_FIRST, LIMIT, VERIFY, SERVED, TITLE, URL, PUSH, TRUST, SIGN, DOWNMARK };
	static const struct option longopts[] = {
		{ "dir", required_argument, NULL, DIR },
		{ "limit", required_argument, NULL, LIMIT },
		{ "verify", no_argument, NULL, VERIFY },
		{ "served", no_argument, NULL, SERVED },
		{ "title", required_argument, NULL, TITLE },
		{ "url", required_argument, NULL, URL },
		{ "push", no_argument, NULL, PUSH },
		{ "trust", required_argument, NULL, TRUST },
		{ "sign", required_argument, NULL, SIGN },
		{ "downmark", required_argument, NULL, DOWNMARK },
		OPTIONS_END,
	};
	int c;

	while ((c = getoption(argc, argv, ":h", longopts, usage)) != -1) {
		if (c == DIR) {
			o->store.dir = optarg;
		} else if (c == LIMIT) {
			if (sizeparse(optarg, &o->store.limit) < 0)
				dieusage(
					"--limit '%s': expected a number of bytes, or one with K, M or G",
					optarg);
		} else if (c == VERIFY) {
			o->gc |= ARTGC_VERIFY;
		} else if (c == SERVED) {
			o->gc |= ARTGC_BYREAD;
		} else if (c == TITLE) {
			o->title = optarg;
		} else if (c == URL) {
			urlset(o, optarg);
		} else if (c == TRUST) {
			o->store.trust = fileoption("--trust");
		} else if (c == SIGN) {
			o->store.sign = fileoption("--sign");
		} else if (c == PUSH) {
			o->store.push = true;
		} else {
			o->store.downmark = optarg;
		}
	}
	return argsparse(o, argc - optind, argv + optind);
}

int main(int argc, char **argv)
{
	struct options o = { 0 };
	const struct command *command;
	int ret;

	progname = "artifacts";
	command = optionsparse(&o, argc, argv);
	ret = command->run(&o);
	if (fflush(stdout) != 0)
		die("cannot write the output:");
	return ret;
}
