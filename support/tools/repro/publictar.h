/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A tar archive for people, whose tar may be any: archive/pack.h is for the store, and says of
 * names what GNU tar warns of.
 */
#ifndef REPRO_PUBLICTAR_H
#define REPRO_PUBLICTAR_H

/*
 * Write the files of the directory dir to fd, compressed by zstd, below a directory top. They are
 * sorted, belong to root, and all times are epoch, seconds since 1970; a file that its owner can
 * execute has mode 0755, all others 0644. Returns 0, or -1 with *why set (caller frees).
 */
int publictarwrite(const char *dir, const char *top, long epoch, int fd, char **why);

#endif
