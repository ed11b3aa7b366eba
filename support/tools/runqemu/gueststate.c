// SPDX-License-Identifier: GPL-2.0-or-later
#include "gueststate.h"

#include <errno.h>
#include <signal.h>

#include "base/clock.h"
#include "crash.h"

#define LOCKUP_MS 5000 /* within so long after its first line comes the report of a lockup */

void guestalive(struct guest *g)
{
	g->life = clockms();
	g->lockup = 0;
}

void guestprinted(struct guest *g, bool begins, bool reports)
{
	if (begins)
		g->line = guestlife(g);
	g->life = clockms();
	if (reports) {
		g->lockup = g->life;
		g->before = g->line;
	} else if (g->life > g->lockup + LOCKUP_MS) {
		g->lockup = 0;
	}
}

long guestlife(const struct guest *g)
{
	return g->lockup ? g->before : g->life;
}

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
void guestquit(struct guest *g)
{
	if (g->vm.pid < 0 || g->quit || kept(g))
		return;
	vmsignal(&g->vm, SIGTERM);
	g->quit = clockms();
}

/* Set the outcome, unless it is set already, and end QEMU: a replay by its own end. */
void guestconclude(struct guest *g, enum outcome outcome, int status)
{
	if (g->end->outcome == OUT_RUNNING || outcome == OUT_SIGNAL || lost(g, outcome, status)) {
		g->end->outcome = outcome;
		g->end->status = status;
	}
	if (g->spec->replay && outcome != OUT_SILENT && outcome != OUT_LATE && outcome < OUT_FAILED)
		return;
	guestquit(g);
}

/*
 * The stream whose session sent its status, if any: that of the output, which uses one of two
 * channels, or the console of a shell. No other stream counts.
 */
const struct stream *gueststatus(const struct guest *g)
{
	const struct stream *s = &g->stream[CH_CONSOLE];

	if (g->spec->mode == MODE_COMMAND)
		s = g->stream[CH_OUT].ready || g->stream[CH_OUT].ended ? &g->stream[CH_OUT]
								       : &g->stream[CH_TTY];
	return s->status >= 0 ? s : NULL;
}

bool guestready(const struct guest *g)
{
	return g->stream[CH_OUT].ready || g->stream[CH_TTY].ready || g->stream[CH_CONSOLE].ready;
}
