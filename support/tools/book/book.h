/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a book is about: the packages of one configuration, as the list file tells them
 * (docs/book.md), and what their directories say of their build.
 */
#ifndef BOOK_BOOK_H
#define BOOK_BOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/pairs.h"

/* What install left in one part of an image (target, sysroot, host, images). */
struct part {
	const char *name;
	size_t files;		  /* regular files */
	size_t links;		  /* symbolic links */
	unsigned long long bytes; /* of the files */
	struct pairs paths;	  /* directory below the part -> names in it, separated by spaces */
};

enum { NPARTS = 4 };

/* Strings are owned; those that the list does not give are NULL. */
struct package {
	char *name;
	char *symbol;  /* its Kconfig symbol, without CONFIG_ */
	char *kconfig; /* the file that has it */
	char *recipe;  /* file that the scripts were made from */
	char *version;
	char *license;
	char *mode;		/* what it is compiled for: target, bare, kernel, host, none */
	char *type;		/* kind of recipe */
	char *base;		/* what its own Kconfig configuration starts from */
	char *dir;		/* its build directory, with the scripts */
	char *source;		/* its source file below the downloads */
	char *giturl;		/* repository it comes from, instead of a file */
	char *gitcommit;	/* full id */
	char *owner;		/* package whose sources it uses */
	char *local;		/* source directory that is there already */
	struct strlist url;	/* where the source file is to be had */
	struct strlist digest;	/* any of these is right for it */
	struct strlist patch;	/* paths, in order */
	struct pairs copy;	/* $FILES/NAME -> a file of the Whittle tree */
	struct pairs embed;	/* $FILES/NAME -> a file of the user's */
	struct strlist depends; /* packages it is built against */

	/* from the Kconfig file */
	char *title;	     /* its prompt, or its name */
	struct strlist help; /* paragraphs */
	/* from the dependencies */
	struct strlist all;   /* depends and all that those were built against, sorted */
	struct strlist users; /* who depends on it */
	int state;	      /* of the walk that finds the order */
	/* from the directory */
	double seconds; /* that its steps took; negative if unknown */
	bool measured;	/* part[] is known */
	struct part part[NPARTS];
	bool unpacked; /* the book has its sources unpacked already */
};

/* Zero-initialise before use. */
struct book {
	struct package **package; /* in the order of building after bookorder */
	size_t len;
	char *unit;		 /* package whose time is one SBU */
	char *rootfs;		 /* build directory of the root filesystem */
	char *manifest;		 /* what is in it (docs/mkinitramfs.md) */
	char *needs;		 /* what has to be installed: the table of scripts/bootstrap */
	struct pairs set;	 /* variables of the pages, and what they know by @if */
	struct pairs tool;	 /* helper program -> libraries it is linked with */
	struct strlist lib;	 /* sources of support/lib that these call, without .c */
	struct strlist needless; /* of what the machine needs, what the book does without */
	double unitseconds;	 /* one SBU; negative if unknown */
	double rootfsseconds;	 /* time of the root filesystem's step; negative if unknown */
};

/* The package of that name, or NULL. */
struct package *packagefind(const struct book *b, const char *name);

#endif
