/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Password hashes as in the second field of /etc/shadow. */
#ifndef MKPASSWD_HASH_H
#define MKPASSWD_HASH_H

#include <stdbool.h>

/* Whether text claims to be a hash already: $, one to four letters or digits, $. */
bool ishash(const char *text);

/* What is wrong with such a text as a hash, static; NULL if it looks sound. */
const char *hashreason(const char *text);

/*
 * The SHA-512 crypt(3) hash of password, its salt derived from seed alone: the same two give
 * the same hash. The caller frees it. NULL with errno set.
 */
char *hashmake(const char *password, const char *seed);

#endif
