/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checking, joining and printing of URLs. */
#ifndef BASE_URL_H
#define BASE_URL_H

#include <stdbool.h>

/* Check that url can be fetched from. Returns NULL, or an error message. */
const char *urlerror(const char *url);

/* Return whether the scheme is http or https. */
bool urlhttp(const char *url);

/* Return url with the password in "user:password@" replaced by ***. Caller frees. */
char *urlshow(const char *url);

/* Return the host, with its port if it has one, or "file" for a file URL. Caller frees. */
char *urlhost(const char *url);

/*
 * Return base/path. Trailing slashes of base are removed, because some servers reject double
 * slashes. path is a file name: reserved characters are escaped, but '+' is kept. Caller frees.
 */
char *urljoin(const char *base, const char *path);

/*
 * Return whether a server at from may redirect to to: http or https only, and never from https to
 * http.
 */
bool urlredirect(const char *from, const char *to);

#endif
