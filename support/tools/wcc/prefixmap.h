/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a package may look, and what those places are called in its output. The places are the
 * directories that the environment names: SRC, BUILD, FILES, IMAGE, SYSROOT and HOST.
 */
#ifndef WCC_PREFIXMAP_H
#define WCC_PREFIXMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct place {
	char *from; /* absolute, without . and .. and a closing slash; owned */
	char *to;   /* the name it has in output, such as /src/zlib; owned */
};

/* Zero-initialise before use. */
struct places {
	struct place item[12]; /* each as it is named and, if that differs, as realpath says */
	size_t len;
};

/*
 * Read the places from the environment; a variable that is not set is left out. name is added
 * to /src, /build and so on, so that packages can be told apart; NULL for none. Returns NULL,
 * or the name of a variable that is not an absolute path.
 */
const char *placesread(struct places *p, const char *name);
void placesfree(struct places *p);

/*
 * Add gcc's prefix maps to args, the longest last: that is the one gcc tries first. The maps are
 * not -ffile-prefix-map, which would outrank a -fmacro-prefix-map of the package (Linux has one).
 */
void placesflags(const struct places *p, struct strlist *args);

/* The name that path has in output; a relative path is taken from directory cwd. Caller frees. */
char *placesname(const struct places *p, const char *cwd, const char *path);

/* Does path lie in one of the places? */
bool placeshold(const struct places *p, const char *path);

/*
 * Does path belong to the machine that builds: in one of its system trees or home directories,
 * and neither in a place nor in gcc's own directories? A relative path never does.
 */
bool placesforeign(const struct places *p, const char *path);

/* Set *why (caller frees) to the message that refuses the argument option, sep, path. Returns -1.
 */
int foreignrefuse(const char *option, const char *sep, const char *path, char **why);

/* Is path in a directory that belongs to gcc itself, as that of libgcc.a does? */
bool gccowns(const char *path);

/* Path without . and .. and double slashes, by its letters alone; caller frees. */
char *placeclean(const char *path);

#endif
