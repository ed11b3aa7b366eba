/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The names that a recipe's variables may have after their package's prefix.
 */
#ifndef CHECKRECIPE_SUFFIX_H
#define CHECKRECIPE_SUFFIX_H

int suffixknown(const char *suffix);	    /* nonzero for the engine's names and private ones */
int suffixisstep(const char *suffix);	    /* nonzero for a step: its value is shell text */
const char *suffixnear(const char *suffix); /* the known one that was meant, NULL if none is near */

#endif
