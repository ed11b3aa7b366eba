/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rate of this machine's time stamp counter. TCG passes the counter on to the guest as it is,
 * so the guest is told the rate. Without it the kernel measures, which fails on a busy host: "tsc:
 * Unable to calibrate against PIT", after which a guest at a terminal was seen to hang
 * (Linux 6.12.95, load 29). It saves no time: 354 ms to init with it, 351 without (medians of 25
 * runs in turn).
 */
#ifndef RUNQEMU_TSC_H
#define RUNQEMU_TSC_H

/* Begin to measure. */
void tscstart(void);

/* The rate in kHz, after at least 2 ms since tscstart; 0 if this machine has none. */
unsigned long tsckhz(void);

#endif
