/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is in an image, as lines like those of ls -l. */
#ifndef MKINITRAMFS_LIST_H
#define MKINITRAMFS_LIST_H

#include "archive/cpio.h"
#include "base/buf.h"

/* Visitor functions (see image.h) that append lines to the struct buf that context points to. */
int listpiece(void *context, const char *format, size_t offset);
int listentry(void *context, uint32_t archive, const struct cpioentry *e);

#endif
