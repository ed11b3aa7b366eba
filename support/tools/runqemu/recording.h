/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A recording of a run: a directory with all that came to the guest from outside (QEMU's
 * record/replay), its state at the start, its initramfs, and how to run it again. docs/record.md
 */
#ifndef RUNQEMU_RECORDING_H
#define RUNQEMU_RECORDING_H

#include "base/buf.h"
#include "machine.h"
#include "options.h"
#include "records.h"

/* Rate of the guest's time stamp counter while instructions are its clock, kHz. */
#define RECORDING_TSC 1000000

/* A recording that is played again. Zero-initialise before use. */
struct recording {
	char mark[MARKLEN + 1]; /* mark of the session's records */
	struct strlist argv;	/* QEMU's command line, as it was recorded */
};

/* Return why a run with these options cannot be recorded or replayed; NULL: it can (caller frees).
 */
char *recordingcheck(const struct options *o);

/* How many snapshots are to be made besides that of the start; 0: none (snapshots.h). */
unsigned recordingsnapshots(const struct options *o);

/*
 * Let the session use the machine's second serial port: QEMU does not record the input of virtio
 * ports. Returns NULL, or why there is none (caller frees).
 */
char *recordingmachine(struct machine *m);

/*
 * Make the directory dir for a new recording, with a copy of the initramfs that is open at initrd,
 * or else of the file initramfs, and an image for snapshots. An old recording is removed. Returns
 * NULL, or the reason for failure (caller frees).
 */
char *recordingbegin(const char *dir, int initrd, const char *initramfs);

/* Append to argv what makes QEMU record to dir. net: the guest has a network interface. */
void recordingargs(const char *dir, const struct machine *m, bool net, struct strlist *argv);

/* Append to argv QEMU's command line for playing r, which is o->replay, with that kernel. */
void recordingreplay(const struct recording *r, const struct options *o, const char *kernel,
		     struct strlist *argv);

void recordingfree(struct recording *r);

#endif
