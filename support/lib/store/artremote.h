/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The remote store behind a local one: URL/<first two digits of key>/<key>.art, by GET and
 * PUT. What goes wrong is said once: then the marks (artifacts.downmark) keep it from being
 * asked again. *note is NULL or a sentence; the caller frees it.
 */
#ifndef STORE_ARTREMOTE_H
#define STORE_ARTREMOTE_H

#include <stdbool.h>

#include "store/artifact.h"

/* Is there one to be asked (put: to be stored in)? */
bool artremoteusable(const struct artifacts *a, bool put);

/* Write the file of the entry key to fd, as it comes: nothing is verified. 1, 0 if there is none.
 */
int artremoteget(const struct artifacts *a, const char *key, int fd, char **note);

/* Store the file fd as the entry key. */
void artremoteput(const struct artifacts *a, const char *key, int fd, char **note);

#endif
