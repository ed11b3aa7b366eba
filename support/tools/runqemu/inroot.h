/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of a system that is in a directory, as that system finds them. */
#ifndef RUNQEMU_INROOT_H
#define RUNQEMU_INROOT_H

/*
 * Open path with flags (O_RDONLY ...) and O_CLOEXEC, as if the directory open at dir were the root:
 * neither links nor .. lead out of it. Returns a descriptor, or -1 with errno; ENOSYS: this
 * machine's kernel cannot.
 */
int inrootopen(int dir, const char *path, int flags);

#endif
