// SPDX-License-Identifier: GPL-2.0-or-later
#include "guest.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "crash.h"
#include "fs/file.h"
#include "hush.h"
#include "inqueue.h"
#include "outqueue.h"
#include "qmp.h"
#include "records.h"
#include "signals.h"
#include "term.h"
#include "testtap.h"
#include "vm.h"

#define GRACE_MS   3000	 /* ms after a panic or the status, for the end that should follow */
#define HALT_MS	   200	 /* ms after the kernel reported that it halted */
#define END_MS	   2000	 /* ms after it reported that it turns the machine off or restarts it */
#define QUIT_MS	   2000	 /* ms for QEMU to end after it was told to */
#define EOT_MS	   1000	 /* ms between two ends of file sent to the guest's shell */
#define ERRORS_MAX 16384 /* bytes of QEMU's messages to keep */

struct guest {
	const struct guestspec *spec;
	struct guestend *end;
	struct vm vm;
	struct qmp qmp;
	struct stream stream[CH_TTY + 1]; /* the session's data on each channel */
	struct outqueue out, err;	  /* our standard output and error */
	struct inqueue input;		  /* our standard input */
	struct hush hush;		  /* filter for a quiet terminal */
	struct testtap tap;		  /* looks for results of tests */
	int signals;			  /* signalfd */
	/* ms of the clock: */
	long start; /* when QEMU was started */
	long boot;  /* since when the guest may be booting */
	long life;  /* when the guest last gave a sign of life */
	long eot;   /* when an end of file was last sent to its shell; 0: never */
	long quit;  /* when QEMU was told to end; 0: never */
};

/* Output was lost, of a command that sent its status: so the status is not enough. */
static bool lost(const struct guest *g, enum outcome outcome, int status)
{
	return g->end->outcome == OUT_STATUS && outcome == OUT_WRITE && status != EPIPE;
}

/* Whether QEMU is still needed, for the memory of a guest that crashed. */
static bool kept(struct guest *g)
{
	struct crash *c = g->spec->crash;

	if (!c)
		return false;
	if (!crashwanted(g->end->outcome))
		dumpabort(&c->dump, "it was interrupted");
	else if (!c->path && !c->why && g->vm.fd[CH_QMP] >= 0)
		return crashbegin(c, g->vm.fd[CH_QMP]);
	return c->dump.state == DUMP_RUNS;
}

/* Tell QEMU to end, if nothing else is wanted of it. */
static void quit(struct guest *g)
{
	if (g->vm.pid < 0 || g->quit || kept(g))
		return;
	vmsignal(&g->vm, SIGTERM);
	g->quit = clockms();
}

/* Set the outcome, unless it is set already, and end QEMU: a replay by its own end. */
static void conclude(struct guest *g, enum outcome outcome, int status)
{
	if (g->end->outcome == OUT_RUNNING || outcome == OUT_SIGNAL || lost(g, outcome, status)) {
		g->end->outcome = outcome;
		g->end->status = status;
	}
	if (g->spec->replay && outcome != OUT_SILENT && outcome != OUT_LATE && outcome < OUT_FAILED)
		return;
	quit(g);
}

/*
 * The stream whose session sent its status, if any: that of the output, which uses one of two
 * channels, or the console of a shell. No other stream counts.
 */
static const struct stream *statusstream(const struct guest *g)
{
	const struct stream *s = &g->stream[CH_CONSOLE];

	if (g->spec->mode == MODE_COMMAND)
		s = g->stream[CH_OUT].ready || g->stream[CH_OUT].ended ? &g->stream[CH_OUT]
								       : &g->stream[CH_TTY];
	return s->status >= 0 ? s : NULL;
}

/* End when the session has sent its status and no output is queued. */
static void sessioncheck(struct guest *g)
{
	const struct stream *s = statusstream(g);

	if (s && (s != &g->stream[CH_OUT] || g->stream[CH_ERR].ended))
		conclude(g, OUT_STATUS, s->status);
}

static bool sessionready(const struct guest *g)
{
	return g->stream[CH_OUT].ready || g->stream[CH_TTY].ready || g->stream[CH_CONSOLE].ready;
}

static void consoletake(struct guest *g, const char *data, size_t len)
{
	consolefeed(&g->end->console, data, len);
	testtapconsole(&g->tap, data, len);
	if (g->spec->crash)
		crashlog(g->spec->crash, data, len);
	if (g->spec->kernellog >= 0 && writeall(g->spec->kernellog, data, len) < 0)
		conclude(g, OUT_WRITE, errno);
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
		conclude(g, OUT_WRITE, errno);
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
			quit(g);
	}
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

	if (!n)
		return 0;
	if (c != CH_QMP)
		g->life = clockms();
	if (c == CH_QMP)
		qmptake(g, data, n);
	else if (c == CH_CONSOLE)
		consoletake(g, data, n);
	else
		sessiontake(g, c, data, n);
	if (g->end->readyms < 0 && sessionready(g))
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
	s = statusstream(g);
	if (s)
		conclude(g, OUT_STATUS, s->status);
	else if (console->panic || g->qmp.end == QMP_PANICKED)
		conclude(g, console->noinit ? OUT_NOINIT : OUT_PANIC, 0);
	else if (g->qmp.end == QMP_RESET)
		conclude(g, OUT_RESET, 0);
	else if (g->qmp.end == QMP_SHUTDOWN)
		conclude(g, OUT_OFF, 0);
	else if (g->qmp.end == QMP_QUIT)
		conclude(g, OUT_QUIT, 0);
	else if ((console->off || console->halted) && g->vm.status == 0)
		conclude(g, OUT_OFF, 0); /* some machines end QEMU without an event */
	else
		conclude(g, OUT_FAILED, g->vm.status);
}

static void signalread(struct guest *g)
{
	struct signalfd_siginfo info;

	while (read(g->signals, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo != SIGCHLD)
			conclude(g, OUT_SIGNAL, (int)info.ssi_signo);
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

/* Whether the time when has come. If not, *wait is lowered to the ms until then. */
static bool due(long when, long *wait)
{
	long left = when - clockms();

	if (left > 0 && (*wait < 0 || left < *wait))
		*wait = left;
	return left <= 0;
}

/* Whether a channel of the guest has data that was not read. */
static bool unread(const struct guest *g)
{
	for (int c = CH_CONSOLE; c <= CH_TTY; c++)
		if (vmwaiting(g->vm.fd[c]))
			return true;
	return false;
}

/*
 * QEMU has stopped the guest at its end, for us to look at it: all that it printed has arrived.
 * Without a crash, QEMU's own end tells the reason.
 */
static void stopped(struct guest *g)
{
	const struct console *console = &g->end->console;
	bool panicked = console->panic || g->qmp.end == QMP_PANICKED;

	if (panicked && !console->noinit && !statusstream(g))
		conclude(g, OUT_PANIC, 0);
	else
		quit(g);
}

/* Run the timers of a guest that is kept if it crashes. */
static void crashtimers(struct guest *g, long *wait)
{
	struct dump *d = &g->spec->crash->dump;

	if (d->state == DUMP_RUNS && due(d->life + DUMP_MS, wait)) {
		dumpabort(d, "QEMU sends nothing");
		quit(g);
	}
	if (g->qmp.end == QMP_RUNNING || g->quit || d->state == DUMP_RUNS)
		return;
	if (unread(g))
		*wait = 0;
	else
		stopped(g);
}

/* Run the timers. Returns the ms until the next one, -1: none. */
static long timers(struct guest *g)
{
	const struct console *console = &g->end->console;
	const struct stream *s = statusstream(g);
	long wait = -1, eot = g->eot > g->life ? g->eot : g->life;

	if (g->vm.pid < 0)
		return -1;
	/* The guest may be waiting for us. */
	if (outqueuefull(&g->out) || outqueuefull(&g->err) ||
	    (g->spec->mode == MODE_SHELL && sessionready(g) && !g->input.ended))
		g->life = clockms();
	if (g->qmp.stopped)
		g->life = g->boot = clockms();
	if (s && due(g->life + GRACE_MS, &wait))
		conclude(g, OUT_STATUS, s->status);
	if (console->halted && due(g->life + HALT_MS, &wait))
		conclude(g, OUT_OFF, 0);
	if (console->off && due(g->life + END_MS, &wait))
		conclude(g, OUT_OFF, 0);
	if (console->restarts && due(g->life + END_MS, &wait))
		conclude(g, OUT_RESET, 0);
	if (console->panic && g->spec->mode != MODE_TERMINAL && due(g->life + GRACE_MS, &wait))
		conclude(g, console->noinit ? OUT_NOINIT : OUT_PANIC, 0);
	if (g->spec->silence && due(g->life + g->spec->silence, &wait))
		conclude(g, OUT_SILENT, 0);
	if (g->spec->silence && g->spec->mode != MODE_TERMINAL && !sessionready(g) &&
	    due(g->boot + BOOT_FACTOR * g->spec->silence, &wait))
		conclude(g, OUT_LATE, 0);
	if (g->spec->mode == MODE_SHELL && g->input.ended && !g->input.pending.len &&
	    due(g->eot ? eot + EOT_MS : 0, &wait)) {
		inqueueeot(&g->input);
		g->eot = clockms();
	}
	if (g->spec->crash)
		crashtimers(g, &wait);
	if (g->quit && due(g->quit + QUIT_MS, &wait))
		vmsignal(&g->vm, SIGKILL);
	return wait;
}

static void outqueueflush(struct guest *g, struct outqueue *s)
{
	if (outqueuewrite(s) == 0)
		return;
	conclude(g, OUT_WRITE, errno);
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
	g->life = clockms();
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
		quit(g);
}

/* Wait for an event and handle it. */
static void turn(struct guest *g)
{
	int wait = (int)timers(g);
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
	g->end->ready = sessionready(g);
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
	testtapstart(&g.tap, &end->results, spec->output);
	end->readyms = -1;
	for (int c = 0; c <= CH_TTY; c++)
		streaminit(&g.stream[c], spec->mark, c == CH_ERR);
	g.stream[CH_TTY].serial = true;
	g.signals = signalsopen(&old);
	if (g.signals < 0 || vmstart(&g.vm, spec->argv, spec->initrd, spec->gdb, spec->shares,
				     spec->recorded || spec->replay) < 0) {
		bufprintf(&end->errors, "%s\n", strerror(errno));
		conclude(&g, OUT_FAILED, -1);
	} else if (writeall(g.vm.fd[CH_QMP], QMP_HELLO, strlen(QMP_HELLO)) < 0 && errno != EPIPE) {
		/* EPIPE: it has ended already; the reason is found below */
		conclude(&g, OUT_FAILED, -1);
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
	buffree(&end->errors);
}
