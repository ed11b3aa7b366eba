// SPDX-License-Identifier: GPL-2.0-or-later
#include "readme.h"

#include <cjson/cJSON.h>

static const char about[] =
	"A run of a guest in QEMU, packed by 'make repro' of Whittle.\n"
	"\n"
	"    ./repro               boot it again: needs a POSIX shell and QEMU, nothing else\n"
	"    ./repro run -s -S     the same, with more arguments for QEMU\n"
	"    ./repro rebuild DIR   build it again with the Whittle tree in DIR, and compare\n"
	"    ./repro help          tell more\n"
	"\n";

static const char files[] =
	"kernel, initramfs, image, firmware\n"
	"                  what QEMU boots, of these what the run had; initramfs has the command and\n"
	"                  modules that were loaded first in front\n"
	"kernel.config     the kernel's configuration\n"
	"run.sh            QEMU's command line, and how the run was and ended\n"
	"console.log       what the guest's console showed; output.log: what its command wrote\n"
	"record.json       the record of the run\n"
	"whittle.config    Whittle's configuration; whittle.defconfig: the same, less defaults\n"
	"images.sha256     digests of what Whittle had built for the run\n"
	"kernel.commit, kernel.diff\n"
	"                  of a kernel tree that was built: git's commit, and what was changed since\n"
	"SHA256SUMS        digests of all these; the script checks them first\n"
	"\n";

/* A list of what is on the machine of the run. */
static void hostprint(struct buf *out, const char *title, const cJSON *list)
{
	const cJSON *item;

	if (!cJSON_GetArraySize(list))
		return;
	bufprintf(out, "%s\n", title);
	cJSON_ArrayForEach(item, list)
	{
		if (cJSON_IsString(item))
			bufprintf(out, "  %s\n", cJSON_GetStringValue(item));
		else
			bufprintf(out, "  %s: %s\n", runtext(item, "name"), runtext(item, "path"));
	}
	bufputc(out, '\n');
}

void readmeprint(struct buf *out, const struct run *r, const struct strlist *notes)
{
	const char *command = runtext(r->record, "command");
	const char *detail = runtext(r->record, "detail");

	bufputs(out, about);
	bufprintf(out, "The command was: %s\n", *command ? command : "(none: a console)");
	bufprintf(out, "It ended with status %ld: %s%s%s\n", runnumber(r->record, "exit"),
		  runtext(r->record, "cause"), *detail ? ": " : "", detail);
	bufprintf(out, "QEMU was: %s\n\n",
		  *runtext(r->about, "qemu") ? runtext(r->about, "qemu") : "(not known)");
	bufputs(out, files);
	hostprint(out, "Directories that the guest shared, which are not in this archive:",
		  cJSON_GetObjectItem(r->about, "shares"));
	hostprint(
		out,
		"Disks of the guest, which are not in this archive. To boot it, put a file for each\n"
		"beside the script, by the name that is in front here:",
		cJSON_GetObjectItem(r->about, "disks"));
	for (size_t i = 0; i < notes->len; i++)
		bufprintf(out, "%s\n\n", notes->item[i]);
}
