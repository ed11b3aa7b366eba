// SPDX-License-Identifier: GPL-2.0-or-later
/* mkpasswd: hash a password for /etc/shadow, the same way every time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "fs/file.h"
#include "hash.h"

#define PASSWORD_MAX 511 /* most bytes for crypt(3) */

static const char usage[] =
	"usage: mkpasswd --salt-from STRING\n"
	"\n"
	"Read a password, one line, from standard input and print its SHA-512 hash in\n"
	"crypt(3) form. The salt is derived from STRING, so the same input gives the\n"
	"same hash. A line that is a hash already ($6$...) is printed as it is.\n"
	"  --help     show this\n"
	"  --version  show the version\n"
	"\n"
	"exit status: 0 done, 1 failed, 2 usage\n";

static const struct option options[] = {
	{ "salt-from", required_argument, NULL, 's' },
	OPTIONS_END,
};

/*
 * Read one line from standard input into password, without its newline. Ends the program on any
 * other input.
 */
static void readpassword(char password[PASSWORD_MAX + 3])
{
	ssize_t n = readall(STDIN_FILENO, password, PASSWORD_MAX + 2);

	if (n < 0)
		die("cannot read the password from standard input:");
	password[n] = '\0';
	if (n > 0 && password[n - 1] == '\n')
		password[--n] = '\0';
	if (n == 0)
		die("the password is empty: write it, one line, to standard input");
	if (n > PASSWORD_MAX)
		die("the password is too long: give at most %d bytes", PASSWORD_MAX);
	if (strlen(password) != (size_t)n)
		die("the password has a NUL byte");
	if (strchr(password, '\n'))
		die("more than one line: give only the password");
}

int main(int argc, char **argv)
{
	char password[PASSWORD_MAX + 3];
	const char *seed = NULL, *why;
	char *hash;

	progname = "mkpasswd";
	while (getoption(argc, argv, ":h", options, usage) != -1)
		seed = optarg;
	if (optind < argc)
		dieusage("'%s': the password is read from standard input", argv[optind]);
	if (!seed || !*seed)
		dieusage("give --salt-from STRING, such as the host name");
	readpassword(password);
	if (ishash(password)) {
		why = hashreason(password);
		if (why)
			die("this looks like a password hash, but %s: give a whole hash, "
			    "or a password that does not begin like one",
			    why);
		hash = xstrdup(password);
	} else {
		hash = hashmake(password, seed);
		if (!hash)
			die("cannot hash the password with SHA-512:");
	}
	if (printf("%s\n", hash) < 0 || fflush(stdout) == EOF)
		die("cannot write to standard output:");
	explicit_bzero(password, sizeof(password));
	free(hash);
	return EXIT_OK;
}
