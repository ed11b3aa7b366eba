/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The symbol that someone may have meant. */
#ifndef KMERGE_SUGGEST_H
#define KMERGE_SUGGEST_H

#include "kconfig/kconfig.h"

/*
 * The symbol of k that is likeliest meant by name, which is none: one that is a few letters off,
 * or name with words put before or after it, as renames do. NULL if none comes close.
 */
const char *suggest(const struct kconfig *k, const char *name);

#endif
