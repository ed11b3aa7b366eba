// SPDX-License-Identifier: GPL-2.0-or-later
/* near: finds the most similar of several names. */
#include <stdio.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "base/near.h"

static const char usage[] =
	"usage: near NAME CANDIDATE...\n"
	"Print the CANDIDATE most similar to NAME: equal except for upper and lower case,\n"
	"or one or two letters different.\n"
	"  --help     show this\n"
	"  --version  show the version\n"
	"\n"
	"Exit status: 0 printed, 1 none is similar, 2 usage.\n";

int main(int argc, char **argv)
{
	static const struct option longopts[] = { OPTIONS_END };
	const char *name;
	struct near n;

	progname = "near";
	getoption(argc, argv, "+:h", longopts, usage);
	if (optind == argc)
		dieusage("expected NAME");
	name = argv[optind];
	nearstart(&n, name, nearletters(name));
	for (int i = optind + 1; i < argc; i++)
		neartry(&n, argv[i]);
	if (!n.found)
		return EXIT_FAILED;
	puts(n.found);
	if (fflush(stdout) != 0)
		die("cannot write to standard output:");
	return EXIT_OK;
}
