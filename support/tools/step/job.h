/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The job of one call of the step runner: a package's directory and its inputs.
 *
 * Files in the directory (all written by the runner but the scripts):
 *   STEP.sh        the script, written by make
 *   STEP.log       its output
 *   STEP.time      seconds it took
 *   done/STEP      the key of its last success
 *   done/restored  the key of the stored image that image/ was taken from, if any
 *   running        exists while a step runs
 *   src/ build/ image/ sysroot/ host/ files/  trees: $SRC $BUILD ... of the scripts
 *   patches/       $FILES of unpack
 *   digest.PART, manifest  describe image/
 *   begun          dates of the last step that worked in build/, with --keep-build, --keep-edited
 *   steady         the key that build last began with, without the sources' digest, with
 *                  --keep-edited
 *   deps           the packages it was built against, a line "NAME DIR" each; "NAME" alone if DIR
 *                  is NAME in the parent of this directory, so that a tree can be moved or copied
 *   lock           held while a runner, or a process it left behind, runs
 *   src.lock       held while the sources are unpacked
 *   unconfined     a script ran here, or in src/, without the sandbox (sandbox.h)
 */
#ifndef STEP_JOB_H
#define STEP_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/pairs.h"
#include "store/artifact.h"

/*
 * The package whose unpack.sh makes the source tree: this one, or another one that shares its tree.
 */
struct source {
	const char *name;
	const char *title;  /* name and version */
	const char *dir;    /* its directory, with unpack.sh and src/; NULL: no source */
	struct pairs files; /* patches: name, path */
};

/* The largest job.verbose that can be given. */
#define VERBOSE_MAX 99

/* After which changes the build directory is kept. */
enum keep {
	KEEP_NONE,   /* none: each build starts in an empty directory */
	KEEP_EDITED, /* edited source files: the result of configure stays valid */
	KEEP_ALL,    /* a changed configuration, too */
};

struct job {
	const char *name;     /* the package's name, for messages */
	const char *title;    /* name and version, for the line of a step */
	const char *dir;      /* its directory */
	const char *src;      /* source tree; source.dir/src unless the recipe names another */
	const char *seen;     /* what was seen of it in this run (lib/fs/seen.h); or NULL */
	struct source source; /* the package that makes it */
	const char *clock;    /* the build clock: lib/fs/buildclock.h */
	const char *stamp;    /* touched when all steps are done; or NULL */
	const char *part;     /* part of the dependencies' images in the keys: sysroot, ... */
	const char *from;     /* first step to redo although it is not stale; or NULL */
	const char *packages; /* directory of all packages, for hints; or NULL */
	const char *progress; /* directory of records of earlier durations; or NULL */
	long lines;	      /* expected length of build's log if there is no record; or 0 */
	const char *recipe;   /* the package's recipe, for hints; or NULL */
	enum keep keep;	      /* when to keep the build directory */
	int verbose; /* -1 nothing, 0 a line for each step, 1 also output, from 2 on also reasons */
	bool unconfined;	/* run scripts without the sandbox (sandbox.h) */
	bool network;		/* leave them the network */
	const char *writable;	/* a directory more that they can write to; or NULL */
	struct artifacts store; /* store of built images; its dir is NULL if there is none */
	struct pairs env;	/* more environment variables for the scripts */
	struct pairs deps;	/* dependencies: name, directory; jobdeps makes them transitive */
	struct pairs late;	/* dependencies whose sysroot part is in the keys from build on */
	struct pairs images;	/* dependencies whose images part is, too */
	struct pairs files;	/* files to copy to files/: name, path */
	struct strlist steps;	/* steps to run, in order */
};

/* Return the path DIR/NAME of the job; the caller frees it. */
char *jobpath(const struct job *j, const char *name);

/* Return the path DIR/<prefix><step><suffix>; the caller frees it. */
char *jobfile(const struct job *j, const char *prefix, const char *step, const char *suffix);

/*
 * Make j->deps transitive: add the dependencies of each dependency (from its deps file), sort by
 * name, and write the result to dir/deps. Returns 0, or -1 with errno.
 */
int jobdeps(struct job *j);

#endif
