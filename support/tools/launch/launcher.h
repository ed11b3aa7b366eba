/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the command line says. */
#ifndef LAUNCH_LAUNCHER_H
#define LAUNCH_LAUNCHER_H

#include "base/buf.h"

enum launcher { CCACHE, DISTCC, ICECC };

struct settings {
	enum launcher by;
	const char *program;	/* the launcher's path */
	const char *cc;		/* the compiler's path; its last part is its name on servers */
	const char *dir;	/* where this build's records are */
	struct strlist servers; /* distcc: HOST[:PORT][/JOBS] */
	const char *scheduler;	/* icecc: HOST[:PORT] */
	const char *store;	/* ccache: its directory, and its limit in MiB */
	const char *limit;
	const char *identity; /* ccache: what tells the compiler from another one */
	const char *remote;   /* ccache: URL of a store for several machines, or NULL */
	int say;	      /* descriptor for messages to the person who builds */
};

/* Return "ccache", "distcc" or "icecc". */
const char *launchername(const struct settings *s);

/* Return the compiler's name, without its directory. */
const char *compilername(const struct settings *s);

/* Return DIR/name; caller frees. */
char *launchpath(const struct settings *s, const char *name);

/*
 * Print "launch: message" to descriptor s->say, or to standard error if that is not open. With
 * once, not if DIR/told/once exists; it does then.
 */
void say(const struct settings *s, const char *once, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
