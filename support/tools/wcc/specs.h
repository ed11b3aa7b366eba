/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The specs that turn gcc into a compiler for musl: with them gcc itself decides, as it always
 * does, what a command line compiles and links; only where it looks is different. $SYSROOT is
 * read from the environment when gcc evaluates them.
 */
#ifndef WCC_SPECS_H
#define WCC_SPECS_H

#include <stdbool.h>

#include "base/buf.h"

/* What the specs depend on. */
struct specs {
	bool dynamic;	/* link programs dynamically unless told -static; else statically, always */
	bool lgcc;	/* let -lgcc and -lgcc_eh be found */
	bool haslibc;	/* the sysroot has the start files of a C library */
	bool hasshared; /* and that library as libc.so */
};

/* Append the text of a specs file to out. */
void specswrite(const struct specs *s, struct buf *out);

#endif
