/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What QEMU tells over its machine protocol: why the guest ended, and whether it is stopped. */
#ifndef RUNQEMU_QMP_H
#define RUNQEMU_QMP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* What has to be sent before QEMU sends events. */
#define QMP_HELLO "{\"execute\":\"qmp_capabilities\"}\n"

/* To be sent while asks is set, which is then cleared: why the guest is stopped. */
#define QMP_ASK "{\"execute\":\"query-status\"}\n"

enum qmpend {
	QMP_RUNNING,  /* nothing was said of an end */
	QMP_SHUTDOWN, /* the guest turned the machine off */
	QMP_RESET,    /* the guest restarted the machine */
	QMP_PANICKED, /* the guest told a pvpanic device of its panic */
	QMP_QUIT,     /* QEMU was told to end, from its monitor or by a signal */
};

/* Zero-initialise before use. */
struct qmp {
	struct buf line; /* the message that is not complete yet */
	enum qmpend end; /* the first that was told */
	bool stopped;	 /* gdb or the monitor has stopped the guest, not an error */
	bool asks;	 /* QMP_ASK has to be sent */
	bool loaded;	 /* it has answered: the machine is made, kernel and initramfs are read */
};

/* Take len bytes that QEMU sent. */
void qmpfeed(struct qmp *q, const char *data, size_t len);

void qmpfree(struct qmp *q);

#endif
