/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The URLs of a file, in order. */
#ifndef FETCH_PLAN_H
#define FETCH_PLAN_H

#include "base/buf.h"
#include "cmdline.h"
#include "entry.h"

/* Append the mirrors' URLs for e, then (unless offline) its own URLs, in the order to try them. */
void planurls(const struct entry *e, const struct config *c, struct strlist *out);

/*
 * Append the URLs in the pool of the Debian mirror, which are tried last; none if offline. If the
 * mirror is not configured, the first call asks apt-get, if installed.
 */
void planpool(const struct entry *e, const struct config *c, struct strlist *out);

#endif
