/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The store of built packages: directory trees under keys. A key is 64 hex digits that the
 * caller computed from all that went into the tree. Entries are read as the text of
 * docs/artifacts.md has it: whole and verified, or they are not there. A store may be used by
 * several processes at once, and may have a remote one behind it, which is never needed.
 *
 * Nothing here prints. Many functions give a *note: NULL, or a sentence (or several, joined
 * by "; ") that a person should see once, also after success; the caller frees it.
 */
#ifndef STORE_ARTIFACT_H
#define STORE_ARTIFACT_H

#include <stdbool.h>

#include "base/buf.h"

/* A store; the strings stay the caller's. */
struct artifacts {
	const char *dir;	  /* its directory; made when something is stored */
	const char *url;	  /* base address of the remote store (http, https); NULL: none */
	bool push;		  /* what is stored goes to the remote store as well */
	unsigned long long limit; /* bytes that entries may have together; 0: no limit */
	/*
	 * A file, or NULL. While it exists the remote store is not asked; it is made, with its
	 * directory, when that turned out to be down. The same with ".put" added, for storing
	 * alone, when the remote store answers but refuses that. Remove both to try again.
	 */
	const char *downmark;
};

/*
 * Is there an entry? 1: yes, here or brought here from the remote store, verified whole, marked as
 * used now; its meta text was appended to meta (NULL: not wanted). 0: no, also where it was damaged
 * or trouble came in the way (then *note says so).
 */
int artifactfind(const struct artifacts *a, const char *key, struct buf *meta, char **note);

/*
 * As artifactfind; and its tree is unpacked as directory todir, which must not exist: it appears
 * whole or not at all (until then it is todir.part, which is replaced). 1: done, 0: there is
 * no such entry, -1: it is there but todir could not be made, *note says why.
 */
int artifactload(const struct artifacts *a, const char *key, const char *todir, struct buf *meta,
		 char **note);

/*
 * Store the tree below directory fromdir with the text meta (NULL: none; at most 1 MiB; its
 * first line is the entry's title), in place of an entry that may be there already. Then
 * the least recently used entries beyond a->limit are removed, never this one; with a->push
 * it goes to the remote store. 0: stored here, and a *note if that is all; -1: not, *note says why.
 */
int artifactstore(const struct artifacts *a, const char *key, const char *fromdir,
		  const struct buf *meta, char **note);

#endif
