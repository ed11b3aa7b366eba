/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a path says of a file of the kernel's sources, or of a target: relative to these, or to the
 * build directory. */
#ifndef REPLAY_ROLE_H
#define REPLAY_ROLE_H

#include <stdbool.h>

/* Whether no build reads it, new or old: documentation, tests of user space. */
bool roleunread(const char *path);

/* Whether it is an editor's or patch's, a leftover or an index, which no #include names. */
bool roleleftover(const char *path);

/* Whether it is one of these: no build should read it. */
bool roleaside(const char *path);

/*
 * Whether a build reads it only as the records say: a C, assembler or header file, or a piece of
 * device tree, and not one of a program of the build.
 */
bool rolerecorded(const char *path);

/* Whether a file of the build directory is one of those that the image's own make looks after. */
bool roleimage(const char *path);

/* Whether a target is compiled while vmlinux and modules are linked, by kbuild's last makes. */
bool rolelink(const char *path);

/* Whether kbuild's last makes make a target of archives, or of objects of modules. */
bool rolelast(const char *path);

/* Whether a target lists the names of its objects: what is in these does not matter. */
bool rolenames(const char *path);

#endif
