// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * write-scripts: writes the files that make found to have changed, from one bundle:
 *
 *   >PATH      begins a file
 *   |TEXT      a line of it
 *
 * Each appears whole, with its time from the build's clock (lib/fs/buildclock.h); the bundle is
 * removed when all are written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/msg.h"
#include "fs/buildclock.h"
#include "fs/file.h"

static const char usage[] =
	"usage: write-scripts CLOCK BUNDLE\n"
	"\n"
	"Writes the files of BUNDLE ('>PATH' begins one, '|TEXT' is a line of it), each whole and\n"
	"dated by the build's clock in the file CLOCK, and removes BUNDLE.\n"
	"exit: 0 done, 1 a file could not be written, 2 usage\n";

static void putfile(const char *clock, const char *path, const struct buf *text)
{
	char *temp = xasprintf("%s.new", path);

	if (!outreplaces(path))
		die("%s is no file: remove it, and run again", path);
	if (mkparents(path) < 0 ||
	    filewrite(temp, text->len ? text->data : "", text->len, 0666) < 0 ||
	    buildclockset(clock, temp) < 0 || rename(temp, path) < 0)
		die("cannot write %s:", path);
	free(temp);
}

int main(int argc, char **argv)
{
	struct buf bundle = { 0 };
	struct buf text = { 0 };
	char *p, *line;
	char *path = NULL;

	progname = "write-scripts";
	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		fputs(usage, stdout);
		return EXIT_OK;
	}
	if (argc != 3)
		dieusage("it takes two arguments");
	if (mkparents(argv[1]) < 0)
		die("cannot make the directory of %s:", argv[1]);
	if (fileread(argv[2], &bundle) < 0)
		die("cannot read %s:", argv[2]);
	p = bundle.data;
	while (p && (line = strsep(&p, "\n"))) {
		if (*line == '|' && path) {
			bufputs(&text, line + 1);
			bufputc(&text, '\n');
		} else if (*line == '>') {
			if (path)
				putfile(argv[1], path, &text);
			bufclear(&text);
			path = line + 1;
		} else if (*line) {
			die("%s: neither '>PATH' nor a '|' line of a file: %s", argv[2], line);
		}
	}
	if (path)
		putfile(argv[1], path, &text);
	buffree(&text);
	buffree(&bundle);
	if (unlink(argv[2]) < 0)
		die("cannot remove %s:", argv[2]);
	return EXIT_OK;
}
