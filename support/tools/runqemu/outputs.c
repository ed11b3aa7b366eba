// SPDX-License-Identifier: GPL-2.0-or-later
#include "outputs.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/msg.h"
#include "fs/file.h"

/* Whether name is that of an option with which nothing is run here. */
static bool idle(const char *name)
{
	static const char *const names[] = { "help", "version", "dry-run", "attach" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

void outputsfresh(int argc, char **argv, const struct option *longs)
{
	const char *json = NULL, *junit = NULL;
	bool runs = true, unknown = false;

	opterr = 0;
	for (;;) {
		int i = -1, c = getopt_long(argc, argv, "+:h", longs, &i);
		const char *name = i < 0 ? "" : longs[i].name;

		if (c == -1 && unknown && optind < argc && strcmp(argv[optind - 1], "--") != 0)
			optind++; /* the value, it may be, of an option that there is not */
		else if (c == -1)
			break;
		unknown = c == '?';
		runs = runs && c != 'h' && !idle(name);
		if (strcmp(name, "json") == 0)
			json = optarg;
		else if (strcmp(name, "junit") == 0)
			junit = optarg;
	}
	optind = 0; /* begin anew */
	/* What cannot be removed cannot be written: whoever does that says so. */
	if (runs && json)
		(void)outremove(json);
	if (runs && junit)
		(void)outremove(junit);
}

/* Exit if the directory of the file path, the value of option, is not there. */
static void placecheck(const char *option, const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;
	char *dir = slash && slash > path ? xstrndup(path, (size_t)(slash - path)) : NULL;
	struct stat st;

	if (path && !*path)
		dieusage("%s wants the name of a file", option);
	if (dir && stat(dir, &st) < 0)
		dieusage("%s %s: there is no directory %s", option, path, dir);
	free(dir);
}

void outputscheck(const struct options *o)
{
	placecheck("--json", o->json);
	placecheck("--junit", o->junit);
	placecheck("--log", o->kernellog);
}
