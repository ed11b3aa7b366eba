/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules for the symbols of a Kconfig file, in addition to its syntax. */
#ifndef CHECKRECIPE_SYMBOLS_H
#define CHECKRECIPE_SYMBOLS_H

#include "base/buf.h"
#include "findings.h"
#include "kconf.h"

/*
 * Check that every symbol has help, and that every PACKAGE_ symbol in an expression is one of a
 * package in known. In the file of a package (NULL: none), symbols must have the prefix of that
 * package, and PACKAGE_<NAME> must be a bool with a prompt.
 */
void symbolscheck(const char *file, const struct kconf *k, const char *package,
		  const struct strlist *known, struct report *r);

#endif
