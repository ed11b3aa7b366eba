/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Thin archives, as GNU ar writes them with 'T': names and sizes of objects, without their
 * contents. The format: "File format of thin archives" is in bfd/archive.c of binutils; headers are
 * those of ar(5).
 */
#ifndef REPLAY_THIN_H
#define REPLAY_THIN_H

#include "base/buf.h"

/*
 * Do what ar would do to archive, a path relative to the directory build, after the objects in
 * changed (relative to build, too; sorted) were compiled anew: write their sizes into it. It gets
 * the date of now. Returns 0; 1 if that is ar's matter, and nothing was written: it has an index of
 * symbols, or is no thin archive with names as kbuild's have them; -1 with errno.
 */
int thinupdate(const char *build, const char *archive, const struct strlist *changed);

#endif
