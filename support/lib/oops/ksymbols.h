/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The symbols and debug information of a kernel and its modules: which function, file and line a
 * place of code is, and what is inlined there.
 */
#ifndef OOPS_KSYMBOLS_H
#define OOPS_KSYMBOLS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "oops/code.h"
#include "oops/frames.h"

struct symbols;

enum lookup {
	LOOKUP_FOUND,	 /* there are frames, with or without a path and line */
	LOOKUP_NOMODULE, /* there is no file of the module */
	LOOKUP_NOSYMBOL, /* there is no such function, or no code at the address */
	LOOKUP_OTHER, /* it is another one: the function's size or the module's build ID differs */
};

/*
 * Open vmlinux. Modules (NAME.ko, also compressed) are looked for in the files and below the
 * directories of where, when they are needed; where stays the caller's and must outlive the result.
 * Returns NULL if vmlinux cannot be used, and sets *why to the reason (caller frees).
 */
struct symbols *symbolsopen(const char *vmlinux, const struct strlist *where, char **why);

void symbolsclose(struct symbols *s); /* s may be NULL */

/* Whether vmlinux has debug information: without, frames have no path. */
bool symbolslines(const struct symbols *s);

/* Return vmlinux's "Linux version ..."; "" if it has none. */
const char *symbolsbanner(struct symbols *s);

/* Return vmlinux's build ID in hexadecimal; "" if it has none. */
const char *symbolsbuildid(const struct symbols *s);

/*
 * Return the directory of the kernel's sources, as the build named it, with a slash at the end; ""
 * if it is not known.
 */
const char *symbolsroot(const struct symbols *s);

/*
 * Whether a place that has both a name and an address tells how far the kernel was moved from
 * vmlinux's addresses; then *by is set to that.
 */
bool symbolsmoved(struct symbols *s, const struct code *c, uint64_t *by);

/*
 * Append the functions at a place of code to out; moved: how far the kernel was moved. A module
 * that was opened stays open.
 */
enum lookup symbolslook(struct symbols *s, const struct code *c, uint64_t moved,
			struct frames *out);

#endif
