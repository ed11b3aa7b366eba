// SPDX-License-Identifier: GPL-2.0-or-later
#include "guest.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "crash.h"
#include "fs/file.h"
#include "gueststate.h"
#include "guesttimers.h"
#include "signals.h"
#include "term.h"

#define ERRORS_MAX 16384 /* bytes of QEMU's messages to keep */

/* End when the session has sent its status and no output is queued. */
static void sessioncheck(struct guest *g)
{
	const struct stream *s = gueststatus(g);

	if (s && (s != &g->stream[CH_OUT] || g->stream[CH_ERR].ended))
		guestconclude(g, OUT_STATUS, s->status);
}

static void consoletake(struct guest *g, const char *data, size_t len)
{
	consolefeed(&g->end->console, data, len);
	testtapconsole(&g->tap, data, len);
	if (g->spec->crash)
		crashlog(g->spec->crash, data, len);
	if (g->spec->kernellog >= 0 && writeall(g->spec->kernellog, data, len) < 0)
		guestconclude(g, OUT_WRITE, errno);
	if (g->spec->mode == MODE_TERMINAL)
		hushfeed(&g->hush, data, len, &g->out.pending);
	else if (g->spec->show && !g->stream[CH_CONSOLE].ready)
		bufadd(&g->err.pending, data, len);
	if (g->spec->mode == MODE_SHELL)
		streamfeed(&g->stream[CH_CONSOLE], data, len, &g->out.pending);
}

/* Take data of the session on a channel. */
static void sessiontake(struct guest *g, enum channel c, const char *data, size_t len)
{
	struct outqueue *q = c == CH_ERR ? &g->err : &g->out;
	size_t at = q->pending.len;

	streamfeed(&g->stream[c], data, len, &q->pending);
	if (testtapoutput(&g->tap, c == CH_ERR, bufstr(&q->pending) + at, q->pending.len - at) < 0)
		guestconclude(g, OUT_WRITE, errno);
}

/* Process QMP data; ask for the reason of a stop. */
static void qmptake(struct guest *g, const char *data, size_t len)
{
	bool loaded = g->qmp.loaded;

	qmpfeed(&g->qmp, data, len);
	if (g->spec->loaded && g->qmp.loaded && !loaded)
		unlink(g->spec->loaded);
	if (g->spec->crash && g->qmp.dump) {
		dumpreply(&g->spec->crash->dump, &g->qmp, g->vm.fd[CH_QMP]);
		g->qmp.dump = REPLY_NONE;
		if (g->end->outcome != OUT_RUNNING)
			guestquit(g);
	}
	if (g->qmp.snapshot && g->vm.fd[CH_QMP] >= 0)
		snapshotsreply(&g->snapshots, &g->qmp, g->vm.fd[CH_QMP]);
	g->qmp.snapshot = REPLY_NONE;
	if (!g->qmp.asks || g->vm.fd[CH_QMP] < 0)
		return;
	g->qmp.asks = false;
	if (writeall(g->vm.fd[CH_QMP], QMP_ASK, strlen(QMP_ASK)) < 0)
		g->qmp.stopped = false; /* QEMU is ending */
}

/* Read some data of a channel. Returns the number of bytes; 0: none. */
static size_t channelread(struct guest *g, enum channel c)
{
	static char data[65536];
	size_t n = vmread(&g->vm.fd[c], data, sizeof(data));
	unsigned lockups = g->end->console.lockups;
	bool begins = !g->end->console.line.len;

	if (!n)
		return 0;
	if (c == CH_QMP)
		qmptake(g, data, n);
	else if (c == CH_CONSOLE)
		consoletake(g, data, n);
	else
		sessiontake(g, c, data, n);
	if (c == CH_CONSOLE)
		guestprinted(g, begins, g->end->console.lockups != lockups);
	else if (c != CH_QMP)
		guestalive(g);
	if (g->end->readyms < 0 && guestready(g))
		g->end->readyms = g->life - g->start;
	sessioncheck(g);
	return n;
}

static size_t errorsread(struct guest *g)
{
	char data[4096];
	size_t n = vmread(&g->vm.errors, data, sizeof(data));

	if (g->end->errors.len < ERRORS_MAX)
		bufadd(&g->end->errors, data, n);
	return n;
}

/*
 * Read the data that was there when QEMU ended, and no more: another process that it started may
 * have the channels, too, and never close them.
 */
static void drain(struct guest *g)
{
	size_t left;

	for (int c = 0; c <= CH_TTY; c++)
		for (left = vmwaiting(g->vm.fd[c]); left && g->vm.fd[c] >= 0;) {
			size_t n = channelread(g, c);

			left -= n && n < left ? n : left;
		}
	for (left = vmwaiting(g->vm.errors); left && g->vm.errors >= 0;) {
		size_t n = errorsread(g);

		left -= n && n < left ? n : left;
	}
	vmclose(&g->vm, CH_TTY);
}

/* QEMU has ended: read the remaining data, and find the reason. */
static void vmgone(struct guest *g)
{
	const struct console *console = &g->end->console;
	const struct stream *s;

	drain(g);
	if (g->spec->crash)
		dumpabort(&g->spec->crash->dump, "QEMU ended");
	hushend(&g->hush, &g->out.pending);
	streamflush(&g->stream[CH_OUT], &g->out.pending);
	streamflush(&g->stream[CH_ERR], &g->err.pending);
	streamflush(&g->stream[CH_TTY], &g->out.pending);
	s = gueststatus(g);
	if (s)
		guestconclude(g, OUT_STATUS, s->status);
	else if (console->panic || g->qmp.end == QMP_PANICKED)
		guestconclude(g, console->noinit ? OUT_NOINIT : OUT_PANIC, 0);
	else if (g->qmp.end == QMP_RESET)
		guestconclude(g, OUT_RESET, 0);
	else if (g->qmp.end == QMP_SHUTDOWN)
		guestconclude(g, OUT_OFF, 0);
	else if (g->qmp.end == QMP_QUIT)
		guestconclude(g, OUT_QUIT, 0);
	else if ((console->off || console->halted) && g->vm.status == 0)
		guestconclude(g, OUT_OFF, 0); /* some machines end QEMU without an event */
	else
		guestconclude(g, OUT_FAILED, g->vm.status);
}

static void signalread(struct guest *g)
{
	struct signalfd_siginfo info;

	while (read(g->signals, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo != SIGCHLD)
			guestconclude(g, OUT_SIGNAL, (int)info.ssi_signo);
		else if (g->vm.pid >= 0 && vmended(&g->vm))
			vmgone(g);
	}
}

/* Whether our standard input should be read, once there is room for it. */
static bool inputwanted(const struct guest *g)
{
	return g->end->outcome == OUT_RUNNING &&
	       (g->spec->mode == MODE_TERMINAL ||
		(g->spec->mode == MODE_SHELL && g->stream[CH_CONSOLE].ready));
}

static void outqueueflush(struct guest *g, struct outqueue *s)
{
	if (outqueuewrite(s) == 0)
		return;
	guestconclude(g, OUT_WRITE, errno);
	bufclear(&s->pending);
}

/* Whether a channel should not be read now, because its output is full. */
static bool congested(const struct guest *g, enum channel c)
{
	if (c == CH_ERR)
		return outqueuefull(&g->err);
	/* While a run is recorded, QEMU must never find a pipe full: its log would not know. */
	return c != CH_QMP && !g->spec->recorded && outqueuefull(&g->out);
}

enum {
	P_SIGNALS,
	P_ERRORS,
	P_STDIN,
	P_OUT,
	P_ERR,
	P_DUMP,
	P_CHANNEL,
	P_ATTACH = P_CHANNEL + CH_TTY + 1,
	P_COUNT = P_ATTACH + ATTACH_COUNT
};

/* Add the descriptors of further shells. */
static void attachpoll(const struct guest *g, struct pollfd *p)
{
	if (g->spec->attach)
		attachwait(g->spec->attach, p);
	for (int i = 0; !g->spec->attach && i < ATTACH_COUNT; i++)
		p[i].fd = -1;
}

/* The guest has sent data for further shells: a sign of life. */
static void attachlife(struct guest *g)
{
	guestalive(g);
	if (g->end->readyms < 0 && g->spec->attach->there)
		g->end->readyms = g->life - g->start;
}

static bool dumping(const struct guest *g)
{
	return g->spec->crash && g->spec->crash->dump.state == DUMP_RUNS;
}

/* Take some of the guest's memory; without a place for it QEMU is no longer needed. */
static void dumptake(struct guest *g)
{
	dumpread(&g->spec->crash->dump);
	if (!dumping(g))
		guestquit(g);
}

/* Wait for an event and handle it. */
static void turn(struct guest *g)
{
	int wait = (int)guesttimers(g);
	bool wanted = inputwanted(g) && inqueuewants(&g->input);
	struct pollfd p[P_COUNT] = {
		[P_SIGNALS] = { .fd = g->signals, .events = POLLIN },
		[P_ERRORS] = { .fd = g->vm.errors, .events = POLLIN },
		[P_STDIN] = { .fd = wanted ? STDIN_FILENO : -1, .events = POLLIN },
		[P_OUT] = { .fd = g->out.pending.len ? g->out.fd : -1, .events = POLLOUT },
		[P_ERR] = { .fd = g->err.pending.len ? g->err.fd : -1, .events = POLLOUT },
		[P_DUMP] = { .fd = dumping(g) ? g->spec->crash->dump.from : -1, .events = POLLIN },
	};

	for (int c = 0; c <= CH_TTY; c++) {
		p[P_CHANNEL + c].fd = g->vm.fd[c];
		p[P_CHANNEL + c].events = congested(g, c) ? 0 : POLLIN;
	}
	if (g->input.pending.len)
		p[P_CHANNEL + CH_CONSOLE].events |= POLLOUT;
	attachpoll(g, p + P_ATTACH);
	if (poll(p, P_COUNT, wait) <= 0)
		return;
	if (p[P_STDIN].revents) {
		hushend(&g->hush, &g->out.pending);
		inqueueread(&g->input);
	}
	if (p[P_OUT].revents)
		outqueueflush(g, &g->out);
	if (p[P_ERR].revents)
		outqueueflush(g, &g->err);
	if (p[P_ERRORS].revents)
		errorsread(g);
	if (p[P_DUMP].revents)
		dumptake(g);
	if (p[P_CHANNEL + CH_CONSOLE].revents & POLLOUT && g->input.pending.len)
		inqueuesend(&g->input, g->vm.fd[CH_CONSOLE]);
	for (int c = 0; c <= CH_TTY; c++)
		if (p[P_CHANNEL + c].revents & (POLLIN | POLLHUP | POLLERR))
			channelread(g, c);
	if (g->spec->attach && attachserve(g->spec->attach, p + P_ATTACH))
		attachlife(g);
	if (p[P_SIGNALS].revents)
		signalread(g);
}

/* Whether all is done. */
static bool finished(const struct guest *g)
{
	if (g->end->outcome == OUT_RUNNING || g->vm.pid >= 0)
		return false;
	return g->end->outcome == OUT_SIGNAL || g->end->outcome == OUT_WRITE ||
	       (!g->out.pending.len && !g->err.pending.len);
}

static void run(struct guest *g)
{
	if (g->spec->mode == MODE_TERMINAL)
		termraw();
	while (!finished(g))
		turn(g);
	termrestore();
	g->end->ready = guestready(g);
}

void guestrun(const struct guestspec *spec, struct guestend *end)
{
	struct guest g = { .spec = spec, .end = end, .vm = { .pid = -1 } };
	sigset_t old;

	g.out.fd = STDOUT_FILENO;
	g.err.fd = STDERR_FILENO;
	g.start = g.boot = g.life = clockms();
	g.qmp.stopped = spec->stopped;
	g.hush.on = spec->quiet;
	snapshotsstart(&g.snapshots, spec->snapshots);
	testtapstart(&g.tap, &end->results, spec->output, spec->kept);
	end->readyms = -1;
	for (int c = 0; c <= CH_TTY; c++)
		streaminit(&g.stream[c], spec->mark, c == CH_ERR);
	g.stream[CH_TTY].serial = true;
	g.signals = signalsopen(&old);
	if (g.signals < 0 || vmstart(&g.vm, spec->argv, spec->initrd, spec->gdb, spec->shares,
				     spec->recorded || spec->replay) < 0) {
		bufprintf(&end->errors, "%s\n", strerror(errno));
		guestconclude(&g, OUT_FAILED, -1);
	} else if (writeall(g.vm.fd[CH_QMP], QMP_HELLO, strlen(QMP_HELLO)) < 0 && errno != EPIPE) {
		/* EPIPE: it has ended already; the reason is found below */
		guestconclude(&g, OUT_FAILED, -1);
	}
	if (g.vm.pid >= 0 && spec->attach && spec->shells) {
		spec->attach->data = g.vm.fd[CH_SHELL];
		spec->attach->control = g.vm.fd[CH_CONTROL];
	}
	if (g.vm.pid >= 0)
		run(&g);
	if (spec->attach)
		spec->attach->data = spec->attach->control = -1;
	end->totalms = clockms() - g.start;
	testtapend(&g.tap);
	vmstop(&g.vm);
	close(g.signals);
	sigprocmask(SIG_SETMASK, &old, NULL);
	end->snapshots = g.snapshots.why;
	g.snapshots.why = NULL;
	snapshotsfree(&g.snapshots);
	end->qemu = qmpversion(&g.qmp);
	qmpfree(&g.qmp);
	for (int c = 0; c <= CH_TTY; c++)
		streamfree(&g.stream[c]);
	buffree(&g.out.pending);
	buffree(&g.err.pending);
	inqueuefree(&g.input);
	buffree(&g.hush.held);
}

void guestendfree(struct guestend *end)
{
	consolefree(&end->console);
	resultsfree(&end->results);
	free(end->snapshots);
	free(end->qemu);
	buffree(&end->errors);
}
