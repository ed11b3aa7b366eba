// SPDX-License-Identifier: GPL-2.0-or-later
#include "mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"

/* As the kernel has them, on all machines. */
enum {
	OPENTREE = 428,
	MOVEMOUNT = 429,
	MOUNTSETATTR = 442,
	CLONE = 1,	    /* OPEN_TREE_CLONE */
	RECURSIVE = 0x8000, /* AT_RECURSIVE */
	DESCRIPTOR = 4,	    /* MOVE_MOUNT_F_EMPTY_PATH */
	RDONLY = 1,	    /* MOUNT_ATTR_RDONLY */
};

/* struct mount_attr of <linux/mount.h> */
struct attributes {
	uint64_t set, clear, propagation, userns;
};

/* The mounts at path and below, as a descriptor of a tree beside all others. */
static int copy(const char *path)
{
	return (int)syscall(OPENTREE, AT_FDCWD, path, CLONE | RECURSIVE | O_CLOEXEC);
}

/* Put such a tree over path; what was there is below. */
static int place(int tree, const char *path)
{
	return (int)syscall(MOVEMOUNT, tree, "", AT_FDCWD, path, DESCRIPTOR);
}

/* See that trees can be placed, while nothing is read-only: over its own place one does no harm. */
static int try(const char *path)
{
	int tree = copy(path);
	int ret = tree < 0 ? -1 : place(tree, path);
	int err = errno;

	if (tree >= 0)
		close(tree);
	errno = err;
	return ret;
}

/* Each to its place, and from where we are, paths lead through these. */
static int placeall(const int *trees, const char *const *places, size_t n)
{
	char *cwd = getcwd(NULL, 0);
	int ret = cwd ? 0 : -1;

	for (size_t i = 0; ret == 0 && i < n; i++)
		ret = trees[i] < 0 ? 0 : place(trees[i], places[i]);
	if (ret == 0)
		ret = chdir(cwd);
	free(cwd);
	return ret;
}

int mountsonly(const char *const *places, size_t n)
{
	struct attributes readonly = { .set = RDONLY };
	int *trees = xcalloc(n, sizeof(*trees));
	int ret = try(places[n - 1]);
	int err;

	for (size_t i = 0; i < n; i++)
		trees[i] = ret == 0 ? copy(places[i]) : -1;
	if (ret == 0)
		ret = (int)syscall(MOUNTSETATTR, AT_FDCWD, "/", RECURSIVE, &readonly,
				   sizeof(readonly));
	if (ret == 0)
		ret = placeall(trees, places, n);
	err = errno;
	for (size_t i = 0; i < n; i++) {
		if (trees[i] >= 0)
			close(trees[i]);
	}
	free(trees);
	errno = err;
	return ret;
}
