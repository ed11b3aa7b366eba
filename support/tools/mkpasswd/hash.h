/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Password hashes as in the second field of /etc/shadow. */
#ifndef MKPASSWD_HASH_H
#define MKPASSWD_HASH_H

#include <stdbool.h>

/* Return whether text looks like a hash: $, one to four letters or digits, $. */
bool ishash(const char *text);

/* Return what is wrong with such a text as a hash, a static text; NULL if it is valid. */
const char *hashreason(const char *text);

/*
 * Return the SHA-512 crypt(3) hash of password with a salt derived from seed only: the same
 * arguments give the same hash. The caller frees it. NULL with errno on failure.
 */
char *hashmake(const char *password, const char *seed);

#endif
