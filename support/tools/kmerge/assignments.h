/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options as a person types them: "PACKAGE_LUA=y QEMU_CPUS=2 ROOTFS_GREETING='Hello, you'". */
#ifndef KMERGE_ASSIGNMENTS_H
#define KMERGE_ASSIGNMENTS_H

#include "explain.h"

/*
 * Apply to c the settings in text: words NAME=VALUE, NAME with or without CONFIG_, in which quotes
 * keep blanks and a backslash quotes what follows it. tree tells each symbol's type, by which a
 * string gets its quotes. Returns 0; -1 if something is wrong: then lines that tell what are added
 * to errors. What is right is applied in any case.
 */
int optionsread(struct config *c, const char *text, const struct kconfig *tree, struct buf *errors);

/*
 * Add to wanted (file "OPTIONS") what its settings depend on, as far as those are booleans that a
 * prompt lets one set and wanted says nothing of: they become y. base is the configuration that is
 * to be changed. Lines that tell each are added to told.
 */
void optionsresolve(struct config *wanted, const struct config *base, const struct kconfig *tree,
		    struct buf *told);

#endif
