/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For unit tests that work on files: an empty directory to work in, and short ways to fill it. */
#ifndef HELPERS_SCRATCH_H
#define HELPERS_SCRATCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs/file.h"
#include "fs/remove.h"

/* The setup of a test, or of a group: a new directory becomes the current one. *state is ours. */
static inline int scratchmake(void **state)
{
	char *dir = xstrdup("/tmp/whittle-unit.XXXXXX");

	*state = dir;
	umask(022);
	return !mkdtemp(dir) || chdir(dir) < 0 ? -1 : 0;
}

/* The teardown: it goes, with all that is in it. */
static inline int scratchremove(void **state)
{
	int ret = chdir("/") < 0 ? -1 : treeremove(*state);

	free(*state);
	return ret;
}

/* Make a file of that text and mode, and the directories that it is in. */
static inline void putas(const char *path, const char *text, mode_t mode)
{
	assert_int_equal(mkparents(path), 0);
	assert_int_equal(filewrite(path, text, strlen(text), 0600), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static inline void put(const char *path, const char *text)
{
	putas(path, text, 0644);
}

/* The file has just that text. */
static inline void holds(const char *path, const char *want)
{
	struct buf b = { 0 };

	assert_int_equal(fileread(path, &b), 0);
	assert_string_equal(bufstr(&b), want);
	buffree(&b);
}

#endif
