/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Listing of an image in lines like those of ls -l. */
#ifndef MKINITRAMFS_LIST_H
#define MKINITRAMFS_LIST_H

#include "archive/cpio.h"
#include "base/buf.h"

/* Visitor callbacks (see image.h). They append lines to the struct buf that context points to. */
int listpiece(void *context, const char *format, size_t offset);
int listentry(void *context, uint32_t archive, const struct cpioentry *e);

#endif
