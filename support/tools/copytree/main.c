// SPDX-License-Identifier: GPL-2.0-or-later
/* copytree: copies a working directory to build in. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "fs/file.h"
#include "fs/remove.h"
#include "sources.h"

#define RECORD ".copytree" /* list of the copied files; exists only while the copy is complete */

static const char usage[] =
	"usage: copytree SRC DST\n"
	"\n"
	"Make DST a copy of the directory SRC to build in: without .git, and without\n"
	"compiled files. If only C, C++ and assembler files were edited since the last\n"
	"run, only these are copied; after any other change, DST is emptied first.\n"
	"  --help     show this\n"
	"  --version  show the version\n"
	"\n"
	"exit status: 0 done, 1 failed, 2 usage\n";

/* Whether the link at path, which is in the directory src, leads out of that. */
static bool leadsout(const char *src, const char *path)
{
	char *top = realpath(src, NULL), *real = realpath(path, NULL);
	size_t len = top ? strlen(top) : 0;
	bool ret = top && real && (strncmp(real, top, len) != 0 || (real[len] && real[len] != '/'));

	free(top);
	free(real);
	return ret;
}

/* Copy the link from to to. If a relative link leads out of src, make it absolute. */
static int copylink(const char *src, const char *from, const char *to)
{
	char target[4096];
	ssize_t n = readlink(from, target, sizeof(target) - 1);
	char *dir = xstrdup(from), *real = NULL, *far = NULL;
	int ret;

	target[n < 0 ? 0 : n] = '\0';
	if (n > 0 && *target != '/' && leadsout(src, from)) {
		*strrchr(dir, '/') = '\0'; /* from begins with src */
		real = realpath(dir, NULL);
		if (real)
			far = pathjoin(real, target);
	}
	ret = n < 0 ? -1 : symlink(far ? far : target, to);
	free(far);
	free(real);
	free(dir);
	return ret;
}

/*
 * Copy path, a file, link or empty directory, from src to dst; files with mode and time. Ends the
 * program on failure.
 */
static void copy(const char *src, const char *dst, const char *path)
{
	char *from = pathjoin(src, path), *to = pathjoin(dst, path);
	struct buf text = { 0 };
	struct stat st;
	int ret = lstat(from, &st);

	if (ret == 0)
		ret = mkparents(to);
	if (ret == 0 && S_ISLNK(st.st_mode)) {
		ret = copylink(src, from, to);
	} else if (ret == 0 && S_ISDIR(st.st_mode)) {
		ret = mkdir(to, 0777);
	} else if (ret == 0) {
		ret = fileread(from, &text);
		if (ret == 0)
			ret = filewrite(to, bufstr(&text), text.len, 0600);
		if (ret == 0)
			ret = chmod(to, st.st_mode & 0777);
		if (ret == 0) {
			const struct timespec times[2] = { st.st_mtim, st.st_mtim };

			ret = utimensat(AT_FDCWD, to, times, 0);
		}
	}
	if (ret < 0)
		die("cannot copy %s to %s:", from, to);
	buffree(&text);
	free(from);
	free(to);
}

/* Remove the contents of the directory dst. */
static void empty(const char *dst)
{
	struct strlist names = { 0 };
	int ret = dirlist(dst, &names);

	for (size_t i = 0; ret == 0 && i < names.len; i++) {
		char *path = pathjoin(dst, names.item[i]);

		ret = treeremove(path);
		free(path);
	}
	if (ret < 0)
		die("cannot empty %s:", dst);
	listfree(&names);
}

static void copyall(const char *src, const char *dst, const char *list)
{
	while (*list) {
		size_t len = strcspn(list, "\n");
		/* WHAT, MODE and PATH, two blanks between them */
		const char *path = strstr(list, "  ") + 8;
		char *name = xstrndup(path, (size_t)(list + len - path));

		copy(src, dst, name);
		free(name);
		list += len + (list[len] == '\n');
	}
}

static void update(const char *src, const char *dst, const char *record)
{
	struct buf was = { 0 }, now = { 0 };
	struct strlist edited = { 0 };
	char *why;
	bool known = fileread(record, &was) == 0;

	if (treelist(src, &now, &why) < 0)
		die("%s", why);
	if (known && treeedited(bufstr(&was), bufstr(&now), &edited) == 0) {
		if (edited.len && unlink(record) < 0)
			die("cannot remove %s:", record);
		for (size_t i = 0; i < edited.len; i++)
			copy(src, dst, edited.item[i]);
	} else {
		empty(dst);
		copyall(src, dst, bufstr(&now));
	}
	if (filewrite(record, bufstr(&now), now.len, 0644) < 0)
		die("cannot write %s:", record);
	listfree(&edited);
	buffree(&was);
	buffree(&now);
}

int main(int argc, char **argv)
{
	static const struct option longopts[] = { OPTIONS_END };
	char *record;

	progname = "copytree";
	getoption(argc, argv, ":h", longopts, usage);
	if (argc - optind != 2)
		dieusage("give SRC and DST");
	if (mkdirs(argv[optind + 1]) < 0)
		die("cannot make %s:", argv[optind + 1]);
	record = pathjoin(argv[optind + 1], RECORD);
	update(argv[optind], argv[optind + 1], record);
	free(record);
	return EXIT_OK;
}
