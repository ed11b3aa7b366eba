/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The choice of an accelerator: KVM where a guest really runs under it, else TCG. */
#ifndef RUNQEMU_ACCEL_H
#define RUNQEMU_ACCEL_H

#include "base/buf.h"
#include "launch.h"
#include "verdict.h"

#define KVM_DEVICE "/dev/kvm"

#define ACCELS_KVM 3 /* most processor models under KVM */

/* The accelerators to try in turn; the next one is used if QEMU refuses to start. */
struct accels {
	struct accel item[ACCELS_KVM + 1];
	size_t len;
	char *cpu;	     /* processor model from the cache; owned */
	enum verdict learnt; /* to be recorded if the guest runs; VERDICT_NONE: nothing */
	int signo;	     /* signal received meanwhile; 0: none */
};

/* Whether KVM of this host runs guests of that architecture, as far as its name tells. */
bool accelhost(const struct arch *a);

/* For --accel kvm and tcg. */
void accelsforced(struct accels *a, const struct machine *m, bool kvm);

/*
 * For --accel auto: check device, and the verdict on key in the file memory; if there is none (and
 * unless dry), boot l's kernel for a moment under KVM. A line for the user about the decision is
 * appended to note.
 */
void accelschoose(struct accels *a, const struct launch *l, const char *device, const char *memory,
		  const char *key, struct buf *note);

void accelsfree(struct accels *a);

#endif
