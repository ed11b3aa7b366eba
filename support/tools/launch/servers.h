/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The servers of this build: each compiles a probe first, with the options of the unit that is to
 * be compiled, and has to give the bytes that this machine's compiler gives.
 */
#ifndef LAUNCH_SERVERS_H
#define LAUNCH_SERVERS_H

#include "launcher.h"
#include "unit.h"

/*
 * Append the servers that may be used: of distcc as they were given, of icecc HOST:PORT, of ccache
 * the URL of the remote store. The first caller in a build asks them, and tells the person of those
 * that are not used; others wait.
 */
void serversusable(const struct settings *s, const struct unit *u, struct strlist *servers);

#endif
