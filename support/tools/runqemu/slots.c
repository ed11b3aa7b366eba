// SPDX-License-Identifier: GPL-2.0-or-later
#include "slots.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"

#define FUNCTIONS 8 /* of a PCI slot */

/* Whether it is a PCI device of virtio without a place, such as "virtio-blk-pci,drive=d". */
static bool wantsplace(const char *device)
{
	char *name = xstrndup(device, strcspn(device, ","));
	bool wants = (startswith(name, "virtio-") || startswith(name, "vhost-")) &&
		     endswith(name, "-pci") && !strstr(device, ",addr=");

	free(name);
	return wants;
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
