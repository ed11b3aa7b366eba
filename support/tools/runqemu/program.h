/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Searching PATH for a program. */
#ifndef RUNQEMU_PROGRAM_H
#define RUNQEMU_PROGRAM_H

/* Return the path of the program that execvp would run for name, or NULL; the caller frees it. */
char *programfind(const char *name);

#endif
