// SPDX-License-Identifier: GPL-2.0-or-later
#include "finish.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/affix.h"
#include "base/shellword.h"
#include "fs/file.h"
#include "linkcall.h"
#include "linkelf.h"
#include "spawn.h"

#define BEGINS "${MAKE} -f \"${srctree}/scripts/Makefile.build\" obj=init init/version-timestamp.o"
#define LINKS  "vmlinux_link vmlinux"

/*
 * Append to out the script whose text is given, without what comes between its first command and
 * its last link, which is replaced by the line check. Returns whether it has both, once each.
 */
static bool tailof(const char *text, const char *check, struct buf *out)
{
	enum { BEFORE, WITHIN, AFTER, UNKNOWN } part = BEFORE;

	for (size_t len; *text; text += len) {
		bool begins = startswith(text, BEGINS);
		bool links = startswith(text, LINKS) && strchr(" \n", text[strlen(LINKS)]);

		len = strcspn(text, "\n");
		len += text[len] == '\n';
		if ((begins && part != BEFORE) || (links && part != WITHIN))
			part = UNKNOWN;
		if (begins && part == BEFORE)
			part = WITHIN;
		if (part != WITHIN)
			bufadd(out, text, len);
		if (links && part == WITHIN) {
			part = AFTER;
			bufprintf(out, "%s\n", check);
		}
	}
	return part == AFTER;
}

/* Write the end of the script to the file to, to be run. */
static bool writetail(const char *script, const char *check, const char *to)
{
	struct buf text = { 0 }, tail = { 0 };
	bool good = fileread(script, &text) == 0 && tailof(bufstr(&text), check, &tail) &&
		    filewrite(to, tail.data, tail.len, 0777) == 0;

	buffree(&text);
	buffree(&tail);
	return good;
}

/* The command with the path tail for that of the script; NULL if it is not there once. */
static char *tailcommand(const char *command, const char *script, const char *tail)
{
	const char *at = strstr(command, script);
	struct buf out = { 0 };

	if (!at || strstr(at + 1, script))
		return NULL;
	bufadd(&out, command, (size_t)(at - command));
	shellword(&out, tail);
	bufputs(&out, at + strlen(script));
	return bufsteal(&out);
}

/* Whether the table that the link ahead has was made of the symbols that it has. */
static bool righttable(const char *ahead, const struct pass *pass)
{
	struct stat second, last;

	return linktable(pass) && stat(pass->second, &second) == 0 &&
	       stat(pass->last, &last) == 0 && !linknewer(&second, &last) &&
	       linkelfsymbols(ahead, pass->second);
}

/* Make it vmlinux, by the command. Returns whether it is. */
static bool takeplace(const char *ahead, char *command)
{
	char *sh[] = { "sh", "-e", "-c", command, NULL };
	struct sigaction before[SPAWN_SIGNALS];
	bool good;

	/* what is not complete is not left behind; make waits for this program */
	signalstake(before);
	good = rename(ahead, "vmlinux") == 0;
	if (good && linkrun("sh", sh, NULL) != 0) {
		unlink("vmlinux");
		good = false;
	}
	unlink(".vmlinux.d"); /* the script's note for fixdep, which has its record already */
	return good;
}

static void finishlink(const char *script, const char *command, const char *finished)
{
	char *ahead = linkkept(LINK_AHEAD), *tail = linkkept(LINK_TAIL), *run = NULL;
	struct strlist first = { 0 }, last = { 0 };
	const struct pass *pass = NULL;

	if (linkargsread(LINK_FIRST, &first) == 0 && linkargsread(LINK_LAST, &last) == 0)
		pass = passof(linkoutput(first.item), false);
	if (pass && linkcurrent(&last, NULL) && righttable(ahead, pass) &&
	    writetail(script, pass->check, tail))
		run = tailcommand(command, script, tail);
	if (run && takeplace(ahead, run) && filewrite(finished, "", 0, 0666) < 0)
		unlink("vmlinux");
	listfree(&first);
	listfree(&last);
	free(run);
	free(ahead);
	free(tail);
}

int finish(char **args)
{
	char *finished = linkkept(LINK_FINISHED);

	if (args[0] && args[1])
		finishlink(args[0], args[1], finished);
	else if (access(finished, F_OK) == 0 && utimensat(AT_FDCWD, "vmlinux", NULL, 0) < 0)
		unlink("vmlinux");
	free(finished);
	return 0;
}
