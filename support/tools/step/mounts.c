// SPDX-License-Identifier: GPL-2.0-or-later
#include "mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"

/* Constants of the kernel; the same on all architectures. */
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

/* Return a detached copy of the mounts at path and below, as a descriptor; or -1. */
static int mountcopy(const char *path)
{
	return (int)syscall(OPENTREE, AT_FDCWD, path, CLONE | RECURSIVE | O_CLOEXEC);
}

/* Mount such a copy over path. */
static int mountplace(int tree, const char *path)
{
	return (int)syscall(MOVEMOUNT, tree, "", AT_FDCWD, path, DESCRIPTOR);
}

/*
 * Check that mounting works, before anything is read-only: mount path over itself, which does no
 * harm.
 */
static int mountworks(const char *path)
{
	int tree = mountcopy(path);
	int ret = tree < 0 ? -1 : mountplace(tree, path);
	int err = errno;

	if (tree >= 0)
		close(tree);
	errno = err;
	return ret;
}

/*
 * Mount each tree at its place; then resolve the current directory again, so that paths lead
 * through the new mounts.
 */
static int placeall(const int *trees, const char *const *places, size_t n)
{
	char *cwd = getcwd(NULL, 0);
	int ret = cwd ? 0 : -1;

	for (size_t i = 0; ret == 0 && i < n; i++)
		ret = trees[i] < 0 ? 0 : mountplace(trees[i], places[i]);
	if (ret == 0)
		ret = chdir(cwd);
	free(cwd);
	return ret;
}

int mountsonly(const char *const *places, size_t n)
{
	struct attributes readonly = { .set = RDONLY };
	int *trees = xcalloc(n, sizeof(*trees));
	int ret = mountworks(places[n - 1]);
	int err;

	for (size_t i = 0; i < n; i++)
		trees[i] = ret == 0 ? mountcopy(places[i]) : -1;
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
