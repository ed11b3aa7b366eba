/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The specs that make gcc a compiler for musl. gcc still decides itself what a command line
 * compiles and links; only the search directories change. gcc reads $SYSROOT from the environment
 * when it evaluates the specs.
 */
#ifndef WCC_SPECS_H
#define WCC_SPECS_H

#include <stdbool.h>

#include "base/buf.h"

/* The parameters of the specs. */
struct specs {
	bool dynamic; /* link programs dynamically unless -static is given; else always statically
		       */
	const char *loader; /* the dynamic loader, the name of a file in /lib; NULL: gcc's choice */
	const char *libgcc; /* the libgcc.a of another gcc, absolute, if this one has no start files
			       and libraries that fit; or NULL */
	bool lgcc;	    /* make -lgcc and -lgcc_eh available */
	bool haslibc;	    /* the sysroot has the start files of a C library */
	bool hasshared;	    /* the sysroot has libc.so */
};

/* Append the text of a specs file to out. */
void specswrite(const struct specs *s, struct buf *out);

#endif
