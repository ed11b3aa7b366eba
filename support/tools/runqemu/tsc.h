/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How fast this machine's time stamp counter runs. TCG passes it on to the guest as it is, so the
 * guest can be told: it need not measure, which takes time and goes wrong on a busy host.
 */
#ifndef RUNQEMU_TSC_H
#define RUNQEMU_TSC_H

/* Begin to measure. */
void tscstart(void);

/* The rate in kHz, after at least 2 ms since tscstart; 0 if this machine has none. */
unsigned long tsckhz(void);

#endif
