// SPDX-License-Identifier: GPL-2.0-or-later
#include "portable.h"

#include <stdlib.h>

char *portabledisk(size_t i)
{
	return xasprintf("disk%zu", i + 1);
}

char *portablechar(const struct launch *l, const char *id, enum channel c)
{
	/* Further shells are for runqemu alone; the guest keeps its ports. */
	if (c == CH_SHELL || c == CH_CONTROL)
		return xasprintf("null,id=%s", id);
	if (c == CH_CONSOLE && l->mode != MODE_COMMAND)
		return xasprintf("stdio,id=%s,signal=off,mux=on,logfile=" PORTABLE_DIR "/%s", id,
				 id);
	return xasprintf("file,id=%s,path=" PORTABLE_DIR "/%s", id, id);
}

/* Copies of the disks, by their names in the archive. */
static void disksrename(struct disks *to, const struct disks *from, const char *boot)
{
	if (!from)
		return;
	to->len = from->len;
	to->item = xcalloc(from->len + 1, sizeof(*to->item));
	for (size_t i = 0; i < from->len; i++) {
		to->item[i] = from->item[i];
		to->item[i].device = false;
		to->item[i].path = boot && i == 0 ? xstrdup(PORTABLE_IMAGE) : portabledisk(i);
	}
}

void portableargv(const struct launch *l, struct strlist *argv)
{
	struct options o = *l->options;
	struct machine m = *l->machine;
	struct disks disks = { 0 };
	struct launch p = *l;

	disksrename(&disks, l->disks, o.boot);
	m.kernel = PORTABLE_KERNEL;
	if (o.initramfs)
		o.initramfs = PORTABLE_INITRAMFS;
	p.options = &o;
	p.machine = &m;
	p.disks = l->disks ? &disks : NULL;
	p.uefi = l->uefi ? PORTABLE_FIRMWARE : NULL;
	p.tsckhz = 0; /* the rate of another machine is another */
	p.portable = true;
	launchargv(&p, argv);
	disksfree(&disks);
}
