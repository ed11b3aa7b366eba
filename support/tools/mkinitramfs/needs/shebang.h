/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first line of a script, as the kernel reads it. */
#ifndef MKINITRAMFS_SHEBANG_H
#define MKINITRAMFS_SHEBANG_H

#include <stdbool.h>
#include <stddef.h>

#define SHEBANG_LIMIT 256 /* bytes of a file that the kernel looks at */

/* Zero-initialise before use. */
struct shebang {
	char *interp; /* the interpreter's path, owned */
	char *arg;    /* the one argument that it is given, owned; NULL if there is none */
};

/* Whether data begins as a script. */
bool shebangis(const char *data, size_t len);

/* Take the line apart. NULL, or why the kernel does not run it: text without a full stop. */
const char *shebangread(struct shebang *s, const char *data, size_t len);

/* The program that env is told to run; NULL if the interpreter is not env. The caller frees it. */
char *shebangenv(const struct shebang *s);

void shebangfree(struct shebang *s);

#endif
