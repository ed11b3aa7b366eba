/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is slower, faster, new and gone in one boot, compared with another. */
#ifndef BOOTCHART_BOOTDIFF_H
#define BOOTCHART_BOOTDIFF_H

#include "boot.h"

/* Print the difference of b from a on standard output. */
void bootdiffprint(const struct boot *a, const struct boot *b);

#endif
