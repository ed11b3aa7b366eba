/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Titles of reports, as syzkaller gives them: "KASAN: slab-use-after-free Read in foo". One fault
 * has one title, whatever the addresses, numbers and helpers in its report.
 *
 * In a title of kinds.c %f is the function, %0 the line, %r its rest after the start of the kind,
 * %w the rest's words up to " in ", " on " or "(", %o the line up to " on CPU", %a whether a memory
 * access is "Read" or "Write", %n the next line.
 */
#ifndef OOPS_TITLE_H
#define OOPS_TITLE_H

#include <stddef.h>

#include "oops/klog.h"

/*
 * Return the title of the report of that kind, which the line of index begins, at at (klogkind).
 * Caller frees.
 */
char *titleof(const struct klog *log, size_t index, const struct kind *k, const char *at);

#endif
