/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading QEMU's machine protocol: why the guest ended, and whether it is stopped. */
#ifndef RUNQEMU_QMP_H
#define RUNQEMU_QMP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Must be sent before QEMU sends events. */
#define QMP_HELLO "{\"execute\":\"qmp_capabilities\"}\n"

/* The id of a request for the guest's memory: its answer is in dump. */
#define QMP_DUMP "dump"

/* The id of requests for snapshots: the answer is in snapshot. */
#define QMP_SNAPSHOT "snapshot"

/* To be sent if asks is set, which is then cleared: asks why the guest is stopped. */
#define QMP_ASK "{\"execute\":\"query-status\"}\n"

enum qmpreply { REPLY_NONE, REPLY_OK, REPLY_ERROR };

enum qmpend {
	QMP_RUNNING,  /* no end was reported */
	QMP_SHUTDOWN, /* the guest turned the machine off */
	QMP_RESET,    /* the guest restarted the machine */
	QMP_PANICKED, /* the guest reported a panic to a pvpanic device */
	QMP_QUIT,     /* QEMU was told to end, from its monitor or by a signal */
};

/* Zero-initialise before use. */
struct qmp {
	struct buf line;    /* the incomplete message */
	enum qmpend end;    /* the first end reported */
	bool stopped;	    /* gdb or the monitor has stopped the guest, not an error */
	bool asks;	    /* QMP_ASK has to be sent */
	bool loaded;	    /* QEMU answered: the machine exists, kernel and initramfs are loaded */
	enum qmpreply dump; /* the last answer to the request QMP_DUMP; to be reset by the caller */
	enum qmpreply snapshot; /* the same for QMP_SNAPSHOT */
	double icount;		/* the instructions that the guest had run, as was last told */
	char *why;		/* the error of the last of these, in words; NULL: none; owned */
	char *version;		/* of QEMU, with that of its package; NULL: not told; owned */
};

/* Process len bytes from QEMU. */
void qmpfeed(struct qmp *q, const char *data, size_t len);

/* Return the version, or NULL; the caller frees it. */
char *qmpversion(struct qmp *q);

void qmpfree(struct qmp *q);

#endif
