/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Transfer of one file from, or to, an HTTP server: plain GET and PUT, no redirects. Timeouts: 3
 * seconds for connecting, 10 seconds below 16 KiB/s, 30 minutes. A user name and password may be in
 * the URL or in ~/.netrc.
 */
#ifndef STORE_REMOTE_H
#define STORE_REMOTE_H

enum remote {
	REMOTE_DONE,
	REMOTE_NONE,	/* the server has no such file */
	REMOTE_REFUSED, /* the server answers with another status */
	REMOTE_DOWN,	/* no server, or it stopped answering */
	REMOTE_FAILED,	/* a local error, or one of this file */
};

/*
 * Write the file at address to fd, at most limit bytes. On any result but REMOTE_DONE and
 * REMOTE_NONE, *why (caller frees) is the reason.
 */
enum remote remoteget(const char *address, int fd, unsigned long long limit, char **why);

/* Find out whether there is a file at address: REMOTE_DONE or REMOTE_NONE. *why as above. */
enum remote remotehas(const char *address, char **why);

/* Store the whole file fd at address; its offset is ignored. *why as above. */
enum remote remoteput(const char *address, int fd, char **why);

#endif
