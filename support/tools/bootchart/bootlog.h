/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A boot as the kernel's log tells it, with initcall_debug. */
#ifndef BOOTCHART_BOOTLOG_H
#define BOOTCHART_BOOTLOG_H

#include "boot.h"
#include "initlevels.h"
#include "oops/klog.h"

/* What else there is to say of a log. */
struct bootlogfound {
	size_t boots;	/* how many are in it: the last is read */
	size_t untimed; /* lines of initcalls without a time, which are left out */
};

/*
 * Read a boot from a log into b, which was zero-initialised. What b has is freed. Functions without
 * a name, and the levels of initcalls, are looked up in levels; NULL: they stay unknown.
 */
void bootlogread(struct boot *b, const struct klog *log, const struct initlevels *levels,
		 struct bootlogfound *found);

#endif
