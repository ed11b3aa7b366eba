/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For unit tests that use files: an empty working directory, and functions to write and check
 * files.
 */
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

/* Setup of a test or of a group: create a directory and change to it. *state is ours. */
static inline int scratchmake(void **state)
{
	char *dir = xstrdup("/tmp/whittle-unit.XXXXXX");

	*state = dir;
	umask(022);
	return !mkdtemp(dir) || chdir(dir) < 0 ? -1 : 0;
}

/* Teardown: remove the directory. */
static inline int scratchremove(void **state)
{
	int ret = chdir("/") < 0 ? -1 : treeremove(*state);

	free(*state);
	return ret;
}

/* Write a file with that text and mode, and create its parent directories. */
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

/* Assert that the file has exactly that text. */
static inline void holds(const char *path, const char *want)
{
	struct buf b = { 0 };

	assert_int_equal(fileread(path, &b), 0);
	assert_string_equal(bufstr(&b), want);
	buffree(&b);
}

#endif
