// SPDX-License-Identifier: GPL-2.0-or-later
#include "slots.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"

#define FUNCTIONS 8 /* of a PCI slot */

/* Return whether it is a device of virtio on the PCI bus without a place:
 * "virtio-blk-pci,drive=...". */
static bool wantsplace(const char *device)
{
	static const char suffix[] = "-pci";
	size_t len = strcspn(device, ",");

	return (startswith(device, "virtio-") || startswith(device, "vhost-")) &&
	       strncmp(device + len - strlen(suffix), suffix, strlen(suffix)) == 0 &&
	       !strstr(device, ",addr=");
}

void slotsassign(const struct strlist *slots, struct strlist *argv)
{
	size_t used = 0;

	for (size_t i = 0; i + 1 < argv->len && used < slots->len * FUNCTIONS; i++) {
		char *device = argv->item[i + 1];

		if (strcmp(argv->item[i], "-device") != 0 || !wantsplace(device))
			continue;
		argv->item[i + 1] = xasprintf("%s,addr=%s.%zu,multifunction=on", device,
					      slots->item[used / FUNCTIONS], used % FUNCTIONS);
		free(device);
		used++;
	}
}
