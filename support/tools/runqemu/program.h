/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a program is. */
#ifndef RUNQEMU_PROGRAM_H
#define RUNQEMU_PROGRAM_H

/* The path of the program that execvp would run for name; NULL: there is none. Caller frees. */
char *programfind(const char *name);

#endif
