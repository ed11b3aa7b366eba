/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Settings from the command line: "PACKAGE_LUA=y QEMU_CPUS=2 ROOTFS_GREETING='Hello, you'". */
#ifndef KMERGE_ASSIGNMENTS_H
#define KMERGE_ASSIGNMENTS_H

#include "explain.h"

/*
 * Add the settings in text to c: words NAME=VALUE, where NAME may start with CONFIG_, quotes
 * protect blanks, and a backslash quotes the next character. tree gives the types of the symbols;
 * the values of strings get quotes. Returns 0, or -1 after appending a line to errors for each
 * error. The valid settings are added in both cases.
 */
int optionsread(struct config *c, const char *text, const struct kconfig *tree, struct buf *errors);

/*
 * Add to wanted (file "OPTIONS") the dependencies of its settings with value y: those that are
 * booleans with a prompt and that wanted does not set. base is the configuration to be changed.
 * Appends a line to told for each.
 */
void optionsresolve(struct config *wanted, const struct config *base, const struct kconfig *tree,
		    struct buf *told);

#endif
