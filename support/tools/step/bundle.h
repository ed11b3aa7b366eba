/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scripts that make is about to write (docs/publish.md): for a survey they count already. */
#ifndef STEP_BUNDLE_H
#define STEP_BUNDLE_H

#include "job.h"

/* Add what the bundle at path holds to files, as path and text. A missing one holds nothing. */
int bundleread(struct pairs *files, const char *path);

/* Append the file at path, as bundle (may be NULL) or the disk has it. 0, or -1 with errno. */
int bundlefile(const struct pairs *bundle, const char *path, struct buf *out);

#endif
