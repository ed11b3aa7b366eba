/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The remote store behind a local one: URL/<first two digits of key>/<key>.art, by GET and PUT. A
 * failure is reported once; from then on the marks (artifacts.downmark) disable the store. *note is
 * NULL or a sentence; the caller frees it.
 */
#ifndef STORE_ARTREMOTE_H
#define STORE_ARTREMOTE_H

#include <stdbool.h>

#include "store/artifact.h"

/* Whether a remote store is configured and enabled for reading (put: for storing). */
bool artremoteusable(const struct artifacts *a, bool put);

/* Write the file of the entry key to fd, without verifying it. Returns false if there is none. */
bool artremoteget(const struct artifacts *a, const char *key, int fd, char **note);

/* Store the file fd as the entry key. */
void artremoteput(const struct artifacts *a, const char *key, int fd, char **note);

#endif
