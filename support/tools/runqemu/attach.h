/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Further shells: the server between a client (another runqemu) and the agent in the guest. Client
 * and server exchange packets, whose first byte is one of those below. One client is served at a
 * time.
 */
#ifndef RUNQEMU_ATTACH_H
#define RUNQEMU_ATTACH_H

#include <poll.h>
#include <stdbool.h>

#include "agent.h"
#include "records.h"

#define PACKET_MAX 131072 /* bytes of a packet */

enum packet {
	/* sent by the client */
	PACKET_SHELL = 'S',   /* "ROWS COLUMNS TERM": start a shell in such a terminal */
	PACKET_COMMAND = 'C', /* text of a command to run */
	PACKET_INPUT = 'I',   /* typed bytes */
	PACKET_SIZE = 'Z',    /* "ROWS COLUMNS": new size of the terminal */
	/* sent by the server */
	PACKET_GO = 'G',     /* the request was sent to the guest */
	PACKET_OUT = 'O',    /* output */
	PACKET_ERR = 'E',    /* standard error of a command */
	PACKET_STATUS = 'Q', /* "N": exit status */
	PACKET_REFUSE = 'R', /* text: the reason for a refusal */
};

/* Begin with attachinit. */
struct attach {
	int listen;			/* listening socket; -1: none; not owned */
	int data, control;		/* the agent's ports; -1: missing or closed; not owned */
	int client;			/* -1: none */
	const struct agentmarks *marks; /* of the agent; not owned */
	bool there;			/* the agent has announced itself */
	bool busy;			/* it runs a job, maybe of a client that is gone */
	bool served;			/* the job is that of the present client */
	bool command;			/* the job is a command, not a shell */
	bool next;			/* the request is a command */
	unsigned number;		/* number of the job */
	struct stream out, err;		/* data from the guest's ports */
	struct buf request;		/* the client's request, until the agent is free */
	struct buf todata, tocontrol;	/* data for the guest that is not sent yet */
	struct buf toclient, toerrors;	/* data for the client that is not sent yet */
};

/* Descriptors to poll. */
enum { ATTACH_LISTEN, ATTACH_CLIENT, ATTACH_DATA, ATTACH_CONTROL, ATTACH_COUNT };

/* Set up *a. marks must outlive it. */
void attachinit(struct attach *a, int listenfd, const struct agentmarks *marks);

/* Set p[ATTACH_COUNT] for poll. */
void attachwait(const struct attach *a, struct pollfd *p);

/* Handle the events in p. Returns whether the guest sent something. */
bool attachserve(struct attach *a, const struct pollfd *p);

/* Close the client. The guest's ports and the listening socket are not closed. */
void attachfree(struct attach *a);

#endif
