/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A network that guests of this machine share: frames are datagrams to a multicast address on the
 * loopback interface, which needs no privileges.
 */
#ifndef RUNQEMU_LAN_H
#define RUNQEMU_LAN_H

#include <stdbool.h>

#include "base/buf.h"

/* Zero-initialise before use. */
struct lan {
	bool on;
	char *address; /* the guest's, with /BITS; owned; NULL: it gets none */
	unsigned port; /* number of the network: the port of its datagrams */
	char mac[18];  /* Ethernet address of the guest's interface */
};

/*
 * Set l to what text describes: [ADDRESS[/BITS]][@PORT]. By default BITS is 24, and PORT one of
 * this user. Returns NULL, or the reason for failure (caller frees).
 */
char *lanparse(struct lan *l, const char *text);

/* Append QEMU's arguments. bus is as in struct machine. */
void lanargs(const struct lan *l, const char *bus, struct strlist *argv);

/* Append shell commands that configure the guest's interface, which they call lan0. */
void lanscript(const struct lan *l, struct buf *out);

void lanfree(struct lan *l);

#endif
