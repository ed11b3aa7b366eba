/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a guest's console says of the guest: its kernel's last words above all. */
#ifndef RUNQEMU_CONSOLE_H
#define RUNQEMU_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "trouble.h"

/* Zero-initialise before use. */
struct console {
	struct buf tail;      /* the last lines, some KiB of them */
	struct buf line;      /* the line that is not complete yet */
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

/* The last lines, at most count of them, each with its newline; valid until the next change. */
const char *consoletail(struct console *c, int count);

void consolefree(struct console *c);

#endif
