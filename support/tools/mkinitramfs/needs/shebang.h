/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parsing of the first line of a script, as the kernel does it. */
#ifndef MKINITRAMFS_SHEBANG_H
#define MKINITRAMFS_SHEBANG_H

#include <stdbool.h>
#include <stddef.h>

#define SHEBANG_LIMIT 256 /* bytes of a file that the kernel looks at */

/* Zero-initialise before use. */
struct shebang {
	char *interp; /* the interpreter's path, owned */
	char *arg;    /* its only argument, owned; NULL if there is none */
};

/* Return whether data starts like a script. */
bool shebangis(const char *data, size_t len);

/*
 * Parse the line. Returns NULL, or the reason why the kernel does not run the script, without a
 * full stop.
 */
const char *shebangread(struct shebang *s, const char *data, size_t len);

/* Return the program that env runs; NULL if the interpreter is not env. Caller frees. */
char *shebangenv(const struct shebang *s);

void shebangfree(struct shebang *s);

#endif
