/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Suggestions for an unknown symbol. */
#ifndef KMERGE_SUGGEST_H
#define KMERGE_SUGGEST_H

#include "kconfig/kconfig.h"

/*
 * Return the symbol of k that is most similar to the unknown name: one with a small edit distance,
 * or one with words added before or after name, as renames do. Returns NULL if none is similar.
 */
const char *suggest(const struct kconfig *k, const char *name);

#endif
