/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The choice of what runs the guest's instructions: KVM where a guest really runs under it. */
#ifndef RUNQEMU_ACCEL_H
#define RUNQEMU_ACCEL_H

#include "base/buf.h"
#include "launch.h"
#include "verdict.h"

#define KVM_DEVICE "/dev/kvm"

/* What to try in turn: the next where QEMU refuses to start with one. */
struct accels {
	struct accel item[4];
	size_t len;
	char *cpu;	     /* remembered name of a processor; owned */
	enum verdict learnt; /* to be remembered if the guest then runs; VERDICT_NONE: nothing */
	int signo;	     /* a signal that asked us to stop meanwhile; 0: none */
};

/* For --accel kvm and tcg. */
void accelsforced(struct accels *a, bool kvm);

/*
 * For --accel auto: look at device and at what the file memory says of key, and if need be (and
 * unless dry) boot l's kernel for a moment under KVM. A line that the user should see about the
 * decision is put into note.
 */
void accelschoose(struct accels *a, const struct launch *l, const char *device, const char *memory,
		  const char *key, struct buf *note);

void accelsfree(struct accels *a);

#endif
