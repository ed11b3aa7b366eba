/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that a log says were not found, by compilers, linkers, shells and others. */
#ifndef STEP_MISSING_H
#define STEP_MISSING_H

#include <stdbool.h>
#include <stddef.h>

enum missingkind {
	HEADER,	   /* #include <name>; or a directory <name> that wcc refused */
	LIBRARY,   /* -lname */
	PROGRAM,   /* a program that the build ran */
	PKGCONFIG, /* name.pc */
	ANYTHING,  /* any of these, ignoring case */
	PLACED,	   /* a path sysroot/... or host/..., exactly */
};

struct missing {
	enum missingkind kind;
	char *name; /* owned */
};

struct missings {
	struct missing *item; /* owned; all are different */
	size_t len;
};

/*
 * Add the missing files that the len bytes of log name to out, in order of their first mention. dir
 * is the package's directory, absolute: a path in its sysroot/ or host/ that is in the log but does
 * not exist is missing.
 */
void missingfind(const char *log, size_t len, const char *dir, struct missings *out);
void missingfree(struct missings *m);

/* Whether path, as manifests have it (sysroot/usr/include/zlib.h), is what is missing. */
bool missingis(const struct missing *m, const char *path);

/* The name for messages: zlib.h, libz, flex, zlib.pc, usr/lib/crt1.o. The caller frees it. */
char *missingcall(const struct missing *m);

#endif
