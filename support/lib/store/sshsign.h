/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signatures by OpenSSH: ssh-keygen -Y, of version 8.2 or newer, with the namespace below. It asks
 * for nothing: a key with a passphrase must be in the agent.
 */
#ifndef STORE_SSHSIGN_H
#define STORE_SSHSIGN_H

#include "base/buf.h"

#define SIGN_NAMESPACE "whittle-artifact"

/*
 * Sign text with the key in the file key, a private key, or a public one whose private key the
 * agent has. Append the signature, a text, to sig. Returns 0, or -1 with *why (caller frees).
 */
int sshsign(const char *key, const struct buf *text, struct buf *sig, char **why);

enum signedby {
	SIGNED_GOOD,
	SIGNED_BAD,	/* nobody of the file has signed that text */
	SIGNED_UNKNOWN, /* signatures cannot be verified here */
};

/*
 * Find out whether sig is a signature of text by someone in the file signers (ALLOWED SIGNERS in
 * ssh-keygen(1)). If it is not good, *why (caller frees) is the reason.
 */
enum signedby sshverify(const char *signers, const struct buf *text, const struct buf *sig,
			char **why);

#endif
