// SPDX-License-Identifier: GPL-2.0-or-later
/* mkusers: writes passwd, group and shadow from a table of users. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "fs/file.h"
#include "users.h"

static const char usage[] =
	"usage: mkusers -o DIR [--password NAME=HASH] FILE...\n"
	"\n"
	"Write DIR/passwd, DIR/group and DIR/shadow from the lines of the FILEs:\n"
	"  NAME UID GROUP GID HOME SHELL [COMMENT]   a user and its group\n"
	"  - - GROUP GID                             a group alone\n"
	"HASH is NAME's password, hashed by crypt(3); empty: no password. No other user\n"
	"can log in by a password.\n"
	"  --help     show this\n"
	"  --version  show the version\n"
	"\n"
	"exit status: 0 done, 1 failed, 2 usage\n";

static const struct option options[] = {
	{ "password", required_argument, NULL, 'p' },
	OPTIONS_END,
};

static void readfile(struct users *u, const char *path)
{
	struct buf text = { 0 };

	if (fileread(path, &text) < 0)
		die("%s: cannot read:", path);
	if (strlen(bufstr(&text)) != text.len)
		die("%s: it has a NUL byte", path);
	usersadd(u, path, bufstr(&text));
	buffree(&text);
}

static void writefile(const struct users *u, const char *dir, const char *which, const char *name,
		      const char *hash)
{
	struct buf text = { 0 };
	char *path = pathjoin(dir, which);

	userswrite(u, which, name, hash, &text);
	if (filewrite(path, bufstr(&text), text.len, strcmp(which, "shadow") == 0 ? 0600 : 0644) <
	    0)
		die("%s: cannot write:", path);
	free(path);
	buffree(&text);
}

int main(int argc, char **argv)
{
	struct users u = { 0 };
	const char *dir = NULL, *hash = NULL;
	char *name = NULL;
	int opt;

	progname = "mkusers";
	while ((opt = getoption(argc, argv, ":ho:", options, usage)) != -1) {
		if (opt == 'o') {
			dir = optarg;
		} else {
			hash = strchr(optarg, '=');
			if (!hash)
				dieusage("--password wants NAME=HASH");
			free(name);
			name = xstrndup(optarg, (size_t)(hash++ - optarg));
		}
	}
	if (!dir || optind == argc)
		dieusage("give -o DIR and FILEs");
	for (; optind < argc; optind++)
		readfile(&u, argv[optind]);
	for (size_t i = 0; i < u.errors.len; i++)
		warn("%s", u.errors.item[i]);
	if (u.errors.len)
		return EXIT_FAILED;
	writefile(&u, dir, "passwd", name, hash);
	writefile(&u, dir, "group", name, hash);
	writefile(&u, dir, "shadow", name, hash);
	usersfree(&u);
	free(name);
	return EXIT_OK;
}
