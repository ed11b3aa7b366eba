/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an image is made of: the packages of one configuration, as the list of make tells them
 * (docs/inventory.md). */
#ifndef INVENTORY_INVENTORY_H
#define INVENTORY_INVENTORY_H

#include <stdbool.h>

#include "base/buf.h"

/* Strings are owned; those that the list does not give are NULL. */
struct package {
	char *name;
	char *recipe; /* the file that says all this */
	char *version;
	char *license;		    /* SPDX expression, or what the recipe says instead */
	struct strlist licensefile; /* texts of it, below src */
	char *ownlicense;	    /* the text, if the package is a part of Whittle itself */
	char *mode;		    /* what it is compiled for: target, bare, kernel, host, none */
	char *type;		    /* kind of recipe */
	char *dir;		    /* its build directory */
	char *src;		    /* its unpacked sources */
	char *source;		    /* its source file below the downloads */
	struct strlist url;	    /* where that is to be had */
	struct strlist digest;	    /* any of these is right for it */
	char *sitedigest;	    /* the one of the file at url */
	char *pool;		    /* its path in a Debian pool */
	char *pooldigest;	    /* the one of the file there, where that is another file */
	char *giturl;		    /* repository it comes from, instead of a file */
	char *gitcommit;	    /* full id */
	char *local;		    /* source directory that is there already */
	char *owner;		    /* package whose sources it uses */
	struct strlist patch;	    /* paths, in order */
	struct strlist depends;	    /* packages it is built against */
	char *cpe;		    /* VENDOR:PRODUCT */
	char *purl;		    /* package URL without its version */
	char *homepage;
	/* set by inventoryuse: */
	bool brings;   /* it has files in the image */
	bool develops; /* others are built with what it brings */
	bool used;     /* it is in the image: by files, or linked into them */
};

/* Zero-initialise before use. */
struct inventory {
	struct package **package; /* by name */
	size_t len;
	char *board;
	char *images;	 /* directory of what is to be booted */
	char *manifest;	 /* of the root filesystem (docs/mkinitramfs.md) */
	char *downloads; /* directory of source files */
	char *epoch;	 /* time of the image, seconds since 1970; NULL: that of its packages */
};

/* Read the list at path. 0, or -1 with *why (caller frees). */
int inventoryread(struct inventory *v, const char *path, char **why);

/* The package of that name, or NULL. */
struct package *componentfind(const struct inventory *v, const char *name);

/* The package that the sources of p are of: its owner's, or its own. */
const struct package *packagesource(const struct inventory *v, const struct package *p);

void inventoryfree(struct inventory *v);

/* The last component of a path. */
const char *basenameof(const char *path);

#endif
