/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program that loads libraries (ld-musl-x86_64.so.1, ld-linux.so.2), and where it looks. */
#ifndef MKINITRAMFS_LOADER_H
#define MKINITRAMFS_LOADER_H

#include <stdbool.h>

#include "contents.h"
#include "elf.h"

/* Zero-initialise before use. */
struct loader {
	const char *interp;  /* its path, borrowed; NULL if any loader may come */
	bool musl;	     /* it is musl's, which is the C library, too */
	bool anywhere;	     /* its directories are not known: any will do */
	struct strlist dirs; /* where it looks at last, in this order */
};

/* What is loaded, seen from what it needs. */
struct user {
	const struct elf *elf;
	const char *dir;	  /* where it was found, for $ORIGIN; borrowed */
	const struct user *after; /* what needed it in its turn, NULL for the program */
};

/*
 * Know the loader that a program names; with interp NULL one that is not known, which may
 * look anywhere.
 */
void loaderopen(struct loader *l, const struct contents *c, const char *interp);

/* Whether it has that library in itself, and so looks for no file. */
bool loaderhas(const struct loader *l, const char *library);

/*
 * The path that the loader opens for a library of u whose name has a slash: it looks nowhere else.
 * The caller frees it.
 */
char *loaderpath(const struct loader *l, const struct user *u, const char *library);

/* Add to out the directories where it looks for the libraries of u, in this order. */
void loaderdirs(const struct loader *l, const struct user *u, struct strlist *out);

void loaderfree(struct loader *l);

#endif
