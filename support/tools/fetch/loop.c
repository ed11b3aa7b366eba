// SPDX-License-Identifier: GPL-2.0-or-later
#include "loop.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/clock.h"
#include "messages.h"

#define LIVE_POLL 200  /* milliseconds between updates of the status line */
#define IDLE_POLL 1000 /* milliseconds */

static int stoppipe[2] = { -1, -1 };

static void onsignal(int sig)
{
	(void)sig;
	if (write(stoppipe[1], "", 1) < 0)
		return; /* the pipe is full: the loop will wake up anyway */
}

int runsignals(void)
{
	struct sigaction stop = { .sa_handler = onsignal, .sa_flags = SA_RESTART };
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	if (pipe2(stoppipe, O_CLOEXEC | O_NONBLOCK) < 0)
		return -1;
	if (sigaction(SIGINT, &stop, NULL) < 0 || sigaction(SIGTERM, &stop, NULL) < 0 ||
	    sigaction(SIGHUP, &stop, NULL) < 0)
		return -1;
	/*
	 * A lost connection or a file size limit must be an error to report, not end the program.
	 */
	if (sigaction(SIGPIPE, &ignore, NULL) < 0 || sigaction(SIGXFSZ, &ignore, NULL) < 0)
		return -1;
	return 0;
}

bool runstopped(void)
{
	struct pollfd p = { .fd = stoppipe[0], .events = POLLIN };

	return poll(&p, 1, 0) > 0;
}

static bool ended(const struct job *j)
{
	return j->state == JOBDONE || j->state == JOBFAILED;
}

/*
 * Start the jobs that are due, up to room transfers. Returns the milliseconds until the next one is
 * due, -1 if all have ended.
 */
static int startdue(struct job *jobs, size_t n, CURLM *multi, unsigned room)
{
	int64_t now = clockms();
	int wait = -1;

	for (size_t i = 0; i < n; i++) {
		jobwatch(&jobs[i], multi, now);
		room -= jobs[i].state == JOBACTIVE;
	}
	for (size_t i = 0; i < n; i++) {
		struct job *j = &jobs[i];

		if (room && (j->state == JOBNEW || j->state == JOBREADY) && j->due <= now) {
			jobstart(j, multi, now);
			room -= j->state == JOBACTIVE;
		}
		if (ended(j))
			continue;
		if (wait < 0)
			wait = IDLE_POLL;
		if (j->state != JOBACTIVE && j->due > now && j->due - now < wait)
			wait = (int)(j->due - now);
	}
	return wait;
}

/* Handle the transfers that ended. Returns their number. */
static int reap(CURLM *multi)
{
	CURLMsg *msg;
	int left;
	int n = 0;

	while ((msg = curl_multi_info_read(multi, &left))) {
		CURLcode code = msg->data.result;
		char *owner;

		if (msg->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &owner);
		jobended((struct job *)(void *)owner, multi, code, clockms());
		n++;
	}
	return n;
}

static void drawprogress(const struct job *jobs, size_t n)
{
	static int64_t due;
	struct progress p = { .files = n };

	if (clockms() < due)
		return;
	due = clockms() + LIVE_POLL;
	for (size_t i = 0; i < n; i++) {
		const struct job *j = &jobs[i];

		p.done += ended(j);
		if (j->state != JOBACTIVE)
			continue;
		if (!p.active++) {
			p.path = j->entry->path;
			p.len = j->part.len;
			p.total = xfertotal(&j->xfer);
			p.speed = xferspeed(&j->xfer);
		}
	}
	reportprogress(&p);
}

int runjobs(struct job *jobs, size_t n, const struct config *c)
{
	struct curl_waitfd stop = { .fd = stoppipe[0], .events = CURL_WAIT_POLLIN };
	CURLM *multi = curl_multi_init();
	int running;
	int wait = -1;

	for (size_t i = 0; i < n && !runstopped(); i++)
		jobpresent(&jobs[i]);
	while (multi && !runstopped()) {
		wait = startdue(jobs, n, multi, c->jobs);
		if (wait < 0 || curl_multi_perform(multi, &running) != CURLM_OK)
			break;
		if (reap(multi))
			continue;
		if (reportlive()) {
			drawprogress(jobs, n);
			wait = wait < LIVE_POLL ? wait : LIVE_POLL;
		}
		if (curl_multi_poll(multi, &stop, 1, wait, NULL) != CURLM_OK)
			break;
	}
	reportclear();
	for (size_t i = 0; i < n; i++)
		jobstop(&jobs[i], multi);
	curl_multi_cleanup(multi);
	return wait < 0 && multi ? 0 : -1;
}
