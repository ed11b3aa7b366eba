/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One file from, or to, a server by HTTP: plain GET and PUT, no redirects. Given up are a
 * connection that takes longer than 3 seconds, and a transfer that stands still for 10.
 * A user's name and password may be in the address or in ~/.netrc.
 */
#ifndef STORE_REMOTE_H
#define STORE_REMOTE_H

enum remote {
	REMOTE_DONE,
	REMOTE_NONE,	/* the server has no such file */
	REMOTE_REFUSED, /* the server answers, but neither with the file nor with that */
	REMOTE_DOWN,	/* there is no server, or none that goes on answering */
	REMOTE_FAILED,	/* the trouble is here, or with this file */
};

/*
 * Write what address has to fd, at most limit bytes. Except when done or none there, *why
 * (caller frees) says what went wrong.
 */
enum remote remoteget(const char *address, int fd, unsigned long long limit, char **why);

/* Store all that is in the file fd at address; its offset is not used. *why as above. */
enum remote remoteput(const char *address, int fd, char **why);

#endif
