/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is told after a build. */
#ifndef LAUNCH_LAUNCHREPORT_H
#define LAUNCH_LAUNCHREPORT_H

#include "launcher.h"

/* Append a line on what was compiled where to out; nothing if nothing was. */
void launchreport(const struct settings *s, struct buf *out);

#endif
