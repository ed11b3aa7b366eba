/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which way a build goes: what the changes since the last one ask for, or why that is kbuild's
 * matter. */
#ifndef REPLAY_DECIDE_H
#define REPLAY_DECIDE_H

#include <stdbool.h>

#include "base/buf.h"
#include "cmdfile.h"
#include "fs/snapshot.h"
#include "state.h"
#include "submake.h"

/* All that is known before the decision. Zero-initialise before use. */
struct known {
	struct work *work;
	const char *versions; /* words: series of releases that replay is proven with, as "6.12" */
	struct state state;
	struct snapshot source; /* of now */
	struct submakes makes;
	const struct submake *base; /* the one whose environment commands have */
	struct cmdfiles commands;
	struct strlist changed; /* sources with another date, relative, sorted with strcmp; also of
				   those that no build should read, if there are other changes */
};

/* What is to be done. Zero-initialise before use. */
struct plan {
	char *reason;  /* why it is kbuild's matter; NULL: it is not */
	bool same;     /* nothing at all is to be done */
	bool last;     /* something that kbuild's last makes look after themselves changed */
	bool relink;   /* objects of vmlinux are made anew */
	bool finish;   /* all that the last link alone would compile is up to date */
	bool newgoals; /* the one reason is that these goals were not built before */
	struct strlist offsets;	 /* assembler files that headers are generated from */
	struct strlist compile;	 /* other targets to compile */
	struct strlist dirs;	 /* directories whose own makes look after the rest */
	struct strlist archives; /* to make anew, also lists of modules, and objects that are linked
				    of others; sorted */
	struct strlist thin;	 /* archives, vmlinux.a too, that need no ar: they are up to date */
};

/*
 * Decide. k->work, k->versions and k->source are set; the rest of k is filled. goals says whether
 * the command and the environment are those of the build that is asked for (not so for 'explain').
 */
void decide(struct known *k, struct plan *p, bool goals);

/* Set the reason, unless there is one. */
void because(struct plan *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The dependencies in commands that are in neither tree, each once. */
void outsidelisted(const struct work *w, const struct cmdfiles *commands, struct snapshot *out);

void knownfree(struct known *k);
void planfree(struct plan *p);

#endif
