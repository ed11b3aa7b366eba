/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SHA-256 (FIPS 180-4) through OpenSSL's EVP interface. Functions return 0, or -1 with errno set.
 * They print nothing.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#define DIGESTHEX 65 /* 64 lower-case hex digits and a NUL */

struct digest; /* a digest that is being computed */

struct digest *digestnew(void); /* never NULL; digestend frees it */
void digestadd(struct digest *d, const void *data, size_t len);
void digestend(struct digest *d, char hex[DIGESTHEX]); /* write the result, free d */

void digestbytes(const void *data, size_t len, char hex[DIGESTHEX]);
int digestfd(int fd, char hex[DIGESTHEX]); /* from fd's current offset to end of file */
int digestfile(const char *path, char hex[DIGESTHEX]);
/* Compute the digest of a regular file. regopen (file.h) opens it with O_RDONLY and these flags. */
int digestreg(const char *path, int flags, char hex[DIGESTHEX]);

/* Return whether s consists of 64 lower-case hex digits. */
bool digestvalid(const char *s);

#endif
