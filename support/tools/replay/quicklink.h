/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The linker and nm as the kernel's scripts/link-vmlinux.sh calls them, with less to do. The script
 * links the kernel three times: without the table of symbols, to have its size; with a table of
 * that size, to have the addresses; and with the right table. The size is the same as in the last
 * build nearly always, so that the first link with the last table gives what the second one would.
 *
 * Makefile.vmlinux gets a PATH in which these programs are links to replay. Calls that are not
 * exactly the ones that are meant here run the real programs.
 */
#ifndef REPLAY_QUICKLINK_H
#define REPLAY_QUICKLINK_H

#include <stdbool.h>

/* The variable of the environment that has the directory of this: links in bin, and what is kept.
 */
#define QUICKLINK_DIR "REPLAY_LINK"

/*
 * Whether the linker ld and nm can be stood in for, in a build in that directory: they are names of
 * programs in PATH, which cannot have a directory with a colon.
 */
bool quicklinkcan(const char *build, const char *ld, const char *nm);

/* Prepare dir, absolute: its links to this program, for ld and nm. Returns 0, or -1 with errno. */
int quicklinkprepare(const char *dir, const char *ld, const char *nm);

/* Whether this program was called by such a link. */
bool quicklinkcalled(const char *name);

/* Be the program name: does not return. */
void quicklinkrun(char **argv) __attribute__((noreturn));

#endif
