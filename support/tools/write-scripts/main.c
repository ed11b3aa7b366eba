// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * write-scripts: writes the files that make found to have changed, from a bundle:
 *
 *   >PATH      begins a file
 *   |TEXT      a line of it
 *
 * Each file is written atomically, with its time from the build clock (lib/fs/buildclock.h). The
 * bundle is removed when all are written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "fs/buildclock.h"
#include "fs/file.h"

static const char usage[] =
	"usage: write-scripts CLOCK BUNDLE\n"
	"\n"
	"Writes the files of BUNDLE ('>PATH' begins one, '|TEXT' is a line of it), each atomically\n"
	"and dated by the build clock in the file CLOCK, and removes BUNDLE.\n"
	"  --help     show this\n"
	"  --version  show the version\n"
	"exit: 0 done, 1 a file could not be written, 2 usage\n";

static void putfile(const char *clock, const char *path, const struct buf *text)
{
	char *temp = xasprintf("%s.new", path);

	if (!outreplaces(path))
		die("%s is not a regular file: remove it, and run again", path);
	if (mkparents(path) < 0 ||
	    filewrite(temp, text->len ? text->data : "", text->len, 0666) < 0 ||
	    buildclockset(clock, temp) < 0 || rename(temp, path) < 0)
		die("cannot write %s:", path);
	free(temp);
}

int main(int argc, char **argv)
{
	static const struct option longopts[] = { OPTIONS_END };
	const char *clock, *input;
	struct buf bundle = { 0 };
	struct buf text = { 0 };
	char *p, *line;
	char *path = NULL;

	progname = "write-scripts";
	getoption(argc, argv, ":h", longopts, usage);
	if (argc - optind != 2)
		dieusage("expected CLOCK and BUNDLE");
	clock = argv[optind];
	input = argv[optind + 1];
	if (mkparents(clock) < 0)
		die("cannot make the directory of %s:", clock);
	if (fileread(input, &bundle) < 0)
		die("cannot read %s:", input);
	p = bundle.data;
	while (p && (line = strsep(&p, "\n"))) {
		if (*line == '|' && path) {
			bufputs(&text, line + 1);
			bufputc(&text, '\n');
		} else if (*line == '>') {
			if (path)
				putfile(clock, path, &text);
			bufclear(&text);
			path = line + 1;
		} else if (*line) {
			die("%s: neither '>PATH' nor a '|' line of a file: %s", input, line);
		}
	}
	if (path)
		putfile(clock, path, &text);
	buffree(&text);
	buffree(&bundle);
	if (unlink(input) < 0)
		die("cannot remove %s:", input);
	return EXIT_OK;
}
