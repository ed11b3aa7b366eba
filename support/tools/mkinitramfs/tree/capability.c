// SPDX-License-Identifier: GPL-2.0-or-later
#include "capability.h"

#include <linux/capability.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* By number. */
static const char *const names[] = {
	"chown",
	"dac_override",
	"dac_read_search",
	"fowner",
	"fsetid",
	"kill",
	"setgid",
	"setuid",
	"setpcap",
	"linux_immutable",
	"net_bind_service",
	"net_broadcast",
	"net_admin",
	"net_raw",
	"ipc_lock",
	"ipc_owner",
	"sys_module",
	"sys_rawio",
	"sys_chroot",
	"sys_ptrace",
	"sys_pacct",
	"sys_admin",
	"sys_boot",
	"sys_nice",
	"sys_resource",
	"sys_time",
	"sys_tty_config",
	"mknod",
	"lease",
	"audit_write",
	"audit_control",
	"setfcap",
	"mac_override",
	"mac_admin",
	"syslog",
	"wake_alarm",
	"block_suspend",
	"audit_read",
	"perfmon",
	"bpf",
	"checkpoint_restore",
};

#define COUNT (sizeof(names) / sizeof(*names))

/* The bits of a name of that length; 0: it is unknown. */
static uint64_t namebits(const char *name, size_t len)
{
	if (len == 3 && strncmp(name, "all", len) == 0)
		return ((uint64_t)1 << COUNT) - 1;
	if (len < 4 || strncmp(name, "cap_", 4) != 0)
		return 0;
	for (size_t i = 0; i < COUNT; i++)
		if (strlen(names[i]) == len - 4 && strncmp(names[i], name + 4, len - 4) == 0)
			return (uint64_t)1 << i;
	return 0;
}

static void put32(unsigned char *out, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		out[i] = (unsigned char)(value >> (8 * i));
}

const char *capabilityparse(const char *text, unsigned char out[CAPABILITY_BYTES])
{
	const char *flags = strchr(text, '+');
	uint64_t bits = 0, permitted, inheritable;
	bool effective;

	if (!flags || !flags[1] || strspn(flags + 1, "eip") != strlen(flags + 1))
		return "write '+' and some of e, i and p behind the names";
	while (text < flags) {
		size_t len = strcspn(text, ",+");
		uint64_t one = namebits(text, len);

		if (!one)
			return "names are those of capabilities(7), such as cap_net_raw, or all";
		bits |= one;
		text += len + (text[len] == ',');
	}
	if (!bits)
		return "there is no name in it";
	permitted = strchr(flags, 'p') ? bits : 0;
	inheritable = strchr(flags, 'i') ? bits : 0;
	effective = strchr(flags, 'e');
	put32(out, VFS_CAP_REVISION_2 | (effective ? VFS_CAP_FLAGS_EFFECTIVE : 0));
	put32(out + 4, (uint32_t)permitted);
	put32(out + 8, (uint32_t)inheritable);
	put32(out + 12, (uint32_t)(permitted >> 32));
	put32(out + 16, (uint32_t)(inheritable >> 32));
	return NULL;
}
