// SPDX-License-Identifier: GPL-2.0-or-later
#include "firmware.h"

#include <stdlib.h>
#include <unistd.h>

bool firmwarefits(const struct archmachine *m, enum firmware wish)
{
	return wish == FIRMWARE_NONE || (wish != FIRMWARE_BIOS && m->uefi.len) ||
	       (wish != FIRMWARE_UEFI && m->bios);
}

/* How to get it, with Debian's names. Caller frees. */
static char *remedy(const struct arch *a, const struct archmachine *m)
{
	struct buf text = { 0 };

	bufputs(&text, "install it");
	for (size_t i = 0; i < a->fwapt.len; i++)
		bufprintf(&text, "%s %s", i ? "" : " (on Debian, apt-get install",
			  a->fwapt.item[i]);
	if (a->fwapt.len)
		bufputc(&text, ')');
	if (m->bios)
		bufputs(&text, ", or boot by BIOS: --firmware bios (FIRMWARE=bios of make)");
	return bufsteal(&text);
}

char *firmwarefind(const char **path, const struct arch *a, const struct archmachine *m,
		   enum firmware wish)
{
	static const char *const names[] = {
		[FIRMWARE_AUTO] = "firmware", [FIRMWARE_BIOS] = "BIOS", [FIRMWARE_UEFI] = "UEFI"
	};
	char *how, *why;

	*path = NULL;
	if (!firmwarefits(m, wish))
		return xasprintf("the machine %s of %s has no %s that boots an image", m->name,
				 a->name, names[wish]);
	if (wish == FIRMWARE_NONE || wish == FIRMWARE_BIOS || !m->uefi.len)
		return NULL;
	for (size_t i = 0; i < m->uefi.len; i++) {
		if (access(m->uefi.item[i], R_OK) == 0) {
			*path = m->uefi.item[i];
			return NULL;
		}
	}
	how = remedy(a, m);
	why = xasprintf("this machine has no firmware of UEFI for %s, such as %s: %s", a->name,
			m->uefi.item[0], how);
	free(how);
	return why;
}
