/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scripts that make is about to write (docs/write-scripts.md). A survey uses them in place of the
 * files.
 */
#ifndef STEP_BUNDLE_H
#define STEP_BUNDLE_H

#include "job.h"

/*
 * Add the files of the bundle at path to *files, as path and text. A missing bundle is empty.
 * Returns 0, or -1 with errno.
 */
int bundleread(struct pairs *files, const char *path);

/*
 * Append the text of the file at path to out: from the bundle (may be NULL) if it has that file,
 * else from the disk. Returns 0, or -1 with errno.
 */
int bundlefile(const struct pairs *bundle, const char *path, struct buf *out);

#endif
