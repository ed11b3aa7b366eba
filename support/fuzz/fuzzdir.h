/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For parsers that read files: an empty directory for them. */
#ifndef FUZZ_FUZZDIR_H
#define FUZZ_FUZZDIR_H

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "fs/file.h"
#include "fs/remove.h"

static char scratch[] = "/dev/shm/whittle-fuzz.XXXXXX"; /* in memory: that is fast */
static char elsewhere[] = "/tmp/whittle-fuzz.XXXXXX";
static char *place = scratch;

static void scratchremove(void)
{
	if (chdir("/") == 0)
		treeremove(place);
}

/* Make it when first called, and the current directory. It goes when the program ends. */
static inline void scratchenter(void)
{
	static int made;

	if (made++)
		return;
	if (!mkdtemp(place))
		place = mkdtemp(elsewhere);
	if (!place || chdir(place) < 0)
		abort();
	atexit(scratchremove);
}

/* Make the file at path, in a directory that is there, of these bytes. In place: that is fast. */
static inline void scratchput(const char *path, const void *data, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || writeall(fd, data, size) < 0 || close(fd) < 0)
		abort();
}

#endif
