// SPDX-License-Identifier: GPL-2.0-or-later
/* compose: composes a directory from several trees, such as images/ from those of each package. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/getoption.h"
#include "base/msg.h"
#include "fs/buildclock.h"
#include "fs/compose.h"
#include "fs/file.h"
#include "fs/remove.h"

static const char usage[] =
	"usage: compose [--clock FILE --stamp FILE] DIR NAME=TREE...\n"
	"\n"
	"Replaces DIR by the union of the trees. Two may have the same path only if its\n"
	"contents are the same. DIR is replaced in one step, at the end.\n"
	"  --stamp FILE   touch FILE when done, by the build clock in --clock FILE\n"
	"  --help         show this\n"
	"  --version      show the version\n"
	"exit: 0 done, 1 a conflict (named) or an error, 2 usage\n";

/* Compose a directory next to dir, then replace dir by it. Returns 0, or -1 after a message. */
static int replace(const char *dir, const struct part *parts, size_t n)
{
	char *temp = xasprintf("%s.whittle-new", dir);
	char *why = NULL;
	int ret = compose(temp, parts, n, &why);

	if (ret < 0) {
		warn("%s", why);
		treeremove(temp);
	} else if (treereplace(temp, dir) < 0) {
		warn("cannot replace %s by %s:", dir, temp);
		treeremove(temp);
		ret = -1;
	}
	free(temp);
	free(why);
	return ret;
}

/* What the options say. */
struct options {
	const char *clock, *stamp; /* NULL: not given */
};

static void optionsparse(struct options *o, int argc, char **argv)
{
	static const struct option longopts[] = {
		{ "clock", required_argument, NULL, 'c' },
		{ "stamp", required_argument, NULL, 's' },
		OPTIONS_END,
	};
	int c;

	while ((c = getoption(argc, argv, "+:h", longopts, usage)) != -1)
		*(c == 'c' ? &o->clock : &o->stamp) = optarg;
	if (optind >= argc || !o->clock != !o->stamp)
		dieusage("expected DIR and NAME=TREE");
}

int main(int argc, char **argv)
{
	struct options o = { 0 };
	const char *dir;
	struct part *parts;
	size_t n = 0;
	int ret = EXIT_OK;

	progname = "compose";
	optionsparse(&o, argc, argv);
	dir = argv[optind];
	parts = xcalloc((size_t)argc, sizeof(*parts));
	for (int i = optind + 1; i < argc; i++) {
		char *eq = strchr(argv[i], '=');

		if (!eq)
			dieusage("expected NAME=TREE, not '%s'", argv[i]);
		parts[n++] = (struct part){ .name = xstrndup(argv[i], (size_t)(eq - argv[i])),
					    .dir = eq + 1 };
	}
	if (replace(dir, parts, n) < 0)
		ret = EXIT_FAILED;
	else if (o.stamp && (mkparents(o.stamp) < 0 || buildclocktouch(o.clock, o.stamp) < 0))
		die("cannot touch %s:", o.stamp);
	for (size_t i = 0; i < n; i++)
		free((char *)parts[i].name);
	free(parts);
	return ret;
}
