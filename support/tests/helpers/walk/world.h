/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A world: the small packages of the external tree and all their variations. The tree (exttree.h)
 * and the expected result of a build (model.h) both follow from a struct world and the
 * configuration, independently of each other.
 */
#ifndef WALK_WORLD_H
#define WALK_WORLD_H

#include <stdint.h>

#include "base/buf.h"

/*
 * The packages, each after those that it depends on:
 *	gen	brings a program that others run while they are built
 *	lib	a library from a tarball in three versions, with patches
 *	twin	built from lib's sources
 *	left	has lib's content in its own
 *	right	depends on lib, but comes out the same whatever lib is
 *	top	closes the diamond over left and right; Kconfig options go into its script
 *	local	sources in a directory (LOCAL_DIR); runs gen
 *	keep	KEEP_BUILD and a makefile that goes by ages; a tarball or a directory
 */
enum { GEN, LIB, TWIN, LEFT, RIGHT, TOP, LOCAL, KEEP, NPKG };
enum { ROOTFS = NPKG, NPARTS };

enum { UNPACK, CONFIGURE, BUILD, INSTALL, NSTEP };

enum { LIBVERSIONS = 3, KEEPVERSIONS = 2 };

/* Directories of sources: that of local, that of keep. */
enum { LOCALTREE, KEEPTREE, NTREE };

enum { NOVERLAY = 3 };

/* The variations of a recipe. */
struct recipe {
	int version;
	int comment;	  /* text of a comment */
	int flag[NSTEP];  /* a number that the step writes to its result; not for UNPACK */
	int noise[NSTEP]; /* a number in the step's script that does not change its result */
};

/*
 * The git repository of a source directory. The committed version of a file is the number of its
 * text.
 */
struct repo {
	int on;	    /* it exists */
	int commit; /* number of the commit; its message has it */
	int used, unused, more;
	int tag;    /* number of the commit's tag; 0: none */
	int branch; /* number of the branch */
};

/* Everything that is not in .config. It has only ints: equal worlds have equal bytes. */
struct world {
	struct recipe recipe[NPKG];
	int patch[2];	   /* of lib, to the files used and unused: 0 no patch, else its text */
	int rightgen;	   /* right depends on gen as well (and makes nothing of it) */
	int used[NTREE];   /* text of the file that is used */
	int unused[NTREE]; /* text of the file that is not used */
	int more[NTREE];   /* nonzero: there is a third file, which is not used */
	struct repo repo[NTREE];
	int far; /* text of a file elsewhere; a link in the sources of local leads to it */
	int overlay[NOVERLAY]; /* text of each file in the overlay; 0: missing */
	int overlayexec;       /* the first of them is executable */
	int table;	       /* a number in the device table */
	int overlaygit;	       /* text of git's file in the overlay; 0: none. It has no effect */
};

extern const char *const partname[NPARTS]; /* "gen" ... "rootfs" */
extern const char *const stepname[NSTEP];  /* "UNPACK" ... as the step runner prints them */

/* "GEN" ... prefix of the variables and symbols of package p */
extern const char *const partprefix[NPKG];

/* The packages that p names in DEPENDS, as bits. */
unsigned int worlddepends(const struct world *w, int p);

/*
 * Append the contents of p's file "used" or "unused", in the tarball of that version, not patched.
 */
void sourcetext(int p, int version, const char *file, struct buf *out);

/* The same with patch number text applied. */
void sourcepatched(int p, int version, const char *file, int text, struct buf *out);

/* The same in a source directory. */
void localtext(int tree, const char *file, int text, struct buf *out);

/* Return nonzero if git reports edits since the commit. */
int localdirty(const struct world *w, int tree);

/* Append the line that a build in the directory makes of git's description. */
void localgit(const struct world *w, int tree, struct buf *out);

/* The date of all files of a tarball, seconds since the epoch. */
long sourcedate(int version);

/* ---- the text of a .config ---- */

/* Append the value of symbol (without CONFIG_) as in config; "" if it is not set. */
void configget(const char *config, const char *symbol, struct buf *out);
int configon(const char *config, const char *symbol); /* nonzero if it is y */
int packageon(const char *config, int p);	      /* nonzero if package p is chosen */

/* Replace all lines on symbol, or on symbols with that prefix (symbol ends in '*'), by line. */
void configset(struct buf *config, const char *symbol, const char *line);

/* ---- random numbers from a seed ---- */

struct dice {
	uint64_t state;
};

void diceseed(struct dice *d, unsigned long seed);
int roll(struct dice *d, int n); /* 0 ... n-1 */

#endif
