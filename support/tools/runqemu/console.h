/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a guest's console says of the guest: its kernel's last words above all. A program in the
 * guest that prints on the console what the kernel would print is believed, too.
 */
#ifndef RUNQEMU_CONSOLE_H
#define RUNQEMU_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "trouble.h"

/* Zero-initialise before use. What is the guest's in panic and troubleline is as bufvisible
 * (visible.h) has it. */
struct console {
	struct buf tail;      /* the last lines, some KiB of them, as they came */
	struct buf line;      /* the line that is not complete yet */
	bool cut;	      /* the beginning of that was taken already: it was too long */
	size_t lines;	      /* how many were taken */
	struct buf head;      /* how the report began that counts most, as it came */
	size_t headat;	      /* how many lines came before that */
	size_t headmore;      /* how many more lines belong to it */
	char *panic;	      /* the reason that the kernel gave for its panic; NULL: none; owned */
	bool noinit;	      /* that reason is that there is no init to run */
	bool halted;	      /* the kernel cannot turn the machine off and has stopped */
	bool seen;	      /* it has printed something */
	unsigned warnings;    /* how many it has printed */
	enum trouble trouble; /* the first that is worse than those */
	char *troubleline;    /* the line that told of it; NULL: none; owned */
};

/* Take len bytes of what the console shows. */
void consolefeed(struct console *c, const char *data, size_t len);

/*
 * Append the last lines to out, at most count of them, and before those how the kernel's report of
 * a trouble or a panic began, if that is not among them: with the reason, and where it was.
 * All is as bufvisible has it.
 */
void consoleshow(struct console *c, size_t count, struct buf *out);

void consolefree(struct console *c);

#endif
