/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What to do after a transfer has ended, and how long to wait before trying again. */
#ifndef FETCH_RETRY_H
#define FETCH_RETRY_H

#include <curl/curl.h>
#include <stdbool.h>

/* A server that asks for a longer pause, in seconds, is given up for this run. */
#define RETRY_AFTER_MAX 60

/* How a transfer ended. */
struct outcome {
	CURLcode code;	 /* as libcurl says */
	long status;	 /* of the HTTP response; 0 if there was none */
	long retryafter; /* seconds that the server asks for (retrywait), 0 if it does not */
	bool connected;	 /* once the server was reached */
	bool restart;	 /* it answered with a range that was not asked for */
	bool refused;	 /* it sent more than we take */
};

enum verdict {
	GOT,	     /* the body is complete: verify it */
	AGAIN,	     /* a passing fault: pause, then try the same URL */
	UNREACHABLE, /* no connection: try the other URLs first, then this one again */
	ELSEWHERE,   /* of no use: go on to the next URL */
	RESTART,     /* resuming does not work here: fetch the whole file */
	REDIRECT,    /* the server names another place */
};

enum verdict retryjudge(const struct outcome *o);

/*
 * Seconds that a server asks us to wait, by the status of its answer and what its Retry-After says
 * (relative to now, of any size, negative for a date in the past): it counts only with 429 and
 * 503. Never negative, and at most INT_MAX.
 */
long retrywait(long status, long long said);

/*
 * Milliseconds to wait before the try that follows the tries-th one (from 1): base doubles
 * with each, up to 30 s; then random, any number, adds up to a half.
 */
unsigned retrypause(unsigned base, unsigned tries, unsigned random);

#endif
