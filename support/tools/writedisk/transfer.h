/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing a file to a device, and reading it back. */
#ifndef WRITEDISK_TRANSFER_H
#define WRITEDISK_TRANSFER_H

#include "base/digest.h"

/* Called after each piece with the bytes that are done; NULL: nobody wants to know. */
typedef void (*transferprogress)(unsigned long long done);

/*
 * Write all that is in from to to, from its beginning, and wait until the device has it. *done is
 * set to the number of bytes, hex to their digest. Returns 0, or -1 with errno.
 */
int transferwrite(int from, int to, unsigned long long *done, char hex[DIGESTHEX],
		  transferprogress progress);

/*
 * Compare all that is in from with what the device of fd has. *at is set to the number of bytes
 * that are equal. Returns 1 if they differ there, 0 if not, or -1 with errno.
 */
int transferverify(int from, int fd, unsigned long long *at, transferprogress progress);

#endif
