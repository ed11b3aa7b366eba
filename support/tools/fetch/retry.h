/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What to do after a transfer, and how long to wait before the next try. */
#ifndef FETCH_RETRY_H
#define FETCH_RETRY_H

#include <curl/curl.h>
#include <stdbool.h>

/* If a server asks for a longer pause, in seconds, it is not used again in this run. */
#define RETRY_AFTER_MAX 60

/* The result of a transfer. */
struct outcome {
	CURLcode code;	 /* libcurl's result */
	long status;	 /* HTTP status; 0: no response */
	long retryafter; /* seconds to wait, from the server (retrywait); 0: none */
	bool connected;	 /* once the server was reached */
	bool restart;	 /* it answered with a range that was not asked for */
	bool refused;	 /* it sent more than we take */
};

enum verdict {
	GOT,	     /* the body is complete: verify it */
	AGAIN,	     /* a temporary failure: pause, then try the same URL */
	UNREACHABLE, /* no connection: try the other URLs first, then this one again */
	ELSEWHERE,   /* permanent failure: try the next URL */
	RESTART,     /* resuming failed: fetch the whole file */
	REDIRECT,    /* follow a redirect */
};

/* Decide what to do after the result *o. */
enum verdict retryjudge(const struct outcome *o);

/*
 * Return the seconds to wait that a server asks for, from its HTTP status and its Retry-After value
 * said (seconds from now; any number, negative for a past date). It counts only with status 429 and
 * 503. The result is between 0 and INT_MAX.
 */
long retrywait(long status, long long said);

/*
 * Return the milliseconds to wait after try number tries (from 1): base, doubled with each try, at
 * most 30 s; plus up to half of that, chosen by random (any number).
 */
unsigned retrypause(unsigned base, unsigned tries, unsigned random);

#endif
