// SPDX-License-Identifier: GPL-2.0-or-later
/* near: of a list of names, the one that was meant by another. */
#include <stdio.h>
#include <string.h>

#include "base/msg.h"
#include "base/near.h"

static const char usage[] =
	"usage: near NAME CANDIDATE...\n"
	"Print the CANDIDATE that is likeliest meant by NAME: the same but for the case of its\n"
	"letters, or a letter or two off.\n"
	"\n"
	"Exit status: 0 printed, 1 none is near, 2 usage.\n";

int main(int argc, char **argv)
{
	struct near n;

	progname = "near";
	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		fputs(usage, stdout);
		return EXIT_OK;
	}
	if (argc < 2)
		dieusage("expected NAME");
	nearstart(&n, argv[1], nearletters(argv[1]));
	for (int i = 2; i < argc; i++)
		neartry(&n, argv[i]);
	if (!n.found)
		return EXIT_FAILED;
	puts(n.found);
	if (fflush(stdout) != 0)
		die("cannot write to standard output:");
	return EXIT_OK;
}
