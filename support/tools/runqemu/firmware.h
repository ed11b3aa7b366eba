/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Booting a disk image by the machine's firmware: the kernel, its arguments and its initramfs are
 * those of the image.
 */
#ifndef RUNQEMU_FIRMWARE_H
#define RUNQEMU_FIRMWARE_H

#include <stdbool.h>

#include "arch/arch.h"

/* As --firmware has them. */
enum firmware {
	FIRMWARE_NONE, /* QEMU starts the kernel itself */
	FIRMWARE_AUTO, /* UEFI where the machine has it */
	FIRMWARE_BIOS,
	FIRMWARE_UEFI,
};

/* Whether the machine has such firmware. */
bool firmwarefits(const struct archmachine *m, enum firmware wish);

/*
 * Find the firmware of the machine m of a: *path is set to the file with that of UEFI, or to NULL
 * for a BIOS, which QEMU brings, and for FIRMWARE_NONE. Returns NULL, or why there is none (caller
 * frees).
 */
char *firmwarefind(const char **path, const struct arch *a, const struct archmachine *m,
		   enum firmware wish);

#endif
