/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One transfer: from a URL to the end of a part, with libcurl's multi interface. */
#ifndef FETCH_XFER_H
#define FETCH_XFER_H

#include <curl/curl.h>
#include <stdbool.h>

#include "cmdline.h"
#include "part.h"
#include "retry.h"

struct xfer {
	CURL *easy;	     /* NULL: no transfer */
	struct part *part;   /* destination; borrowed */
	off_t start;	     /* length of the part when the body began */
	off_t rangestart;    /* offset of the body, from Content-Range; -1: not given */
	bool http;	     /* the URL is http or https */
	bool begun;	     /* once the body began */
	bool discard;	     /* the body is not the file (a redirect's page) */
	bool restart;	     /* the body starts at another place than asked for */
	off_t max;	     /* maximum length of the part */
	off_t got;	     /* bytes added to the part */
	off_t head;	     /* bytes of headers so far */
	off_t page;	     /* bytes discarded so far */
	const char *refused; /* why the response was rejected; NULL: it was not */
	int error;	     /* errno of a failed write; 0: none */
	char text[CURL_ERROR_SIZE];
};

/*
 * Return why url cannot be fetched (caller frees), or NULL if it can. A file URL must name a
 * regular file: libcurl would wait for a fifo, and read a device without end.
 */
char *xferplace(const char *url);

/*
 * Start a transfer from url in multi; only the bytes after those in the part are requested. owner
 * is returned by CURLINFO_PRIVATE. Returns 0, or -1 if libcurl fails.
 */
int xferstart(struct xfer *x, CURLM *multi, const char *url, struct part *part, void *owner,
	      const struct config *c);

/* Return the final length of the part; 0 if not known yet. */
off_t xfertotal(const struct xfer *x);

/* Return the average speed so far, in bytes per second. */
off_t xferspeed(const struct xfer *x);

/*
 * Return the result of the transfer that ended with code. Sets *to to the target of a redirect
 * (caller frees), or NULL.
 */
struct outcome xferoutcome(const struct xfer *x, CURLcode code, char **to);

/* Return the reason for result *o in words; the caller frees it. */
char *xferwhy(const struct xfer *x, const struct outcome *o);

/* Remove it from multi, ended or not. Does nothing if there is no transfer. */
void xferclose(struct xfer *x, CURLM *multi);

#endif
