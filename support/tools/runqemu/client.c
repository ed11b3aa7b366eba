// SPDX-License-Identifier: GPL-2.0-or-later
#include "client.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "attach.h"
#include "base/clock.h"
#include "base/msg.h"
#include "fs/file.h"
#include "report.h"
#include "rundir.h"
#include "term.h"

#define PATIENCE_MS 2000   /* ms after which a message says that we wait */
#define ESCAPE	    '\001' /* Ctrl-A, as on the console */

struct client {
	int fd;
	int signals;   /* signalfd of SIGWINCH */
	bool terminal; /* a shell on our terminal */
	bool going;    /* the request was sent to the guest */
	bool escaped;  /* the last key was ESCAPE */
	bool left;     /* the user wants to leave */
	bool told;     /* the message on waiting was printed */
	int code;      /* exit code; -1: not known yet */
	long start;    /* ms of the clock */
	long timeout;  /* ms to wait for going; 0: for ever */
};

static int say(struct client *c, enum packet type, const char *data, size_t len)
{
	struct buf packet = { 0 };
	ssize_t n;

	bufputc(&packet, (char)type);
	bufadd(&packet, data, len);
	n = send(c->fd, packet.data, packet.len, MSG_NOSIGNAL);
	if (n < 0 && errno == EPIPE)
		n = 0; /* the server has sent a reason, or has ended */
	buffree(&packet);
	return n < 0 ? -1 : 0;
}

static void terminaltell(struct client *c, enum packet type)
{
	const char *term = getenv("TERM");
	unsigned rows, columns;
	char *text;

	termsize(&rows, &columns);
	text = xasprintf("%u %u %.60s", rows ? rows : 24, columns ? columns : 80,
			 term && *term ? term : "dumb");
	say(c, type, text, strlen(text));
	free(text);
}

/* Send typed keys to the guest: ESCAPE and x leaves, ESCAPE twice sends one. */
static void keystake(struct client *c, const char *keys, size_t len)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < len && !c->left; i++) {
		if (!c->escaped && keys[i] == ESCAPE) {
			c->escaped = true;
			continue;
		}
		c->left = c->escaped && keys[i] == 'x';
		if (!c->left)
			bufputc(&out, keys[i]);
		c->escaped = false;
	}
	if (out.len)
		say(c, PACKET_INPUT, out.data, out.len);
	buffree(&out);
}

static void keysread(struct client *c)
{
	char keys[4096];
	ssize_t n = read(STDIN_FILENO, keys, sizeof(keys));

	if (n > 0)
		keystake(c, keys, (size_t)n);
	else if (n == 0 || errno != EINTR)
		c->left = true; /* the terminal is gone */
}

static void packettake(struct client *c, const char *packet, size_t len)
{
	int to = packet[0] == PACKET_ERR ? STDERR_FILENO : STDOUT_FILENO;

	switch (packet[0]) {
	case PACKET_GO:
		c->going = true;
		if (c->terminal) {
			termraw();
			terminaltell(c, PACKET_SIZE);
		}
		break;
	case PACKET_OUT:
	case PACKET_ERR:
		if (writeall(to, packet + 1, len - 1) < 0) {
			warn("cannot write the guest's output:");
			c->code = EXIT_QEMU;
		}
		break;
	case PACKET_STATUS:
		c->code = (int)strtol(packet + 1, NULL, 10) & 0xff;
		break;
	case PACKET_REFUSE:
		warn("no shell: %s", packet + 1);
		c->code = EXIT_QEMU;
		break;
	}
}

static void packetread(struct client *c)
{
	static char packet[PACKET_MAX + 1];
	ssize_t n = recv(c->fd, packet, PACKET_MAX, 0);

	if (n < 0 && (errno == EINTR || errno == ECONNRESET))
		return; /* with the latter, data sent before can still be read */
	if (n > 0) {
		packet[n] = '\0';
		packettake(c, packet, (size_t)n);
		return;
	}
	termrestore();
	warn("the guest has ended");
	c->code = EXIT_GONE;
}

/* Print that we wait, or that the time is over. Returns the ms until the next action, or -1. */
static int waitcheck(struct client *c)
{
	long passed = clockms() - c->start;

	if (c->going)
		return -1;
	if (c->timeout && passed >= c->timeout) {
		warn("the guest gave no shell in %ld seconds: it is stopped or hangs, or its image "
		     "does not run /.whittle/start (docs/guest.md)",
		     c->timeout / 1000);
		c->code = EXIT_NOINIT;
		return 0;
	}
	if (!c->told && passed >= PATIENCE_MS) {
		warn("waiting for the guest: it boots, is stopped or still ends a shell");
		c->told = true;
	}
	if (!c->told)
		return (int)(PATIENCE_MS - passed);
	return c->timeout ? (int)(c->timeout - passed) : -1;
}

static void turn(struct client *c)
{
	int wait = waitcheck(c);
	bool keys = c->terminal && c->going;
	struct signalfd_siginfo info;
	struct pollfd p[] = {
		{ .fd = c->fd, .events = POLLIN },
		{ .fd = c->signals, .events = POLLIN },
		{ .fd = keys ? STDIN_FILENO : -1, .events = POLLIN },
	};

	if (c->code >= 0 || poll(p, 3, wait) <= 0)
		return;
	if (p[0].revents)
		packetread(c);
	if (p[1].revents && read(c->signals, &info, sizeof(info)) > 0)
		terminaltell(c, PACKET_SIZE);
	if (p[2].revents)
		keysread(c);
}

static int signalsopen(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGWINCH);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* Send the request. Returns 0, or -1 with errno. */
static int ask(struct client *c, const char *command)
{
	struct buf text = { 0 };
	int ret = 0;

	if (c->terminal) {
		terminaltell(c, PACKET_SHELL);
		return 0;
	}
	if (command)
		bufputs(&text, command);
	else
		ret = fileread("/dev/stdin", &text);
	if (ret == 0 && text.len >= PACKET_MAX - 1) {
		errno = E2BIG;
		ret = -1;
	}
	if (ret == 0)
		ret = say(c, PACKET_COMMAND, bufstr(&text), text.len);
	buffree(&text);
	return ret;
}

int clientrun(const char *path, const char *command, long timeout)
{
	struct client c = { .code = -1, .timeout = timeout * 1000 };

	c.terminal = !command && isatty(STDIN_FILENO);
	c.start = clockms();
	c.fd = rundirconnect(path, RUN_SHELL, SOCK_SEQPACKET);
	if (c.fd < 0) {
		warn("no guest runs with %s: %s%s", path, strerror(errno),
		     errno == ENOENT || errno == ECONNREFUSED ? " ('make qemu-run' starts one)"
							      : "");
		return EXIT_QEMU;
	}
	c.signals = signalsopen();
	if (ask(&c, command) < 0) {
		warn("cannot send the request to the guest:");
		c.code = EXIT_QEMU;
	}
	while (c.code < 0 && !c.left)
		turn(&c);
	termrestore();
	close(c.fd);
	close(c.signals);
	return c.left ? EXIT_OK : c.code;
}
