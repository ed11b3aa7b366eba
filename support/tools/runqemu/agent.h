/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The agent: a script in the guest that runs further shells for the host, one at a time. */
#ifndef RUNQEMU_AGENT_H
#define RUNQEMU_AGENT_H

#include "base/buf.h"
#include "records.h"

/*
 * The marks at the beginning of its records, and of requests to it. They differ: a process that the
 * agent ran may keep the port open and read the next request, and must not learn from it how to
 * write a record.
 */
struct agentmarks {
	char record[MARKLEN + 1];
	char request[MARKLEN + 1];
};

/*
 * Append the script to out. run is what runs a file with commands, login a login shell. It reads
 * its marks from SHELL_MARKS (session.h), announces itself by the record "ready" on PORT_CONTROL,
 * then waits for the requests below.
 */
void agentscript(struct buf *out, const char *run, const char *login);

/*
 * Append the request, to be sent to PORT_SHELL, for a login shell in a terminal of that size and
 * type. mark is that of requests. Each request has a higher number than those before.
 */
void agentshell(struct buf *out, const char *mark, unsigned number, unsigned rows, unsigned columns,
		const char *term);

/* The same for a command; its output goes to PORT_SHELL, its errors to PORT_CONTROL. */
void agentrun(struct buf *out, const char *mark, unsigned number, const char *command);

/* Append the request, to be sent to PORT_CONTROL, for a new terminal size. */
void agentsize(struct buf *out, unsigned rows, unsigned columns);

/* The same to end the job of that number, which is no longer wanted. */
void agenthangup(struct buf *out, unsigned number);

#endif
