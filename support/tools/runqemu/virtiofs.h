/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Directories of the host by virtiofs: a virtiofsd for each, which reads the guest's memory. */
#ifndef RUNQEMU_VIRTIOFS_H
#define RUNQEMU_VIRTIOFS_H

#include "share.h"

/*
 * Start a virtiofsd for each directory for which that works: then its virtiofs, fd and pid are
 * set. What has none is for 9p. They end when we do. verbose: their messages are ours, and which
 * directory has none is told.
 */
void virtiofsstart(struct shares *s, bool verbose);

/* End them. */
void virtiofsstop(struct shares *s);

#endif
