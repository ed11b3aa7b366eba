/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The trace of a guest's kernel once more, with files and lines. */
#ifndef RUNQEMU_DECODED_H
#define RUNQEMU_DECODED_H

#include "console.h"
#include "options.h"

/*
 * Append the traces from the report on that the console kept to out, as annotate.h has them, if
 * the kernel's vmlinux with debug information is among its files (options.h), and is that of the
 * guest. If it has no debug information, append how it gets that. Else nothing.
 */
void decodedshow(const struct console *c, const struct options *o, struct buf *out);

#endif
