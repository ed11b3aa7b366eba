/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The contents of an image: the packages of one configuration, from the list that make writes
 * (docs/inventory.md).
 */
#ifndef INVENTORY_INVENTORY_H
#define INVENTORY_INVENTORY_H

#include <stdbool.h>

#include "base/buf.h"

/* Strings are owned; NULL if not in the list. */
struct package {
	char *name;
	char *recipe; /* its recipe file */
	char *version;
	char *license;		    /* SPDX expression, or other text of the recipe */
	struct strlist licensefile; /* files with its text, below src */
	char *ownlicense;	    /* file with its text, if the package is a part of Whittle */
	char *mode;		    /* compiled for: target, bare, kernel, host, none */
	char *type;		    /* kind of recipe */
	char *dir;		    /* its build directory */
	char *src;		    /* its unpacked sources */
	char *source;		    /* its source file below the downloads */
	struct strlist url;	    /* URLs of that */
	struct strlist digest;	    /* accepted digests of it */
	char *sitedigest;	    /* digest of the file at url */
	char *pool;		    /* its path in a Debian pool */
	char *pooldigest;	    /* digest of the file there, if different */
	char *giturl;		    /* its git repository, if it has no source file */
	char *gitcommit;	    /* full id */
	char *local;		    /* existing source directory */
	char *owner;		    /* the package whose sources it uses */
	struct strlist patch;	    /* paths, in order of application */
	struct strlist depends;	    /* its dependencies */
	char *cpe;		    /* VENDOR:PRODUCT */
	char *purl;		    /* package URL without its version */
	char *homepage;
	/* set by inventoryuse: */
	bool brings;   /* it has files in the image */
	bool develops; /* other packages are linked with it */
	bool used;     /* it is in the image: as files, or linked into them */
};

/* Zero-initialise before use. */
struct inventory {
	struct package **package; /* by name */
	size_t len;
	char *board;
	char *images;	 /* directory of the boot files */
	char *manifest;	 /* of the root filesystem (docs/mkinitramfs.md) */
	char *downloads; /* directory of source files */
	char *epoch;	 /* time of the image, seconds since 1970; NULL: that of its packages */
};

/* Read the list at path into *v. Returns 0, or -1 with *why (caller frees). */
int inventoryread(struct inventory *v, const char *path, char **why);

/* Return the package of that name, or NULL. */
struct package *componentfind(const struct inventory *v, const char *name);

/* Return the package that owns the sources of p: p or another one. */
const struct package *packagesource(const struct inventory *v, const struct package *p);

void inventoryfree(struct inventory *v);

/* Return the last component of a path, a pointer into it. */
const char *basenameof(const char *path);

#endif
