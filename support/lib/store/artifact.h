/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The store of built packages: directory trees by key. A key is 64 hex digits, computed by the
 * caller from all inputs of the tree. docs/artifacts.md describes the files. An entry that cannot
 * be verified completely counts as missing. Several processes may use a store at once. It may have
 * a remote store behind it, which is optional at all times.
 *
 * Nothing here prints. Functions set *note to NULL, or to a sentence (or several, joined by "; ")
 * to print once, also after success; the caller frees it.
 */
#ifndef STORE_ARTIFACT_H
#define STORE_ARTIFACT_H

#include <stdbool.h>

#include "base/buf.h"

/* A store; the strings belong to the caller. */
struct artifacts {
	const char *dir; /* its directory; created when the first entry is stored */
	const char *url; /* base URL of the remote store (http, https); NULL: none */
	bool push;	 /* also put new entries into the remote store */
	/*
	 * The file of those whose signatures are good (artsign.h), or NULL. With it, what comes
	 * from a remote store is used only if one of them has signed it.
	 */
	const char *trust;
	const char *sign; /* the key file to sign what is put there with; NULL: not signed */
	unsigned long long limit; /* maximum size of all entries, bytes; 0: no limit */
	/*
	 * A path, or NULL. While the file exists the remote store is not used; it is created, with
	 * its directory, when the remote store is down. The file with ".put" appended does the same
	 * for storing only, when the remote store answers but refuses that. ".refused" keeps in
	 * mind that a refused entry was reported: others are refused in silence. Remove all three
	 * to try again.
	 */
	const char *downmark;
};

/*
 * Find an entry. Returns true if it is here, or was fetched from the remote store; it was verified
 * completely and its time of use is now, and its meta text was appended to meta (may be NULL).
 * Returns false if not, also if it was damaged or on errors (*note tells).
 */
bool artifactfind(const struct artifacts *a, const char *key, struct buf *meta, char **note);

/*
 * Like artifactfind, and unpack its tree as directory todir, which must not exist; it appears
 * complete or not at all (until then it is todir.part, which is replaced). Returns 1 done, 0 no
 * such entry, -1 if the entry exists but todir cannot be created (*note tells).
 */
int artifactload(const struct artifacts *a, const char *key, const char *todir, struct buf *meta,
		 char **note);

/*
 * Store the tree below directory fromdir with the text meta (may be NULL; at most 1 MiB; its first
 * line is the entry's title), replacing an existing entry. Then remove the least recently used
 * entries beyond a->limit, but never this one; with a->push, also put it into the remote store.
 * Returns 0 if it is stored here (with *note if a later part failed), -1 if not (*note tells).
 */
int artifactstore(const struct artifacts *a, const char *key, const char *fromdir,
		  const struct buf *meta, char **note);

#endif
