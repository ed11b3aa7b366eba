/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A boot as a picture. */
#ifndef BOOTCHART_BOOTSVG_H
#define BOOTCHART_BOOTSVG_H

#include "boot.h"

/*
 * Write an SVG file to path, atomically: it needs no other file, and has no scripts. Returns 0, or
 * -1 with errno; ELIBACC: libxml2 is not there.
 */
int bootsvgwrite(const struct boot *b, const char *path);

#endif
