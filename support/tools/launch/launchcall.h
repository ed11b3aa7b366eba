/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The launchers: how each is called, and what it says of a file afterwards. */
#ifndef LAUNCH_LAUNCHCALL_H
#define LAUNCH_LAUNCHCALL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/pairs.h"
#include "launcher.h"
#include "unit.h"

/*
 * Set argv and env so that distcc or icecc compiles the preprocessed file text to object, by one of
 * servers (icecc: by the one that is given, or by any). What it does is written to the file log. It
 * gives up when no server does it.
 */
void remotecommand(const struct settings *s, const struct unit *u, const struct strlist *servers,
		   const char *text, const char *object, const char *log, struct strlist *argv,
		   struct pairs *env);

/*
 * Return the server that compiled the file, as the log tells: HOST:PORT; NULL if it was none.
 * Caller frees.
 */
char *remoteserver(const struct settings *s, const char *log);

/* Return whether icecc had no other server for the file than this machine, by its log. */
bool remoteitself(const struct settings *s, const char *log);

/*
 * Return the first server that failed, and why in *why; both NULL if the log tells of none.
 * Another one may have done its work. Caller frees.
 */
char *remotefailed(const struct settings *s, const char *log, char **why);

/* Append the variables that ccache takes its settings from. remote: with the store for several. */
void ccachesettings(const struct settings *s, const char *remote, const char *log,
		    struct pairs *env);

#endif
