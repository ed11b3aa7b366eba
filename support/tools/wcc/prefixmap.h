/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The places: the directories that a package may use, and their names in its output. The
 * environment names them: SRC, BUILD, FILES, IMAGE, SYSROOT and HOST.
 */
#ifndef WCC_PREFIXMAP_H
#define WCC_PREFIXMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct place {
	char *from; /* absolute, without ".", ".." and a trailing slash; owned */
	char *to;   /* its name in the output, such as /src/zlib; owned */
};

/* Zero-initialise before use. */
struct places {
	struct place item[12]; /* each as given and, if that differs, as realpath returns it */
	size_t len;
};

/*
 * Read the places from the environment. Unset variables are skipped. name is appended to /src,
 * /build and so on, to tell packages apart; NULL for none. Returns NULL, or the name of a variable
 * that is not an absolute path.
 */
const char *placesread(struct places *p, const char *name);
void placesfree(struct places *p);

/*
 * Append gcc's prefix maps to args, the longest path last, because gcc tries the last map first.
 * They are not -ffile-prefix-map, because that would override a -fmacro-prefix-map of the package
 * (Linux has one).
 */
void placesflags(const struct places *p, struct strlist *args);

/*
 * Return the name of path in the output. A relative path is relative to directory cwd. Caller
 * frees.
 */
char *placesname(const struct places *p, const char *cwd, const char *path);

/* Return whether path is in one of the places. */
bool placeshold(const struct places *p, const char *path);

/*
 * Return whether path belongs to the build machine: it is in one of its system trees or home
 * directories, and neither in a place nor in gcc's own directories. Always false for a relative
 * path.
 */
bool placesforeign(const struct places *p, const char *path);

/*
 * Set *why (caller frees) to the error message for the rejected argument option, sep, path. Returns
 * -1.
 */
int foreignrefuse(const char *option, const char *sep, const char *path, char **why);

/* Return whether path is in a directory of gcc itself, such as the one of libgcc.a. */
bool gccowns(const char *path);

/*
 * Return path without ".", ".." and double slashes. The file system is not accessed. Caller frees.
 */
char *placeclean(const char *path);

#endif
