/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /.whittle/start: commands in the guest before its session or its own shell. */
#ifndef RUNQEMU_START_H
#define RUNQEMU_START_H

#include "session.h"

/* Return whether the script is needed. */
bool startwanted(const struct session *s);

/* Append the script to out. */
void startscript(struct buf *out, const struct session *s);

#endif
