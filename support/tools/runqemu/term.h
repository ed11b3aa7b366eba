/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Our terminal as the guest's: each key is passed on. */
#ifndef RUNQEMU_TERM_H
#define RUNQEMU_TERM_H

/* Set the terminal of standard input to raw mode. termrestore undoes it; it also runs at exit. */
void termraw(void);
void termrestore(void);

/* Set *rows and *columns to its size in characters; 0 and 0: not known. */
void termsize(unsigned *rows, unsigned *columns);

#endif
