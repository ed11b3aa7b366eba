// SPDX-License-Identifier: GPL-2.0-or-later
#include "attach.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define FULL  65536 /* bytes that may be queued for one receiver */
#define CHUNK 16384 /* bytes of output in a packet */

static const char none[] = "this guest has no further shells: they need a kernel with "
			   "CONFIG_VIRTIO_CONSOLE and, at a terminal, --guest-init";
static const char taken[] = "another shell is attached to this guest";

void attachinit(struct attach *a, int listenfd, const struct agentmarks *marks)
{
	*a = (struct attach){ .listen = listenfd, .data = -1, .control = -1, .client = -1 };
	a->marks = marks;
	streaminit(&a->out, marks->record, false);
	streaminit(&a->err, marks->record, false);
}

static bool ended(const struct attach *a)
{
	return a->out.status >= 0 && (!a->command || a->err.ended);
}

void attachwait(const struct attach *a, struct pollfd *p)
{
	bool full = a->toclient.len >= FULL || a->toerrors.len >= FULL;
	bool tell = a->toclient.len || a->toerrors.len;

	p[ATTACH_LISTEN] = (struct pollfd){ .fd = a->listen, .events = POLLIN };
	p[ATTACH_CLIENT] = (struct pollfd){ .fd = a->client };
	p[ATTACH_DATA] = (struct pollfd){ .fd = a->data };
	p[ATTACH_CONTROL] = (struct pollfd){ .fd = a->control };
	p[ATTACH_CLIENT].events = (a->todata.len < FULL ? POLLIN : 0) | (tell ? POLLOUT : 0);
	p[ATTACH_DATA].events = (full ? 0 : POLLIN) | (a->todata.len ? POLLOUT : 0);
	p[ATTACH_CONTROL].events = (full ? 0 : POLLIN) | (a->tocontrol.len ? POLLOUT : 0);
}

static void drop(struct buf *b, size_t len)
{
	memmove(b->data, b->data + len, b->len - len);
	b->len -= len;
}

/* Send a packet. Returns 0, or -1 with errno; EAGAIN: wait for the receiver. */
static int packetsend(int fd, enum packet type, const char *data, size_t len)
{
	char head = (char)type;
	struct iovec parts[] = { { &head, 1 }, { (void *)data, len } };
	struct msghdr m = { .msg_iov = parts, .msg_iovlen = 2 };

	return sendmsg(fd, &m, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 ? -1 : 0;
}

/* The client is gone: end its job. */
static void clientgone(struct attach *a)
{
	if (a->client >= 0)
		close(a->client);
	a->client = -1;
	bufclear(&a->request);
	bufclear(&a->toclient);
	bufclear(&a->toerrors);
	if (a->busy && a->served)
		agenthangup(&a->tocontrol, a->number);
	a->served = false;
}

/* Send the client's request to the agent, once it is free. */
static void begin(struct attach *a)
{
	if (!a->request.len || !a->there || a->busy)
		return;
	streamfree(&a->out);
	streamfree(&a->err);
	streaminit(&a->out, a->marks->record, false);
	streaminit(&a->err, a->marks->record, true);
	bufadd(&a->todata, a->request.data, a->request.len);
	bufclear(&a->request);
	a->number++;
	a->command = a->next;
	a->busy = a->served = true;
	if (packetsend(a->client, PACKET_GO, "", 0) < 0)
		clientgone(a);
}

/* Send queued data to the client, and finally the status. */
static void clientsend(struct attach *a)
{
	char status[16];

	while (a->client >= 0 && (a->toclient.len || a->toerrors.len)) {
		bool out = a->toclient.len > 0;
		struct buf *b = out ? &a->toclient : &a->toerrors;
		size_t len = b->len < CHUNK ? b->len : CHUNK;

		if (packetsend(a->client, out ? PACKET_OUT : PACKET_ERR, b->data, len) == 0)
			drop(b, len);
		else if (errno == EAGAIN)
			return;
		else
			clientgone(a);
	}
	if (!a->busy || !ended(a))
		return;
	a->busy = false;
	if (a->served) {
		snprintf(status, sizeof(status), "%d", a->out.status);
		packetsend(a->client, PACKET_STATUS, status, strlen(status));
		clientgone(a);
	}
	begin(a);
}

static void clientaccept(struct attach *a)
{
	int fd = accept4(a->listen, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	const char *why = a->data < 0 ? none : taken;

	if (fd < 0)
		return;
	if (a->data >= 0 && a->client < 0) {
		a->client = fd;
		return;
	}
	packetsend(fd, PACKET_REFUSE, why, strlen(why));
	close(fd);
}

/*
 * Parse the size and, if term is not NULL, the type of a terminal. Returns whether text is valid.
 */
static bool terminalparse(const char *text, unsigned *rows, unsigned *columns, char term[64])
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789+-._";

	if (sscanf(text, "%5u %5u %63s", rows, columns, term) < 2)
		return false;
	return !term[strspn(term, plain)];
}

static void packettake(struct attach *a, char type, const char *text, size_t len)
{
	bool idle = !a->request.len && !a->served;
	char term[64] = "dumb";
	unsigned rows, columns;

	if (type == PACKET_INPUT && a->served && !a->command)
		bufadd(&a->todata, text, len);
	if (type == PACKET_SIZE && a->served && terminalparse(text, &rows, &columns, term))
		agentsize(&a->tocontrol, rows, columns);
	if (type == PACKET_SHELL && idle && terminalparse(text, &rows, &columns, term)) {
		agentshell(&a->request, a->marks->request, a->number + 1, rows, columns, term);
		a->next = false;
	}
	if (type == PACKET_COMMAND && idle) {
		agentrun(&a->request, a->marks->request, a->number + 1, text);
		a->next = true;
	}
	begin(a);
}

static void clientread(struct attach *a)
{
	static char packet[PACKET_MAX + 1];
	ssize_t n = recv(a->client, packet, PACKET_MAX, MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		clientgone(a);
		return;
	}
	packet[n] = '\0';
	packettake(a, packet[0], packet + 1, (size_t)n - 1);
}

static void guestsend(int fd, struct buf *b)
{
	ssize_t n = b->len ? send(fd, b->data, b->len, MSG_NOSIGNAL | MSG_DONTWAIT) : 0;

	if (n > 0)
		drop(b, (size_t)n);
}

/* Read a port of the guest. Returns whether there was data. */
static bool guestread(struct attach *a, int *fd)
{
	static char data[FULL];
	ssize_t n = read(*fd, data, sizeof(data));
	bool out = fd == &a->data;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (n <= 0) {
		*fd = -1; /* QEMU has ended, or is about to */
		return false;
	}
	streamfeed(out ? &a->out : &a->err, data, (size_t)n, out ? &a->toclient : &a->toerrors);
	a->there = a->there || a->err.ready;
	if (!a->served) {
		bufclear(&a->toclient);
		bufclear(&a->toerrors);
	}
	return true;
}

bool attachserve(struct attach *a, const struct pollfd *p)
{
	static const short in = POLLIN | POLLHUP | POLLERR;
	bool life = false;

	if (p[ATTACH_DATA].revents & in && a->data >= 0)
		life = guestread(a, &a->data);
	if (p[ATTACH_CONTROL].revents & in && a->control >= 0)
		life = guestread(a, &a->control) || life;
	if (p[ATTACH_CLIENT].revents & in && a->client == p[ATTACH_CLIENT].fd && a->client >= 0)
		clientread(a);
	if (p[ATTACH_LISTEN].revents)
		clientaccept(a);
	begin(a);
	clientsend(a);
	if (a->data >= 0)
		guestsend(a->data, &a->todata);
	if (a->control >= 0)
		guestsend(a->control, &a->tocontrol);
	return life;
}

void attachfree(struct attach *a)
{
	if (a->client >= 0)
		close(a->client);
	streamfree(&a->out);
	streamfree(&a->err);
	buffree(&a->request);
	buffree(&a->todata);
	buffree(&a->tocontrol);
	buffree(&a->toclient);
	buffree(&a->toerrors);
}
