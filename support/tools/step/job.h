/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What one call of the step runner works on: a package's directory and what it may use.
 *
 * Files in the directory (all written by the runner but the scripts):
 *   STEP.sh     the script as make wrote it      STEP.log  what it printed
 *   done/STEP   the key it last succeeded with   running   there while a step runs
 *   done/restored  the key of the stored image that image/ was taken from, if it was
 *   src/ build/ image/ sysroot/ host/ files/     its trees, $SRC $BUILD ... in the scripts
 *   patches/    $FILES of unpack
 *   digest.PART, manifest                        what image/ holds
 *   begun       dates the last step that worked in build/, with --keep-build or --keep-edited
 *   steady      what build was last begun with, beside the sources' digest, with --keep-edited
 *   deps        the packages it was built against, a line "NAME DIR" each; just "NAME" if DIR
 *               is NAME beside this directory, so that a whole tree can be moved or copied
 *   STEP.time   seconds that it took     lock        held while a runner, or what it left, runs
 *   src.lock    held while the sources are unpacked
 *   unconfined  a script worked there, or in src/, without the sandbox (sandbox.h)
 */
#ifndef STEP_JOB_H
#define STEP_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/pairs.h"
#include "store/artifact.h"

/* The package whose unpack.sh makes the source tree: this one, or another that shares its. */
struct source {
	const char *name;   /* what messages call it */
	const char *title;  /* name and version */
	const char *dir;    /* its directory, with unpack.sh and src/; NULL: there is none */
	struct pairs files; /* patches: name, path */
};

/* What a build directory outlives. */
enum keep {
	KEEP_NONE,   /* nothing: each build starts afresh */
	KEEP_EDITED, /* edited source files: what configure did holds */
	KEEP_ALL,    /* a changed configuration, too */
};

struct job {
	const char *name;	/* what messages call it: the package's name */
	const char *title;	/* name and version, for the line of a step */
	const char *dir;	/* its directory */
	const char *src;	/* source tree; source.dir/src unless the recipe names another */
	struct source source;	/* where that comes from */
	const char *clock;	/* see lib/fs/buildclock.h */
	const char *stamp;	/* touched when all steps are done, or NULL */
	const char *part;	/* part of the dependencies' images that is used: sysroot, ... */
	const char *from;	/* step to do again whatever the keys say, or NULL */
	const char *packages;	/* directory of all packages, for hints, or NULL */
	const char *progress;	/* directory of records of how long steps take, or NULL */
	long lines;		/* of log that build is to write, where it has no record; or 0 */
	const char *recipe;	/* file that says what the package is, for hints, or NULL */
	enum keep keep;		/* what the build directory outlives */
	int verbose;		/* -1 nothing, 0 a line a step, 1 output too, 2 reasons too */
	bool unconfined;	/* scripts go without the sandbox (sandbox.h) */
	struct artifacts store; /* of built images; its dir is NULL where there is none */
	struct pairs env;	/* further variables for the scripts */
	struct pairs deps;    /* packages it depends on: name, directory; closed over by jobdeps */
	struct pairs late;    /* the same, whose sysroot part counts from the build step on */
	struct pairs files;   /* files for files/: name, path */
	struct strlist steps; /* to do, in order */
};

/* dir/name of the job, as a new string. */
char *jobpath(const struct job *j, const char *name);
char *jobfile(const struct job *j, const char *prefix, const char *step, const char *suffix);

/*
 * Add to j->deps what the dependencies were built against (their own deps files), sort by
 * name, and write the result to dir/deps. 0, or -1 with errno.
 */
int jobdeps(struct job *j);

#endif
