/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The script in the guest that gives the host further shells, one after the other. */
#ifndef RUNQEMU_AGENT_H
#define RUNQEMU_AGENT_H

#include "base/buf.h"
#include "records.h"

/*
 * What its records begin with, and what requests to it do. What it has run may have kept the port
 * open and read the next request there, so that must not tell how to write a record.
 */
struct agentmarks {
	char record[MARKLEN + 1];
	char request[MARKLEN + 1];
};

/*
 * Append the script to out. It finds its marks in SHELL_MARKS (session.h), announces itself by the
 * record "ready" on PORT_CONTROL, then takes what agentshell and agentrun ask for.
 */
void agentscript(struct buf *out);

/*
 * Append what has to be sent to PORT_SHELL for a login shell in a terminal of that size and kind.
 * mark is that of requests. Each has a number, higher than those before.
 */
void agentshell(struct buf *out, const char *mark, unsigned number, unsigned rows, unsigned columns,
		const char *term);

/* The same for a command: output to PORT_SHELL, errors to PORT_CONTROL. */
void agentrun(struct buf *out, const char *mark, unsigned number, const char *command);

/* Append what has to be sent to PORT_CONTROL when the terminal's size has changed. */
void agentsize(struct buf *out, unsigned rows, unsigned columns);

/* The same when nobody wants any more what was asked for by that number: it is to end. */
void agenthangup(struct buf *out, unsigned number);

#endif
