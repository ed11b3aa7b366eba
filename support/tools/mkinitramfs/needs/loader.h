/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The dynamic loader (ld-musl-*.so.1, ld-linux.so.2) and its search path. */
#ifndef MKINITRAMFS_LOADER_H
#define MKINITRAMFS_LOADER_H

#include <stdbool.h>

#include "contents.h"
#include "elf.h"

/* Zero-initialise before use. */
struct loader {
	const char *interp;  /* its path, borrowed; NULL if unknown */
	bool musl;	     /* it is musl's, which is also the C library */
	bool anywhere;	     /* its directories are unknown: search everywhere */
	struct strlist dirs; /* its default directories, in search order */
};

/* A file that needs libraries. */
struct user {
	const struct elf *elf;
	const char *dir;	  /* its directory, for $ORIGIN; borrowed */
	const struct user *after; /* the file that needs this one, NULL for the program */
};

/*
 * Initialise l for the loader that a program names. If interp is NULL, the loader is unknown and
 * may search everywhere.
 */
void loaderopen(struct loader *l, const struct contents *c, const char *interp);

/* Return whether the loader contains that library itself, and needs no file for it. */
bool loaderhas(const struct loader *l, const char *library);

/*
 * Return the only path that the loader opens for a library of u whose name contains a slash. Caller
 * frees.
 */
char *loaderpath(const struct loader *l, const struct user *u, const char *library);

/* Append to out the directories that the loader searches for libraries of u, in order. */
void loaderdirs(const struct loader *l, const struct user *u, struct strlist *out);

void loaderfree(struct loader *l);

#endif
