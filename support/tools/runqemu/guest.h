/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run of a guest, from QEMU's start to how it ended. */
#ifndef RUNQEMU_GUEST_H
#define RUNQEMU_GUEST_H

#include <stdbool.h>

#include "attach.h"
#include "base/buf.h"
#include "console.h"

#define BOOT_FACTOR 5

enum mode {
	MODE_COMMAND,  /* run a command; the console is only listened to */
	MODE_SHELL,    /* feed standard input, which is no terminal, to a shell on the console */
	MODE_TERMINAL, /* connect our terminal to the console */
	MODE_PROBE,    /* see whether the kernel gets anywhere */
};

enum outcome {
	OUT_RUNNING, /* it has not ended */
	OUT_STATUS,  /* the session told its status */
	OUT_OFF,     /* the guest turned itself off */
	OUT_RESET,   /* the guest restarted itself */
	OUT_QUIT,    /* QEMU was told to end, from its monitor or by a signal */
	OUT_PANIC,   /* its kernel panicked */
	OUT_NOINIT,  /* its kernel found no init to run */
	OUT_SILENT,  /* no sign of life for as long as was allowed */
	OUT_LATE,    /* signs of life, but no session for BOOT_FACTOR times as long */
	OUT_FAILED,  /* QEMU could not be started or ended by itself: errors tell */
	OUT_SIGNAL,  /* a signal asked us to stop */
	OUT_WRITE,   /* our own output cannot be written */
};

struct guestspec {
	enum mode mode;
	char **argv;		     /* QEMU's command line, NULL-terminated */
	int initrd;		     /* memory file for QEMU; -1: none */
	int gdb;		     /* socket for QEMU to listen on; -1: none */
	const struct shares *shares; /* those of virtiofs have sockets for QEMU; NULL: none */
	bool stopped;		     /* the guest does not start before gdb says so */
	struct attach *attach;	     /* further shells; NULL: none */
	bool shells;		     /* the guest has the ports for those */
	const char *loaded;	     /* file to remove once QEMU has read its files; NULL: none */
	const char *mark;	     /* what the session's records begin with */
	long silence;		     /* ms without a sign of life that are allowed; 0: for ever */
	int kernellog;		     /* where the console's output goes as well; -1: nowhere */
	bool show;		     /* it goes to standard error, too, where nobody would see it */
	bool quiet; /* at a terminal: without what says nothing of the guest (hush.h) */
};

/* Zero-initialise before use. */
struct guestend {
	enum outcome outcome;
	int status;   /* OUT_STATUS: the session's; OUT_SIGNAL: its number; OUT_WRITE: errno;
			 OUT_FAILED: as waitpid tells it, -1 if QEMU was never started */
	bool ready;   /* the session announced itself */
	long readyms; /* ms from the start until it did; -1: it did not */
	long totalms; /* ms from the start to the end */
	struct console console; /* what the console showed */
	struct buf errors;	/* what QEMU printed, or why it could not be started */
};

/* Run the guest; end tells the rest. */
void guestrun(const struct guestspec *spec, struct guestend *end);

void guestendfree(struct guestend *end);

#endif
