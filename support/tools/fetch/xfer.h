/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One transfer: from a URL to the end of a part, by libcurl's multi interface. */
#ifndef FETCH_XFER_H
#define FETCH_XFER_H

#include <curl/curl.h>
#include <stdbool.h>

#include "cmdline.h"
#include "part.h"
#include "retry.h"

struct xfer {
	CURL *easy;	     /* NULL when none is under way */
	struct part *part;   /* what it adds to; borrowed */
	off_t start;	     /* length of the part when the body began */
	off_t rangestart;    /* where the body belongs, as the server says; -1 if it does not say */
	bool http;	     /* the URL is http or https */
	bool begun;	     /* once the body began */
	bool discard;	     /* the body is not the file (a redirect's page) */
	bool restart;	     /* the body starts at another place than asked for */
	off_t max;	     /* bytes that the part may have */
	off_t got;	     /* bytes added to the part */
	off_t head;	     /* bytes of headers so far */
	off_t page;	     /* bytes discarded so far */
	const char *refused; /* what we do not take, in words; NULL: all was taken */
	int error;	     /* errno of a write that failed, or 0 */
	char text[CURL_ERROR_SIZE];
};

/*
 * Why there can be no transfer from url (caller frees), or NULL: what a file URL names has to be a
 * regular file, since libcurl would wait for a fifo, and read a device without end.
 */
char *xferplace(const char *url);

/*
 * Start a transfer from url in multi; what the part holds already is not asked for again.
 * owner is what CURLINFO_PRIVATE gives. Returns 0, or -1 if libcurl refuses.
 */
int xferstart(struct xfer *x, CURLM *multi, const char *url, struct part *part, void *owner,
	      const struct config *c);

/* Bytes that the part will hold at the end; 0 while that is not known. */
off_t xfertotal(const struct xfer *x);

/* Average speed so far, bytes a second. */
off_t xferspeed(const struct xfer *x);

/* The transfer has ended with code: tell how. *to becomes where a redirect leads, or NULL; owned.
 */
struct outcome xferoutcome(const struct xfer *x, CURLcode code, char **to);

/* Why it ended that way, in words; caller frees. */
char *xferwhy(const struct xfer *x, const struct outcome *o);

/* Take it out of multi, ended or not; harmless if none is under way. */
void xferclose(struct xfer *x, CURLM *multi);

#endif
