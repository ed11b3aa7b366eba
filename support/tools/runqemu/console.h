/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading a guest's console: above all, the kernel's last messages. A program in the guest that
 * prints text like the kernel's is believed, too.
 */
#ifndef RUNQEMU_CONSOLE_H
#define RUNQEMU_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "oops/trouble.h"

/*
 * Zero-initialise before use. The guest's text in panic and troubleline is escaped by bufvisible
 * (visible.h).
 */
struct console {
	struct buf tail;      /* the last lines, some KiB, raw */
	struct buf line;      /* the incomplete last line */
	bool cut;	      /* its beginning was removed: it was too long */
	size_t lines;	      /* number of complete lines */
	struct buf head;      /* beginning of the most important report, raw */
	size_t headat;	      /* number of lines before it */
	size_t headmore;      /* number of lines still to be added to it */
	struct buf trace;     /* all lines from the first report on, some hundred KiB, raw */
	char *panic;	      /* reason of the kernel's panic; NULL: none; owned */
	bool noinit;	      /* the reason is that there is no init */
	bool halted;	      /* the kernel has halted and cannot turn the machine off */
	bool off;	      /* it was about to turn the machine off */
	bool restarts;	      /* it was about to restart the machine */
	bool seen;	      /* it printed something */
	unsigned warnings;    /* number of warnings */
	unsigned lockups;     /* number of lockups: of the same one, too, which is told again */
	enum trouble trouble; /* the first trouble worse than a warning */
	char *troubleline;    /* its line; NULL: none; owned */
};

/* Process len bytes of console output. */
void consolefeed(struct console *c, const char *data, size_t len);

/*
 * Append the last lines to out, at most count; before them, the beginning of the kernel's report of
 * a trouble or a panic, if it is not among them: it has the reason and the place. All text is
 * escaped by bufvisible.
 */
void consoleshow(struct console *c, size_t count, struct buf *out);

void consolefree(struct console *c);

#endif
