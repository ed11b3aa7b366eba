/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Our terminal as the guest's: each key goes through as it is. */
#ifndef RUNQEMU_TERM_H
#define RUNQEMU_TERM_H

/* Make the terminal of standard input raw; undone by termrestore, at the latest when we exit. */
void termraw(void);
void termrestore(void);

/* Its size in characters; 0 and 0 if that is not known. */
void termsize(unsigned *rows, unsigned *columns);

#endif
