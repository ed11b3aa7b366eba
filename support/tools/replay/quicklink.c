// SPDX-License-Identifier: GPL-2.0-or-later
#include "quicklink.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/affix.h"
#include "base/buf.h"
#include "base/msg.h"
#include "base/path.h"
#include "finish.h"
#include "fs/file.h"
#include "fs/remove.h"
#include "linkcall.h"
#include "linkelf.h"

static int linkto(const char *dir, const char *program, const char *name)
{
	char *path = xasprintf("%s/bin/%s", dir, name);
	int ret = symlink(program, path);

	free(path);
	return ret;
}

bool quicklinkcan(const char *build, const char *ld, const char *nm)
{
	return *ld && *nm && !strpbrk(ld, "/ ") && !strpbrk(nm, "/ ") && !strchr(build, ':');
}

int quicklinkprepare(const char *dir, const char *ld, const char *nm)
{
	char *bin = pathjoin(dir, "bin"), *self = realpath("/proc/self/exe", NULL);
	char *begun = pathjoin(dir, LINK_BEGUN), *finished = pathjoin(dir, LINK_FINISHED);
	int ret = self && treeremove(bin) == 0 && mkdirs(bin) == 0 && linkto(dir, self, ld) == 0 &&
				  linkto(dir, self, nm) == 0 &&
				  linkto(dir, self, PROGRAM_AHEAD) == 0 &&
				  linkto(dir, self, PROGRAM_FINISH) == 0 &&
				  (unlink(begun) == 0 || errno == ENOENT) &&
				  (unlink(finished) == 0 || errno == ENOENT)
			  ? 0
			  : -1;

	free(finished);
	free(begun);
	free(self);
	free(bin);
	return ret;
}

bool quicklinkcalled(const char *name)
{
	return strcmp(pathlast(name), "replay") != 0 && getenv(QUICKLINK_DIR);
}

/* ---- the arguments ---- */

static bool samelist(const struct strlist *a, const struct strlist *b)
{
	bool same = a->len == b->len;

	for (size_t i = 0; same && i < a->len; i++)
		same = strcmp(a->item[i], b->item[i]) == 0;
	return same;
}

/* ---- ahead ---- */

/* Whether all of the link is its output: it also writes no map. */
static bool plainlink(const struct strlist *args)
{
	for (size_t i = 0; i < args->len; i++) {
		if (startswith(args->item[i], "-Map") || strcmp(args->item[i], "vmlinux.o") == 0)
			return false;
	}
	return true;
}

/*
 * Make the last link, with the table of the last build, while kbuild makes and checks vmlinux.o,
 * which is not in it. If there is no such link, or if it fails, the script makes it. It may take
 * the place of each of the three: they differ in the table and in debugging information only, which
 * nm does not print.
 */
static void ahead(void)
{
	char *begun = linkkept(LINK_BEGUN), *to = linkkept(LINK_AHEAD);
	struct strlist first = { 0 }, last = { 0 };
	const struct pass *pass = NULL;

	unlink(begun);
	/* the script tells what is wrong, if it still is when it links */
	if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
		exit(0);
	if (linkargsread(LINK_FIRST, &first) == 0 && linkargsread(LINK_LAST, &last) == 0)
		pass = passof(linkoutput(first.item), false);
	if (pass && plainlink(&last) && listhas(&last, pass->last) && linktable(pass) &&
	    filewrite(begun, "", 0, 0666) == 0) {
		linkreplace(&last, linkoutput(last.item), to);
		if (linkrun(last.item[0], last.item, NULL) != 0)
			unlink(begun);
	}
	listfree(&first);
	listfree(&last);
	free(to);
	free(begun);
	exit(0);
}

/* ---- the programs ---- */

static void first(char **argv, const struct pass *pass)
{
	char *to = linkkept(LINK_AHEAD), *begun = linkkept(LINK_BEGUN);
	char *symbols = linkkept(LINK_SYMBOLS);
	struct strlist args = { 0 }, was = { 0 };

	unlink(symbols);
	linkwords(&args, argv, NULL, NULL);
	if (linkargsread(LINK_FIRST, &was) == 0 && samelist(&was, &args) &&
	    linkcurrent(&args, pass->empty) && rename(to, pass->first) == 0)
		exit(0);
	unlink(begun);
	linkargswrite(LINK_FIRST, &args);
	if (linktable(pass)) {
		if (pass->empty)
			linkreplace(&args, pass->empty, pass->last);
		else
			listadd(&args, pass->last);
	}
	linkbecome(args.item[0], args.item);
}

static void second(char **argv, const struct pass *pass)
{
	struct strlist was = { 0 }, args = { 0 };

	linkwords(&args, argv, pass->second, pass->first);
	if (linkargsread(LINK_FIRST, &was) == 0) {
		if (!pass->empty)
			listadd(&was, pass->table);
		else
			linkreplace(&was, pass->empty, pass->table);
	}
	if (samelist(&was, &args) && linktable(pass) && linkelflayout(pass->last, pass->table) &&
	    (unlink(pass->second) == 0 || errno == ENOENT) && link(pass->first, pass->second) == 0)
		exit(0);
	linkbecome(argv[0], argv);
}

static void last(char **argv)
{
	struct strlist args = { 0 };

	linkwords(&args, argv, NULL, NULL);
	linkargswrite(LINK_LAST, &args);
	linkbecome(argv[0], argv);
}

/* Whether a and b are names of one file. */
static bool samefile(const char *a, const char *b)
{
	struct stat sa, sb;

	return stat(a, &sa) == 0 && stat(b, &sb) == 0 && sa.st_ino == sb.st_ino &&
	       sa.st_dev == sb.st_dev;
}

/* nm -n of the first link; and of the second one, which has the same symbols if it is that one. */
static void symbols(char **argv)
{
	char *path = linkkept(LINK_SYMBOLS);
	bool whole = argv[1] && argv[2] && !argv[3] && strcmp(argv[1], "-n") == 0;
	const struct pass *p = whole ? passof(argv[2], false) : NULL;
	const struct pass *q = whole ? passof(argv[2], true) : NULL;
	struct buf text = { 0 };

	if ((p && linkrun(argv[0], argv, path) == 0) || (q && samefile(q->first, q->second))) {
		if (fileread(path, &text) == 0 && writeall(STDOUT_FILENO, text.data, text.len) == 0)
			exit(0);
	}
	linkbecome(argv[0], argv);
}

void quicklinkrun(char **argv)
{
	const char *to = linkoutput(argv), *nm = getenv("NM");
	const struct pass *p = passof(to, false), *q = passof(to, true);

	progname = pathlast(argv[0]);
	if (strcmp(progname, PROGRAM_AHEAD) == 0)
		ahead();
	if (strcmp(progname, PROGRAM_FINISH) == 0)
		exit(finish(argv + 1));
	argv[0] = (char *)progname;
	if (nm && strcmp(progname, nm) == 0)
		symbols(argv);
	if (p)
		first(argv, p);
	if (q)
		second(argv, q);
	if (strcmp(to, "vmlinux") == 0)
		last(argv);
	linkbecome(argv[0], argv);
}
