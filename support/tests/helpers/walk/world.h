/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a walk walks through: the small packages of its external tree and all that may be
 * different about them. The tree (tree.h) and what is expected of a build (model.h) both
 * follow from a struct world and the configuration; neither looks at the other.
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

/* What a recipe says. */
struct recipe {
	int version;
	int comment;	  /* text of a comment */
	int flag[NSTEP];  /* a number that the step puts into what it makes; not for UNPACK */
	int noise[NSTEP]; /* one that stands in the step's script and in nothing that it makes */
};

/* The git repository of a directory of sources. What is committed is the number of text of each
 * file. */
struct repo {
	int on;	    /* there is one */
	int commit; /* number of the commit; its message has it */
	int used, unused, more;
	int tag;    /* number of the commit's tag; 0: none */
	int branch; /* number of the branch */
};

/* All that is not in .config. Only ints: two worlds are the same if their bytes are. */
struct world {
	struct recipe recipe[NPKG];
	int patch[2];	   /* of lib, to the files used and unused: 0 no patch, else its text */
	int rightgen;	   /* right depends on gen as well (and makes nothing of it) */
	int used[NTREE];   /* text of the file that counts */
	int unused[NTREE]; /* text of the one that does not */
	int more[NTREE];   /* nonzero: there is a third file, which nothing uses */
	struct repo repo[NTREE];
	int far; /* text of a file elsewhere, which a link in the sources of local leads to */
	int overlay[NOVERLAY]; /* text of each file in the overlay; 0: it is not there */
	int overlayexec;       /* the first of them is executable */
	int table;	       /* a number in the device table */
	int overlaygit; /* text of what git keeps in the overlay; 0: nothing. It counts for nothing
			 */
};

extern const char *const partname[NPARTS]; /* "gen" ... "rootfs" */
extern const char *const stepname[NSTEP];  /* "UNPACK" ... as the step runner prints them */

/* "GEN" ... what the variables and symbols of package p begin with. */
extern const char *const partprefix[NPKG];

/* Packages that p names in DEPENDS, as bits. */
unsigned int worlddepends(const struct world *w, int p);

/* The content of p's file "used" or "unused" in the tarball of that version, not patched. */
void sourcetext(int p, int version, const char *file, struct buf *out);

/* The same with patch number text applied to it. */
void sourcepatched(int p, int version, const char *file, int text, struct buf *out);

/* The same as it is in a directory of sources. */
void localtext(int tree, const char *file, int text, struct buf *out);

/* Nonzero if git says that the directory was edited since the commit. */
int localdirty(const struct world *w, int tree);

/* The line that a build in the directory makes of what git says. */
void localgit(const struct world *w, int tree, struct buf *out);

/* Seconds since the epoch that all files of a tarball are dated. */
long sourcedate(int version);

/* ---- the text of a .config ---- */

/* The value of symbol (without CONFIG_) as it stands there; "" if it is not set. Append to out. */
void configget(const char *config, const char *symbol, struct buf *out);
int configon(const char *config, const char *symbol); /* nonzero if it is y */
int packageon(const char *config, int p);	      /* nonzero if package p is chosen */

/* Replace all lines on symbol, or on those that begin so (symbol ends in '*'), by line. */
void configset(struct buf *config, const char *symbol, const char *line);

/* ---- random numbers that a seed decides ---- */

struct dice {
	uint64_t state;
};

void diceseed(struct dice *d, unsigned long seed);
int roll(struct dice *d, int n); /* 0 ... n-1 */

#endif
