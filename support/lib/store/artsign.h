/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signatures of entries. What is signed is the header of KEY.art, which has the key and the digest
 * of the rest. The signature is KEY.art.sig beside it. In a local store that file tells where an
 * entry comes from: without it, it was built here; if it is empty, it was fetched and nobody
 * verified who had signed it.
 */
#ifndef STORE_ARTSIGN_H
#define STORE_ARTSIGN_H

#include "base/buf.h"
#include "store/sshsign.h"

enum {
	SIGNATURE_MAX = 64 << 10, /* bytes; a signature is far smaller */
};

/* Return the path of the signature of entry key, existing or not; the caller frees it. */
char *artsignpath(const char *dir, const char *key);

enum origin {
	ORIGIN_HERE,	/* built here, or kept by a Whittle that recorded no origin */
	ORIGIN_FETCHED, /* from a remote store; not verified */
	ORIGIN_SIGNED,	/* from a remote store; signed */
};

/*
 * Return where an entry of the store in dir comes from, and append its signature to sig (may be
 * NULL). What cannot be read is ORIGIN_FETCHED.
 */
enum origin artorigin(const char *dir, const char *key, struct buf *sig);

/* Record that it was fetched with signature sig, empty if that was not verified. 0, -1 and errno.
 */
int artsignkeep(const char *dir, const char *key, const struct buf *sig);

/* Record that the entry was built here. */
void artsignforget(const char *dir, const char *key);

/* Sign the artifact in fd, which was verified, with the file keyfile, like sshsign. */
int artsignmake(int fd, const char *keyfile, struct buf *sig, char **why);

/*
 * Find out whether somebody in the file signers has signed the header of the artifact in fd. The
 * artifact itself is not verified. *why as for sshverify.
 */
enum signedby artsigncheck(int fd, const char *signers, const struct buf *sig, char **why);

#endif
