/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The JSON record of a run (docs/runqemu.md describes its fields). */
#ifndef RUNQEMU_RESULT_H
#define RUNQEMU_RESULT_H

#include "guest.h"

/* Strings may be NULL: not known. None is owned. */
struct result {
	const char *cause;    /* kind of end */
	const char *detail;   /* one line of explanation */
	int exit;	      /* runqemu's exit code */
	const char *command;  /* the command; NULL: none */
	const char *accel;    /* "kvm" or "tcg" */
	const char *machine;  /* QEMU's machine type */
	const char *kernel;   /* path of the image that was booted */
	struct guestend *end; /* NULL: QEMU was never started */
};

/*
 * Return the kind of end, given runqemu's exit code: "ok", "command failed", "panic", a troublename
 * ...
 */
const char *resultcause(const struct guestend *end, enum mode mode, int code);

/* Return the most informative line on it; NULL: none. */
const char *resultdetail(const struct guestend *end);

/* Append the record to out. */
void resultprint(const struct result *r, struct buf *out);

/* Write the record to the file at path, atomically. Returns 0, or -1 with errno. */
int resultwrite(const struct result *r, const char *path);

#endif
