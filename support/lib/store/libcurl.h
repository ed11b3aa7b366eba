/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What we use of libcurl, loaded when it is first asked for. Most runs of the programs that may
 * speak to a remote store have none, and libcurl with the forty libraries that it needs takes
 * longer to load than those programs take for their work: 4.2 ms (an empty program takes 1.5 ms
 * without it and 5.7 ms with it, medians of 41 runs in turn).
 */
#ifndef STORE_LIBCURL_H
#define STORE_LIBCURL_H

#include <curl/curl.h>

/* Functions of curl/easy.h, without their prefix. */
struct libcurl {
	__typeof__(curl_easy_init) *init;
	__typeof__(curl_easy_setopt) *setopt;
	__typeof__(curl_easy_perform) *perform;
	__typeof__(curl_easy_getinfo) *getinfo;
	__typeof__(curl_easy_strerror) *strerror;
	__typeof__(curl_easy_cleanup) *cleanup;
};

/* NULL if it cannot be loaded. */
const struct libcurl *libcurl(void);

#endif
