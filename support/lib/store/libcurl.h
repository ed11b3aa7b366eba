/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The functions of libcurl that we use, loaded on first use. Most runs of programs that may use a
 * remote store do not, and loading libcurl with its forty libraries takes longer than their own
 * work.
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

/* Return the functions, or NULL if libcurl cannot be loaded. */
const struct libcurl *libcurl(void);

#endif
