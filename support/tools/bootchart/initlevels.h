/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which level each initcall of a kernel belongs to, and the names of functions, from vmlinux. */
#ifndef BOOTCHART_INITLEVELS_H
#define BOOTCHART_INITLEVELS_H

struct initlevels;

/* An initcall of a kernel. */
struct initcall {
	const char *name;   /* of the function */
	const char *object; /* the object file that it is in, without .o */
	int level;	    /* for initlevelname; -1: not known, or several have that name */
};

/*
 * Read the symbols of the kernel at path. Returns NULL if it cannot be used, and sets *why to the
 * reason, a constant or of libelf.
 */
struct initlevels *initlevelsread(const char *path, const char **why);

/* Return the initcall with that name; NULL if there is none. Valid as long as l. */
const struct initcall *initlevelsfind(const struct initlevels *l, const char *name);

/* Return the name of the function at exactly that address; NULL if there is none. */
const char *initlevelsat(const struct initlevels *l, unsigned long long address);

/* Return what a level is called: "early", "pure", ... */
const char *initlevelname(int level);

void initlevelsfree(struct initlevels *l); /* l may be NULL */

#endif
