/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which URLs a file may come from. */
#ifndef FETCH_PLAN_H
#define FETCH_PLAN_H

#include "base/buf.h"
#include "cmdline.h"
#include "entry.h"

/* Append the mirrors' URLs for e, then (unless offline) its own, in the order to try them. */
void planurls(const struct entry *e, const struct config *c, struct strlist *out);

/*
 * Append the URLs in the Debian mirror's pool, which are tried last: none when offline. The first
 * call that needs to know the mirror and was not told runs apt-get, if it is there, to ask.
 */
void planpool(const struct entry *e, const struct config *c, struct strlist *out);

#endif
