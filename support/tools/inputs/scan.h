/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What make has to know before it can read a recipe: the configuration and the packages,
 * as make variables.
 */
#ifndef INPUTS_SCAN_H
#define INPUTS_SCAN_H

#include "base/buf.h"
#include "base/digest.h"
#include "base/pairs.h"

/*
 * Append the symbols of a Kconfig .config as make assignments, one "CONFIG_X := value" each;
 * strings lose their quotes, and what make would read as its own ($, #, \) is escaped; what is not
 * in quotes is letters, digits and '-'. A line that is no assignment and no comment is an error:
 * returns its number (from 1) and sets errno to EINVAL; otherwise 0, or -1 with errno when the file
 * cannot be read.
 */
long scanconfig(const char *path, struct buf *out);

/*
 * Append what lies in dir, a directory of packages: for each sub-directory NAME that holds
 * NAME.mk, with UP its name in upper case and '-' as '_':
 *   ALL_PACKAGES += NAME    NAME.prefix := UP    UP_PKGDIR := dir/NAME
 *   UP_PATCHES := its NNNN-*.patch, sorted   SHA256_NAME/FILE := digests, from NAME.hash
 * bad gets one line for each thing wrong, "FILE:LINE: what", and stays empty otherwise. seen has
 * the packages of the directories before this one with theirs; one of a name that is there is
 * wrong. Kconfig files are added to kconfig as "path". Returns 0, or -1 with errno.
 */
int scanpackages(const char *dir, struct buf *out, struct strlist *kconfig, struct pairs *seen,
		 struct buf *bad);

/*
 * Append "ALL_BOARDS += NAME", "BOARD_UP_NAME := UP" and "BOARD_DIR_NAME := dir/NAME" for each
 * board in dir. bad, seen (of boards), kconfig and the return value are as those of scanpackages.
 */
int scanboards(const char *dir, struct buf *out, struct strlist *kconfig, struct pairs *seen,
	       struct buf *bad);

/*
 * The first character of a file's name that make or the shell would take for something else, white
 * space too; 0 if there is none. PATH_UNFIT of support/make/given.mk has the same characters.
 */
char nameunfit(const char *name);

#endif
