// SPDX-License-Identifier: GPL-2.0-or-later
#include "runrows.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/msg.h"
#include "live.h"
#include "notice.h"
#include "steer.h"

#define TICK_MS	 1000  /* between two looks at the memory and drawings of the table */
#define GRACE_MS 30000 /* from the signal that ends a row until it is killed */

/* MiB of memory that are free or can be freed; a large number if that is not known. */
static unsigned long memoryfree(void)
{
	unsigned long kib = 0;
	char line[128];
	FILE *f = fopen("/proc/meminfo", "re");

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "MemAvailable: %lu kB", &kib) == 1)
			break;
	if (f)
		fclose(f);
	return kib ? kib / 1024 : ~0UL;
}

static struct row *rownext(const struct rows *all)
{
	for (size_t i = 0; i < all->len; i++)
		if (all->item[i]->state == ROW_WAITING)
			return all->item[i];
	return NULL;
}

/* A first row begins in any case: it may fit, and else its failure says more. */
static bool hasroom(const struct run *r, const struct lane *l)
{
	return l->host || !r->memory || !lanesbusy(r->lanes) || memoryfree() >= r->memory;
}

/* Where no host is left, nothing can be done any more. */
static void rowsgiveup(struct run *r)
{
	struct row *row;

	while (!lanesleft(r->lanes) && !lanesbusy(r->lanes) && (row = rownext(r->rows))) {
		rowend(row, "no host is left", -1);
		r->due = true;
	}
}

static void rowsbegin(struct run *r)
{
	struct lane *l;
	struct row *row;

	while ((row = rownext(r->rows)) && (l = lanefree(r->lanes)) && hasroom(r, l)) {
		if (lanestart(l, row, r->command) < 0) {
			char *why = xasprintf("not started: %s", strerror(errno));

			rowend(row, why, -1);
			noticeend(row, r->live);
			free(why);
			continue;
		}
		noticebegin(row, r->live);
	}
}

/* Its host has gone: another one does the row. */
static void hostgone(struct run *r, struct lane *l)
{
	unsigned left = lanesgone(r->lanes, l);

	l->row->state = l->row->wanted ? ROW_WAITING : ROW_DROPPED;
	l->row->host = NULL;
	noticegone(l->host, l->row, left > 0, r->live);
	l->row = NULL;
}

/* It was told to end. Unless it is wanted again by now, what came of it does not matter. */
static void droppedended(struct lane *l)
{
	kill(-l->pid, SIGKILL); /* what is left of the session's first group */
	l->row->state = l->row->wanted ? ROW_WAITING : ROW_DROPPED;
	l->row->host = NULL;
	l->row = NULL;
}

/* Tell rows that are not wanted any more to end, and kill those that were told long ago. */
static void rowsdrop(struct run *r)
{
	for (size_t i = 0; i < r->lanes->len; i++) {
		struct lane *l = &r->lanes->item[i];

		if (!l->row)
			continue;
		if (!l->row->wanted && !l->dropped) {
			l->dropped = clockms();
			lanesignal(l, SIGTERM);
			noticedrop(l->row, r->live);
		} else if (l->dropped && clockms() - l->dropped > GRACE_MS) {
			lanesignal(l, SIGKILL);
		}
	}
}

/* Ask which rows are wanted now. Returns 0, or the exit status of the command that failed. */
static int rowsask(struct run *r)
{
	char *why;
	int status;

	if (!r->steer || !r->due)
		return 0;
	r->due = false;
	if (r->live)
		liveclear();
	status = steer(r->steer, lanesleft(r->lanes));
	if (status < 0)
		die("cannot run a shell:");
	if (status == 0 && rowsread(r->rows, r->table, &why) < 0) {
		warn("%s", why);
		free(why);
		return EXIT_FAILED;
	}
	return status;
}

static void laneended(struct run *r, struct lane *l, int status)
{
	struct row *row = l->row;

	if (l->host && WIFEXITED(status) && WEXITSTATUS(status) == LANE_GONE) {
		hostgone(r, l);
		return;
	}
	if (l->dropped) {
		droppedended(l);
		return;
	}
	l->row = NULL;
	r->due = true;
	rowend(row, WIFSIGNALED(status) ? "killed" : "it left no record", clockms() - row->began);
	noticeend(row, r->live || r->steer);
}

static void reap(struct run *r)
{
	struct lane *l;
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		l = laneof(r->lanes, pid);
		if (l)
			laneended(r, l, status);
	}
}

/* Wait for a signal, at most ms milliseconds. Returns the one that ends us, or 0. */
static int await(int fd, int ms)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	struct signalfd_siginfo info;
	int stop = 0;

	poll(&p, 1, ms);
	while (read(fd, &info, sizeof(info)) == (ssize_t)sizeof(info))
		if (info.ssi_signo != SIGCHLD)
			stop = (int)info.ssi_signo;
	return stop;
}

/* End all rows. They are not done: the next time they begin again. */
static void runstop(struct run *r, int fd)
{
	int64_t limit = clockms() + GRACE_MS;
	pid_t pid;

	laneskill(r->lanes, SIGTERM);
	while (lanesbusy(r->lanes)) {
		while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) {
			struct lane *l = laneof(r->lanes, pid);

			if (!l)
				continue;
			kill(-pid, SIGKILL); /* what is left of the session's first group */
			l->row = NULL;
		}
		if (!lanesbusy(r->lanes))
			break;
		if (await(fd, TICK_MS) || clockms() > limit)
			laneskill(r->lanes, SIGKILL);
	}
}

static int signalsget(void)
{
	static const int all[] = { SIGCHLD, SIGINT, SIGTERM, SIGHUP };
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		sigaddset(&set, all[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int runrows(struct run *r)
{
	int fd = signalsget(), stop = 0;

	if (fd < 0)
		return -1;
	r->due = true;
	for (;;) {
		r->steered = rowsask(r);
		if (r->steered)
			break;
		rowsdrop(r);
		rowsbegin(r);
		rowsgiveup(r);
		if (!lanesbusy(r->lanes) && !rownext(r->rows) && !(r->steer && r->due))
			break;
		if (r->live)
			livedraw(r->rows);
		stop = await(fd, TICK_MS);
		if (stop)
			break;
		reap(r);
	}
	if (r->live)
		liveclear();
	if (r->steered)
		stop = await(fd, 0);
	if (stop || r->steered)
		runstop(r, fd);
	close(fd);
	return stop;
}
