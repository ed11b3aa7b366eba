/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The README of an archive. */
#ifndef REPRO_README_H
#define REPRO_README_H

#include "base/buf.h"
#include "lastrun.h"

/* Append what the archive contains, and what it does not. notes: more of that, a paragraph each. */
void readmeprint(struct buf *out, const struct run *r, const struct strlist *notes);

#endif
