/* SPDX-License-Identifier: GPL-2.0-or-later */
/* URLs as text: what is allowed, how they are put together and how they are shown. */
#ifndef BASE_URL_H
#define BASE_URL_H

#include <stdbool.h>

/* What is wrong with url as a place to fetch from, or NULL if nothing is. */
const char *urlerror(const char *url);

/* Nonzero for http and https. */
bool urlhttp(const char *url);

/* url with the password of "user:password@" replaced by ***; caller frees. */
char *urlshow(const char *url);

/* The host, with its port if it has one; "file" for a file URL; caller frees. */
char *urlhost(const char *url);

/*
 * base/path; trailing slashes of base are dropped (some servers refuse doubled ones). path is a
 * file name: what a URL reserves is escaped, '+' is sent as it is. Caller frees.
 */
char *urljoin(const char *base, const char *path);

/* Whether a server at from may send us on to to: http or https, and never from https to http. */
bool urlredirect(const char *from, const char *to);

#endif
