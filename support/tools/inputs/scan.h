/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The facts that make needs before it reads recipes: the configuration and the packages, as make
 * variables.
 */
#ifndef INPUTS_SCAN_H
#define INPUTS_SCAN_H

#include "base/buf.h"
#include "base/digest.h"
#include "base/pairs.h"

/*
 * Append the symbols of a Kconfig .config as make assignments, one "CONFIG_X := value" each.
 * Strings lose their quotes, and make's special characters ($, #, \) are escaped. Values without
 * quotes consist of letters, digits and '-'. Returns 0; the number of the line (from 1) with errno
 * EINVAL if it is neither an assignment nor a comment; -1 with errno set if the file cannot be
 * read.
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
 * board in dir. bad, seen (of boards), kconfig and the return value are as for scanpackages.
 */
int scanboards(const char *dir, struct buf *out, struct strlist *kconfig, struct pairs *seen,
	       struct buf *bad);

/*
 * Return the first character of a file's name that is special to make or the shell, including white
 * space; 0 if there is none. PATH_UNFIT of support/make/given.mk has the same characters.
 */
char nameunfit(const char *name);

#endif
