/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A boot as a JSON record, to be compared with others. */
#ifndef BOOTCHART_BOOTJSON_H
#define BOOTCHART_BOOTJSON_H

#include "boot.h"

/* Write the record to the file at path, atomically. Returns 0, or -1 with errno. */
int bootjsonwrite(const struct boot *b, const char *path);

/* Read text, a record, into b, which is empty. Returns NULL, or why it is no record (a constant).
 */
const char *bootjsonread(struct boot *b, const char *text);

#endif
