/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that compilers, linkers, shells and the like say they did not find. */
#ifndef STEP_MISSING_H
#define STEP_MISSING_H

#include <stdbool.h>
#include <stddef.h>

enum missingkind {
	HEADER,	   /* as in #include <name>; wcc may have refused a directory of that name */
	LIBRARY,   /* as in -lname */
	PROGRAM,   /* name, run in the build */
	PKGCONFIG, /* name.pc */
	ANYTHING,  /* any of these, in capitals or not */
	PLACED,	   /* sysroot/... or host/...: just that path */
};

struct missing {
	enum missingkind kind;
	char *name; /* owned */
};

struct missings {
	struct missing *item; /* owned; each differs from the others */
	size_t len;
};

/*
 * Add what the len bytes of log tell of, in order. dir is the package's directory as an
 * absolute path: what the log names in its sysroot/ and host/ is missing if it is not there.
 */
void missingfind(const char *log, size_t len, const char *dir, struct missings *out);
void missingfree(struct missings *m);

/* Whether path, as manifests have it (sysroot/usr/include/zlib.h), is what is missing. */
bool missingis(const struct missing *m, const char *path);

/* What to call it: zlib.h, libz, flex, zlib.pc, usr/lib/crt1.o; as a new string. */
char *missingcall(const struct missing *m);

#endif
