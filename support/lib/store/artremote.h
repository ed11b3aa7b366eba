/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The remote store behind a local one: URL/<first two digits of key>/<key>.art and its signature,
 * <key>.art.sig, by GET, HEAD and PUT. A failure is reported once; from then on the marks
 * (artifacts.downmark) disable the store. *note is NULL or a sentence; the caller frees it.
 */
#ifndef STORE_ARTREMOTE_H
#define STORE_ARTREMOTE_H

#include <stdbool.h>

#include "store/artifact.h"
#include "store/remote.h"

/* Whether a remote store is configured and enabled for reading (put: for storing). */
bool artremoteusable(const struct artifacts *a, bool put);

/* Write the file of the entry key to fd, without verifying it. Returns false if there is none. */
bool artremoteget(const struct artifacts *a, const char *key, int fd, char **note);

/*
 * With a->trust, append the signature of the entry key to sig. Returns false if there is none: the
 * entry is then of no use.
 */
bool artremotesig(const struct artifacts *a, const char *key, struct buf *sig, char **note);

/*
 * Return what to report about an entry that is not used because of why: one of the remote store, or
 * (here) one that was fetched earlier. NULL if one was reported.
 */
char *artremoterefused(const struct artifacts *a, const char *key, bool here, const char *why);

/* Disable the remote store because of why. Returns what to report; NULL if that was reported. */
char *artremotedisable(const struct artifacts *a, const char *why);

/* The same for storing, because packages cannot be signed. */
char *artremoteunsigned(const struct artifacts *a, const char *why);

/* Store the signature sig, unless it is empty, then the file fd as the entry key. */
enum remote artremoteput(const struct artifacts *a, const char *key, int fd, const struct buf *sig,
			 char **note);

/* Find out whether there is an entry key, with a signature if sig. */
enum remote artremotehas(const struct artifacts *a, const char *key, bool sig, char **note);

#endif
