/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the names of a package's variables and symbols begin with. */
#ifndef BASE_PACKAGEPREFIX_H
#define BASE_PACKAGEPREFIX_H

/* The package's name in capitals, with '_' for '-': LINUX_HEADERS of linux-headers. Caller frees.
 */
char *packageprefix(const char *name);

/* The variable of the package that ends in suffix: LINUX_HEADERS_VERSION. Caller frees. */
char *packagevar(const char *name, const char *suffix);

#endif
