// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmdline.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "base/size.h"
#include "base/url.h"

#define RATE_MAX   ((off_t)1 << 40) /* bytes per second */
#define SIZE_LIMIT ((off_t)1 << 60) /* bytes */

static const char usage[] =
	"usage: fetch [options] LIST\n"
	"Download the files of LIST ('-': standard input) and verify their sha256 digests.\n"
	"\n"
	"  -d, --dir DIR      download directory (default: the current one)\n"
	"  -j, --jobs N       transfers at a time (default 4)\n"
	"      --mirror URL   try URL/PATH before a file's own urls; may be given several times\n"
	"      --pool URL     base of the Debian mirror, for 'pool' lines (default: ask apt-get)\n"
	"      --offline      use only the download directory and the mirrors\n"
	"      --check        verify existing files; fetch damaged ones again\n"
	"      --dest DIR     then copy the files to DIR, which can serve as a mirror\n"
	"      --list         print each file with its digests and urls in order; fetch nothing\n"
	"      --retries N    retries for each url (default 3)\n"
	"      --backoff MS   pause before the first retry, then doubled (default 1000)\n"
	"      --timeout S    seconds to wait for a connection (default 15)\n"
	"      --stall S      give up a transfer below 1 KiB/s for S seconds (default 30)\n"
	"      --min-rate SIZE  give up a transfer slower than SIZE per second (K, M; default 4K;\n"
	"                       0: no limit)\n"
	"      --window S     seconds over which --min-rate is measured (default 60)\n"
	"      --max-size SIZE  give up a file larger than SIZE (K, M, G; default 2G)\n"
	"  -q, --quiet        print errors only\n"
	"  -h, --help         show this\n"
	"      --version      show the version\n"
	"\n"
	"Exit: 0 all files are there, 1 some are missing, 2 usage, 130 stopped by a signal.\n";

enum {
	OPT_MIRROR = OPTION_FIRST,
	OPT_POOL,
	OPT_OFFLINE,
	OPT_CHECK,
	OPT_DEST,
	OPT_LIST,
	OPT_RETRIES,
	OPT_BACKOFF,
	OPT_TIMEOUT,
	OPT_STALL,
	OPT_MIN_RATE,
	OPT_WINDOW,
	OPT_MAX_SIZE,
};

static const struct option options[] = {
	{ "dir", required_argument, NULL, 'd' },
	{ "jobs", required_argument, NULL, 'j' },
	{ "mirror", required_argument, NULL, OPT_MIRROR },
	{ "pool", required_argument, NULL, OPT_POOL },
	{ "offline", no_argument, NULL, OPT_OFFLINE },
	{ "check", no_argument, NULL, OPT_CHECK },
	{ "dest", required_argument, NULL, OPT_DEST },
	{ "list", no_argument, NULL, OPT_LIST },
	{ "retries", required_argument, NULL, OPT_RETRIES },
	{ "backoff", required_argument, NULL, OPT_BACKOFF },
	{ "timeout", required_argument, NULL, OPT_TIMEOUT },
	{ "stall", required_argument, NULL, OPT_STALL },
	{ "min-rate", required_argument, NULL, OPT_MIN_RATE },
	{ "window", required_argument, NULL, OPT_WINDOW },
	{ "max-size", required_argument, NULL, OPT_MAX_SIZE },
	{ "quiet", no_argument, NULL, 'q' },
	OPTIONS_END,
};

/* Parse a number of bytes from min to max. */
static off_t bytes(const char *option, const char *text, off_t min, off_t max)
{
	unsigned long long n;

	if (sizeparse(text, &n) < 0 || n < (unsigned long long)min || n > (unsigned long long)max)
		dieusage("--%s: '%s' is not a size such as 512, 64K, 100M or 2G", option, text);
	return (off_t)n;
}

/* A base URL as given; NULL for an empty one, which means none. */
static const char *base(const char *option, const char *url)
{
	const char *wrong = *url ? urlerror(url) : NULL;

	if (wrong)
		dieusage("--%s: this url %s", option, wrong);
	return *url ? url : NULL;
}

static void setnumber(struct config *c, int opt, const char *text)
{
	if (opt == 'j')
		c->jobs = (unsigned)numberoption("--jobs", text, 1, 64);
	else if (opt == OPT_RETRIES)
		c->retries = (unsigned)numberoption("--retries", text, 0, 100);
	else if (opt == OPT_BACKOFF)
		c->backoff = (unsigned)numberoption("--backoff", text, 0, 30000);
	else if (opt == OPT_TIMEOUT)
		c->timeout = (unsigned)numberoption("--timeout", text, 1, 3600);
	else if (opt == OPT_WINDOW)
		c->window = (unsigned)numberoption("--window", text, 1, 3600);
	else if (opt == OPT_MIN_RATE)
		c->minrate = bytes("min-rate", text, 0, RATE_MAX);
	else if (opt == OPT_MAX_SIZE)
		c->maxsize = bytes("max-size", text, 1, SIZE_LIMIT);
	else
		c->stall = (unsigned)numberoption("--stall", text, 1, 3600);
}

static void setoption(struct config *c, int opt, const char *text)
{
	switch (opt) {
	case 'd':
		c->dir = text;
		break;
	case OPT_MIRROR:
		if (base("mirror", text))
			listadd(&c->mirrors, text);
		break;
	case OPT_POOL:
		c->pool = base("pool", text);
		break;
	case OPT_OFFLINE:
		c->offline = true;
		break;
	case OPT_DEST:
		if (!*text)
			dieusage("--dest: the name of the directory is empty");
		c->dest = text;
		c->check = true; /* a mirror gets only what was verified now */
		break;
	case OPT_CHECK:
		c->check = true;
		break;
	case OPT_LIST:
		c->print = true;
		break;
	case 'q':
		c->quiet = true;
		break;
	default:
		setnumber(c, opt, text);
	}
}

void cmdlineparse(struct config *c, int argc, char **argv)
{
	int opt;

	*c = (struct config){ .dir = "", .jobs = 4, .retries = 3 };
	c->backoff = 1000;
	c->timeout = 15;
	c->stall = 30;
	c->minrate = 4096;
	c->window = 60;
	c->maxsize = (off_t)2 << 30;
	while ((opt = getoption(argc, argv, ":hd:j:q", options, usage)) != -1)
		setoption(c, opt, optarg);
	if (argc - optind != 1)
		dieusage(argc == optind ? "no LIST given" : "only one LIST can be given");
	c->list = argv[optind];
}
