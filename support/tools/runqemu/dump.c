// SPDX-License-Identifier: GPL-2.0-or-later
#include "dump.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "fs/file.h"

#define PIPE_SIZE (1 << 20)
#define LEVEL	  1 /* of zstd: nobody wants to wait for the last percent */

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Close all; the state is s. */
static void end(struct dump *d, enum dumpstate s)
{
	shut(&d->from);
	shut(&d->into);
	shut(&d->file);
	sinkclose(&d->sink);
	d->state = s;
}

void dumpabort(struct dump *d, const char *why)
{
	if (d->state != DUMP_RUNS)
		return;
	d->why = xstrdup(why);
	end(d, DUMP_FAILED);
}

/* Ask for the memory. QEMU opens our end of the pipe by its name. */
static void ask(struct dump *d, int qmp)
{
	char *text = xasprintf("{\"execute\":\"stop\"}\n"
			       "{\"execute\":\"dump-guest-memory\",\"id\":\"" QMP_DUMP
			       "\",\"arguments\":{\"paging\":%s,"
			       "\"protocol\":\"file:/proc/%ld/fd/%d\"}}\n",
			       d->paging ? "true" : "false", (long)getpid(), d->into);

	if (writeall(qmp, text, strlen(text)) < 0)
		dumpabort(d, "QEMU does not listen");
	free(text);
}

void dumpbegin(struct dump *d, int file, uint64_t max, int qmp)
{
	int ends[2];

	*d = (struct dump){ .state = DUMP_RUNS,
			    .paging = true,
			    .from = -1,
			    .into = -1,
			    .file = file,
			    .max = max,
			    .life = clockms() };
	if (sinkopen(&d->sink, file, compressfind("zstd"), LEVEL, UINT64_MAX) < 0 ||
	    pipe2(ends, O_CLOEXEC) < 0) {
		dumpabort(d, strerror(errno));
		return;
	}
	d->from = ends[0];
	d->into = ends[1];
	(void)fcntl(d->from, F_SETPIPE_SZ, PIPE_SIZE);
	if (fcntl(d->from, F_SETFL, O_NONBLOCK) < 0)
		dumpabort(d, strerror(errno));
	else
		ask(d, qmp);
}

/* Give up if the file is larger than allowed. Returns whether it is. */
static bool toolarge(struct dump *d)
{
	if (d->sink.written > d->max)
		dumpabort(d, "it is larger than the limit, --crash-max (CRASH_MAX= of make)");
	return d->state != DUMP_RUNS;
}

/* Read once. Returns whether there was something. */
static bool take(struct dump *d)
{
	static char data[PIPE_SIZE];
	ssize_t n = read(d->from, data, sizeof(data));

	if (n <= 0) {
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			dumpabort(d, strerror(errno));
		return false;
	}
	d->bytes += (uint64_t)n;
	d->life = clockms();
	if (compresswrite(&d->sink, data, (size_t)n) < 0)
		dumpabort(d, strerror(errno));
	return d->state == DUMP_RUNS && !toolarge(d);
}

void dumpread(struct dump *d)
{
	if (d->state == DUMP_RUNS)
		(void)take(d);
}

void dumpreply(struct dump *d, const struct qmp *q, int qmp)
{
	if (d->state != DUMP_RUNS)
		return;
	if (q->dump == REPLY_ERROR && d->paging && !d->bytes) {
		d->paging = false;
		ask(d, qmp);
		return;
	}
	if (q->dump == REPLY_ERROR) {
		dumpabort(d, q->why ? q->why : "QEMU cannot do it");
		return;
	}
	while (take(d))
		;
	if (d->state != DUMP_RUNS)
		return;
	if (d->bytes < sizeof(Elf32_Ehdr))
		dumpabort(d, "QEMU sent no core");
	else if (sinkend(&d->sink) < 0 || fsync(d->file) < 0)
		dumpabort(d, strerror(errno));
	else if (!toolarge(d))
		end(d, DUMP_DONE);
}

void dumpfree(struct dump *d)
{
	dumpabort(d, "");
	free(d->why);
	d->why = NULL;
}
