/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The settings of the script in an archive (support/make/repro.sh). */
#ifndef REPRO_SCRIPTSET_H
#define REPRO_SCRIPTSET_H

#include "base/buf.h"
#include "lastrun.h"

/*
 * Append them as shell text: how the run was and ended, QEMU's command line, and more of them as
 * NAME=VALUE.
 */
void settingsprint(struct buf *out, const struct run *r, const struct strlist *more);

#endif
