// SPDX-License-Identifier: GPL-2.0-or-later
#include "guesttimers.h"

#include <signal.h>

#include "base/clock.h"
#include "crash.h"

#define GRACE_MS 3000 /* ms after a panic or the status, for the end that should follow */
#define HALT_MS	 200  /* ms after the kernel reported that it halted */
#define END_MS	 2000 /* ms after it reported that it turns the machine off or restarts it */
#define QUIT_MS	 2000 /* ms for QEMU to end after it was told to */
#define EOT_MS	 1000 /* ms between two ends of file sent to the guest's shell */

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

	if (panicked && !console->noinit && !gueststatus(g))
		guestconclude(g, OUT_PANIC, 0);
	else
		guestquit(g);
}

/* Run the timers of a guest that is kept if it crashes. */
static void crashtimers(struct guest *g, long *wait)
{
	struct dump *d = &g->spec->crash->dump;

	if (d->state == DUMP_RUNS && due(d->life + DUMP_MS, wait)) {
		dumpabort(d, "QEMU sends nothing");
		guestquit(g);
	}
	if (g->qmp.end == QMP_RUNNING || g->quit || d->state == DUMP_RUNS)
		return;
	if (unread(g))
		*wait = 0;
	else
		stopped(g);
}

/* Ask from time to time whether there should be a snapshot, while the guest runs. */
static void snapshottimer(struct guest *g, long *wait)
{
	long next = snapshotsnext(&g->snapshots);

	if (next >= 0 && g->qmp.loaded && g->vm.fd[CH_QMP] >= 0 && g->end->outcome == OUT_RUNNING &&
	    due(next, wait))
		snapshotsask(&g->snapshots, g->vm.fd[CH_QMP], clockms());
}

/* Run the timers. Returns the ms until the next one, -1: none. */
long guesttimers(struct guest *g)
{
	const struct console *console = &g->end->console;
	const struct stream *s = gueststatus(g);
	long wait = -1, eot = g->eot > g->life ? g->eot : g->life;

	if (g->vm.pid < 0)
		return -1;
	/* The guest may be waiting for us. */
	if (outqueuefull(&g->out) || outqueuefull(&g->err) ||
	    (g->spec->mode == MODE_SHELL && guestready(g) && !g->input.ended))
		guestalive(g);
	if (g->qmp.stopped) {
		guestalive(g);
		g->boot = g->life;
	}
	if (s && due(g->life + GRACE_MS, &wait))
		guestconclude(g, OUT_STATUS, s->status);
	if (console->halted && due(g->life + HALT_MS, &wait))
		guestconclude(g, OUT_OFF, 0);
	if (console->off && due(g->life + END_MS, &wait))
		guestconclude(g, OUT_OFF, 0);
	if (console->restarts && due(g->life + END_MS, &wait))
		guestconclude(g, OUT_RESET, 0);
	if (console->panic && g->spec->mode != MODE_TERMINAL && due(g->life + GRACE_MS, &wait))
		guestconclude(g, console->noinit ? OUT_NOINIT : OUT_PANIC, 0);
	if (g->spec->silence && due(guestlife(g) + g->spec->silence, &wait))
		guestconclude(g, OUT_SILENT, 0);
	if (g->spec->silence && g->spec->mode != MODE_TERMINAL && !guestready(g) &&
	    due(g->boot + BOOT_FACTOR * g->spec->silence, &wait))
		guestconclude(g, OUT_LATE, 0);
	if (g->spec->mode == MODE_SHELL && g->input.ended && !g->input.pending.len &&
	    due(g->eot ? eot + EOT_MS : 0, &wait)) {
		inqueueeot(&g->input);
		g->eot = clockms();
	}
	if (g->spec->crash)
		crashtimers(g, &wait);
	snapshottimer(g, &wait);
	if (g->quit && due(g->quit + QUIT_MS, &wait))
		vmsignal(&g->vm, SIGKILL);
	return wait;
}
