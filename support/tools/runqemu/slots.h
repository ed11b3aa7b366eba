/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Places on the PCI bus of a machine whose kernel knows the interrupts of some slots only. */
#ifndef SLOTS_H
#define SLOTS_H

#include "base/buf.h"

/*
 * Give each PCI device of virtio in argv, QEMU's arguments, a function of one of the slots, in
 * order: eight devices for each slot. A device that has an addr= keeps it. slots: numbers in hex,
 * as QEMU takes them; an empty list leaves argv as it is. Devices that find no place are left to
 * QEMU.
 */
void slotsassign(const struct strlist *slots, struct strlist *argv);

#endif
