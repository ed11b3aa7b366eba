/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sending all entries of a store to the remote one. */
#ifndef ARTIFACTS_STOREPUSH_H
#define ARTIFACTS_STOREPUSH_H

#include "store/artifact.h"

/*
 * Send what the remote store does not have, most recently used first; print a line for each and a
 * sum. Returns 0; 1 if something could not be sent, which was reported; -1 with errno.
 */
int storepush(const struct artifacts *a);

#endif
