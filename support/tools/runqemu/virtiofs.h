/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Directories by virtiofs: one virtiofsd for each, which accesses the guest's memory. */
#ifndef RUNQEMU_VIRTIOFS_H
#define RUNQEMU_VIRTIOFS_H

#include "share.h"

/*
 * Start a virtiofsd for each directory where that works: this sets its virtiofs, fd and pid. The
 * others use 9p. The processes end with runqemu. verbose: show their messages, and report
 * directories without one.
 */
void virtiofsstart(struct shares *s, bool verbose);

/* End them. */
void virtiofsstop(struct shares *s);

#endif
