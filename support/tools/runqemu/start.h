/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the guest does for the host before its session or its own shell: /.whittle/start. */
#ifndef RUNQEMU_START_H
#define RUNQEMU_START_H

#include "session.h"

/* Whether there is anything to do. */
bool startwanted(const struct session *s);

/* Append the script to out. */
void startscript(struct buf *out, const struct session *s);

#endif
