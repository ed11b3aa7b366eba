/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The subject of a book: the packages of one configuration, from the list file (docs/book.md), and
 * the results of their builds.
 */
#ifndef BOOK_BOOK_H
#define BOOK_BOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/pairs.h"

/* The files that install put into one part of an image (target, sysroot, host, images). */
struct part {
	const char *name;
	size_t files;		  /* regular files */
	size_t links;		  /* symbolic links */
	unsigned long long bytes; /* of the files */
	struct pairs
		paths; /* directory below the part -> names of its files, separated by spaces */
};

enum { NPARTS = 4 };

/* Strings are owned; NULL if not in the list. */
struct package {
	char *name;
	char *symbol;  /* its Kconfig symbol, without CONFIG_ */
	char *kconfig; /* the Kconfig file with it */
	char *recipe;  /* its recipe file */
	char *version;
	char *license;
	char *mode;		/* compiled for: target, bare, kernel, host, none */
	char *type;		/* kind of recipe */
	char *base;		/* base of its own Kconfig configuration */
	char *dir;		/* its build directory, with the scripts */
	char *source;		/* its source file below the downloads */
	char *giturl;		/* its git repository, if it has no source file */
	char *gitcommit;	/* full id */
	char *owner;		/* the package whose sources it uses */
	char *local;		/* existing source directory */
	struct strlist url;	/* URLs of the source file */
	struct strlist digest;	/* accepted digests of it */
	struct strlist patch;	/* paths, in order of application */
	struct pairs copy;	/* $FILES/NAME -> a file of the Whittle tree */
	struct pairs embed;	/* $FILES/NAME -> a file of the user's */
	struct strlist depends; /* its dependencies */

	/* from the Kconfig file */
	char *title;	     /* its prompt, or its name */
	struct strlist help; /* paragraphs */
	/* from the dependencies */
	struct strlist all;   /* transitive dependencies, sorted */
	struct strlist users; /* packages that depend on it */
	int state;	      /* state of the visit of bookorder */
	/* from the directory */
	double seconds; /* duration of its steps; negative if unknown */
	bool measured;	/* part[] is known */
	struct part part[NPARTS];
	bool unpacked; /* an earlier chapter unpacks its sources */
};

/* Zero-initialise before use. */
struct book {
	struct package **package; /* in build order after bookorder */
	size_t len;
	char *unit;	/* package whose time is one SBU */
	char *rootfs;	/* build directory of the root filesystem */
	char *manifest; /* its manifest (docs/mkinitramfs.md) */
	char *needs; /* packages to install on the build machine: the table of scripts/bootstrap */
	struct pairs set;	 /* variables of the pages, also for @if */
	struct pairs tool;	 /* helper program -> libraries it is linked with */
	struct strlist lib;	 /* source files of support/lib that these use, without .c */
	struct strlist need;	 /* more lines of such a table */
	struct strlist needless; /* entries of needs that the book does not need */
	double unitseconds;	 /* one SBU; negative if unknown */
	double rootfsseconds;	 /* time of the root filesystem's step; negative if unknown */
};

/* Return the package of that name, or NULL. */
struct package *packagefind(const struct book *b, const char *name);

#endif
