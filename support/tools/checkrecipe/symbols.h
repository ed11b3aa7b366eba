/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rules for the symbols of a Kconfig file, beyond those of its language.
 */
#ifndef CHECKRECIPE_SYMBOLS_H
#define CHECKRECIPE_SYMBOLS_H

#include "base/buf.h"
#include "findings.h"
#include "kconf.h"

/*
 * Every symbol has help; every PACKAGE_ symbol asked for is that of a package in known. In
 * the file of a package (NULL if it is none) names begin as that package's do, and
 * PACKAGE_<NAME> is a bool with a prompt.
 */
void symbolscheck(const char *file, const struct kconf *k, const char *package,
		  const struct strlist *known, struct report *r);

#endif
