/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run of a guest, from QEMU's start to its end. */
#ifndef RUNQEMU_GUEST_H
#define RUNQEMU_GUEST_H

#include <stdbool.h>

#include "attach.h"
#include "base/buf.h"
#include "console.h"
#include "results/tests.h"
#include "textcopy.h"

#define BOOT_FACTOR 5

enum mode {
	MODE_COMMAND,  /* run a command; the console is only read */
	MODE_SHELL,    /* send standard input, which is no terminal, to a shell on the console */
	MODE_TERMINAL, /* connect our terminal to the console */
	MODE_PROBE,    /* check whether the kernel boots */
};

enum outcome {
	OUT_RUNNING, /* not ended */
	OUT_STATUS,  /* the session sent its status */
	OUT_OFF,     /* the guest turned itself off */
	OUT_RESET,   /* the guest restarted itself */
	OUT_QUIT,    /* QEMU was told to end, from its monitor or by a signal */
	OUT_PANIC,   /* its kernel panicked */
	OUT_NOINIT,  /* its kernel found no init to run */
	OUT_SILENT,  /* no sign of life for the time allowed */
	OUT_LATE,    /* signs of life, but no session within BOOT_FACTOR times that */
	OUT_FAILED,  /* QEMU could not be started, or failed: see errors */
	OUT_SIGNAL,  /* a signal asked runqemu to stop */
	OUT_WRITE,   /* a write to our output failed */
};

struct crash;

struct guestspec {
	enum mode mode;
	char **argv; /* QEMU's command line, NULL-terminated */
	int initrd;  /* memory file with the initramfs; -1: none */
	int gdb;     /* listening socket for gdb; -1: none */
	const struct shares
		*shares; /* directories; those of virtiofs have sockets for QEMU; NULL: none */
	bool stopped;	 /* the guest waits for gdb */
	struct attach *attach; /* further shells; NULL: none */
	bool shells;	       /* the guest has ports for them */
	struct crash *crash;   /* keeps the guest if it crashes; NULL: it is not kept */
	const char *loaded;    /* file to remove once QEMU has read its files; NULL: none */
	const char *mark;      /* mark of the session's records */
	long silence;	       /* most ms without a sign of life; 0: no limit */
	int kernellog;	       /* descriptor of a log of the console; -1: none */
	int output;    /* descriptor of a copy of the command's output and errors; -1: none */
	bool show;     /* also copy the console to standard error, if it is not shown otherwise */
	bool quiet;    /* at a terminal: hide irrelevant kernel messages (hush.h) */
	bool recorded; /* the run is recorded */
	unsigned snapshots;    /* with most so many snapshots; 0: only that of the start */
	bool replay;	       /* a recording is played: it ends where it was ended then */
	struct textcopy *kept; /* copies of the console and the output; NULL: none */
};

/* Zero-initialise before use. */
struct guestend {
	enum outcome outcome;
	int status;   /* OUT_STATUS: the session's; OUT_SIGNAL: its number; OUT_WRITE: errno;
			 OUT_FAILED: as from waitpid, -1 if QEMU was never started */
	bool ready;   /* the session announced itself */
	long readyms; /* ms from the start to that; -1: never */
	long totalms; /* ms from the start to the end */
	struct console console; /* from the console */
	struct results results; /* of tests, in the output and on the console */
	char *snapshots;   /* why there are no more snapshots; NULL: nothing was wrong; owned */
	char *qemu;	   /* QEMU's version; NULL: it did not tell; owned */
	struct buf errors; /* QEMU's messages, or why it could not be started */
};

/* Run the guest of *spec; *end describes how it ended. */
void guestrun(const struct guestspec *spec, struct guestend *end);

void guestendfree(struct guestend *end);

#endif
