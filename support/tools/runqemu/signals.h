/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The signals that end runqemu, and that of QEMU's end, as events to poll for. */
#ifndef RUNQEMU_SIGNALS_H
#define RUNQEMU_SIGNALS_H

#include <signal.h>

/*
 * Receive SIGCHLD and the signals that end runqemu, unless they are ignored, by a descriptor from
 * now on (signalfd). *old is set to the earlier mask. Returns the descriptor, or -1 with errno.
 */
int signalsopen(sigset_t *old);

#endif
