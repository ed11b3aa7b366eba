/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Further shells: between a client, another runqemu, and the agent in the guest. Client and server
 * exchange packets, whose first byte is one of those below; one client is served at a time.
 */
#ifndef RUNQEMU_ATTACH_H
#define RUNQEMU_ATTACH_H

#include <poll.h>
#include <stdbool.h>

#include "agent.h"
#include "records.h"

#define PACKET_MAX 131072 /* bytes of a packet */

enum packet {
	/* from the client */
	PACKET_SHELL = 'S',   /* "ROWS COLUMNS TERM": a shell in such a terminal */
	PACKET_COMMAND = 'C', /* a command's text: run that */
	PACKET_INPUT = 'I',   /* bytes that were typed */
	PACKET_SIZE = 'Z',    /* "ROWS COLUMNS": the terminal has another size now */
	/* from the server */
	PACKET_GO = 'G',     /* the guest was asked to start it */
	PACKET_OUT = 'O',    /* output */
	PACKET_ERR = 'E',    /* errors of a command */
	PACKET_STATUS = 'Q', /* "N": it has ended with that exit status */
	PACKET_REFUSE = 'R', /* text: it cannot be, and why */
};

/* Begin with attachinit. */
struct attach {
	int listen;	   /* where clients come; -1: they cannot; not owned */
	int data, control; /* the agent's ports; -1: the guest has none, or is gone; not owned */
	int client;	   /* -1: none */
	const struct agentmarks *marks; /* of the agent; not owned */
	bool there;			/* the agent has announced itself */
	bool busy;			/* it runs something, maybe for a client that is gone */
	bool served;			/* that is for the client that is there */
	bool command;			/* that is a command, not a shell */
	bool next;			/* and so is the request */
	unsigned number;		/* of what it runs */
	struct stream out, err;		/* what comes from the guest's ports */
	struct buf request;		/* of the client, for the agent once it is free */
	struct buf todata, tocontrol;	/* what the guest has not taken yet */
	struct buf toclient, toerrors;	/* what the client has not taken yet */
};

/* Descriptors that are waited for. */
enum { ATTACH_LISTEN, ATTACH_CLIENT, ATTACH_DATA, ATTACH_CONTROL, ATTACH_COUNT };

/* marks have to stay. */
void attachinit(struct attach *a, int listenfd, const struct agentmarks *marks);

/* Say what is to be waited for, in p[ATTACH_COUNT]. */
void attachwait(const struct attach *a, struct pollfd *p);

/* Do what those descriptors allow for. Returns whether the guest sent something. */
bool attachserve(struct attach *a, const struct pollfd *p);

/* The client goes away; the guest and where clients come are not ours to close. */
void attachfree(struct attach *a);

#endif
