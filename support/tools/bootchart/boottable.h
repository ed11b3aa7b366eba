/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A boot, or the difference of two, as tables of text on standard output. */
#ifndef BOOTCHART_BOOTTABLE_H
#define BOOTCHART_BOOTTABLE_H

#include "boot.h"

#define BOOT_TOP 10 /* so many of the slowest events are shown */

/* Print what the boot's phases took, what failed, and the slowest events. */
void boottableprint(const struct boot *b);

/* Return in one line when init was started and when the system was ready. Caller frees. */
char *bootsummary(const struct boot *b);

#endif
