/* SPDX-License-Identifier: GPL-2.0-or-later */
/* vmlinux of the link that was made ahead, if no symbol has moved. */
#ifndef REPLAY_FINISH_H
#define REPLAY_FINISH_H

/*
 * If the link that was made ahead has the symbols of the last build's second link, the table in it
 * is the right one: make it vmlinux, and do what the script does after its last link. args are the
 * path of the script; and the command of vmlinux as kbuild recorded it, for a shell, in which that
 * path stands. If something differs, or fails, vmlinux is left to kbuild: it is older than what it
 * is made of, or gone.
 *
 * Without args: if it is so, give vmlinux the date of now, which is that of a target that is up to
 * date, now that vmlinux.o is made, too. Returns the exit status, which is 0.
 */
int finish(char **args);

#endif
