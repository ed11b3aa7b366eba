/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The record of a run for programs, as JSON (docs/runqemu.md describes its fields). */
#ifndef RUNQEMU_RESULT_H
#define RUNQEMU_RESULT_H

#include "guest.h"

/* Strings may be NULL: not known. None is owned. */
struct result {
	const char *cause;	    /* one word for how it ended */
	const char *detail;	    /* one line about that */
	int exit;		    /* our exit code */
	const char *command;	    /* what the guest was to run; NULL: no command */
	const char *accel;	    /* "kvm" or "tcg" */
	const char *machine;	    /* QEMU's machine type */
	const char *kernel;	    /* path of the image that was booted */
	const struct guestend *end; /* NULL: QEMU was never started */
};

/*
 * The word for how a run ended that we exit with code for: "ok", "command failed", "panic",
 * troublename's ...
 */
const char *resultcause(const struct guestend *end, enum mode mode, int code);

/* The line that says most about it; NULL: there is none. */
const char *resultdetail(const struct guestend *end);

/* Append the record to out. */
void resultprint(const struct result *r, struct buf *out);

/* Write it to the file at path, whole or not at all. Returns 0, or -1 with errno set. */
int resultwrite(const struct result *r, const char *path);

#endif
