/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The prefix of a package's variables and symbols. */
#ifndef BASE_PACKAGEPREFIX_H
#define BASE_PACKAGEPREFIX_H

/*
 * Return the package's name in capitals with '_' for '-': LINUX_HEADERS for linux-headers. Caller
 * frees.
 */
char *packageprefix(const char *name);

/*
 * Return the name of the package's variable with this suffix: LINUX_HEADERS_VERSION. Caller frees.
 */
char *packagevar(const char *name, const char *suffix);

#endif
