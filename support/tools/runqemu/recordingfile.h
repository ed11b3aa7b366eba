/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The description of a recording, a JSON file. */
#ifndef RUNQEMU_RECORDINGFILE_H
#define RUNQEMU_RECORDINGFILE_H

#include "launch.h"
#include "recording.h"

#define RECORDING_FILE "recording.json"

/*
 * The guest has ended: complete the recording, with QEMU's program and command line, and the mark
 * of its session. Returns NULL, or the reason for failure (caller frees).
 */
char *recordingend(const struct launch *l, const char *program, const char *mark);

/*
 * Read the recording o->replay, and set what o has of the guest to what was recorded; o then refers
 * to memory that is never freed. Returns NULL, or why it cannot be played: it is incomplete, or a
 * file that it needs has changed (caller frees).
 */
char *recordingopen(struct recording *r, struct options *o);

#endif
