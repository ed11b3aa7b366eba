/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sending entries of the local store that the remote store does not have. */
#ifndef STORE_ARTPUSH_H
#define STORE_ARTPUSH_H

#include "store/artifact.h"

enum artpush {
	ARTPUSH_SENT,
	ARTPUSH_THERE,	/* the remote store has it */
	ARTPUSH_LEFT,	/* nobody whom this machine trusts is known to have made it */
	ARTPUSH_FAILED, /* this one could not be sent */
	ARTPUSH_END,	/* nor can others */
};

/*
 * Put the entry key into the remote store a->url, unless it has one. An entry that was built here
 * is signed if a->sign; one that was fetched keeps its signature. *note as in artifact.h.
 */
enum artpush artifactpush(const struct artifacts *a, const char *key, char **note);

#endif
