// SPDX-License-Identifier: GPL-2.0-or-later
#include "done.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/msg.h"
#include "dirs.h"
#include "failure.h"
#include "hint.h"

/* With less free space, in bytes, lack of space is taken to be the cause of a failure. */
#define SPACELOW (32ull << 20)

void doneundo(const struct job *j, const char *step)
{
	static const char *const order[] = { "configure", "build", "install" };
	bool after = false;

	if (j->stamp && unlink(j->stamp) < 0 && errno != ENOENT)
		die("cannot remove %s:", j->stamp);
	dirforget(j, "restored");
	dirforget(j, "failure");
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		char *done = xasprintf("done/%s", order[i]);

		after = after || strcmp(order[i], step) == 0;
		if (after)
			dirforget(j, done);
		free(done);
	}
}

/* The unpack step does not use the marks of the later steps: it starts from nothing. */
static void failed(const struct job *j, const char *step, const struct outcome *o)
{
	struct statvfs fs;
	bool full = statvfs(j->dir, &fs) == 0 &&
		    (unsigned long long)fs.f_bavail * fs.f_frsize < SPACELOW;
	bool unpack = strcmp(step, "unpack") == 0;

	if (!j->keep && !unpack)
		dirforget(j, "done/configure");
	failurerecord(j, step, o, full);
	if (full)
		warn("%s: less than %llu MiB of free space are left there", j->dir, SPACELOW >> 20);
	else if (!o->killed && !unpack)
		dirforget(j, "running");
	if (!o->interrupted) {
		runtail(j, step);
		warn("%s: %s failed (exit %d)", j->name, step, o->status);
		hintsay(j, step);
	}
}

void donesay(const struct job *j, const char *step, double seconds)
{
	char verb[16];
	size_t i;

	if (j->verbose < 0)
		return;
	for (i = 0; step[i] && i < sizeof(verb) - 1; i++)
		verb[i] = (char)toupper((unsigned char)step[i]);
	verb[i] = '\0';
	tell(stdout, "  %-9s %-40s %7.1f s\n", verb, j->title, seconds);
	fflush(stdout);
}

int doneended(const struct job *j, const char *step, const struct outcome *o, const struct buf *key)
{
	char *done, *time, *took;

	if (o->status != 0) {
		failed(j, step, o);
		return o->status;
	}
	done = xasprintf("done/%s", step);
	time = xasprintf("%s.time", step);
	took = xasprintf("%.3f\n", o->seconds);
	dirrecord(j, done, key->data, key->len);
	dirrecord(j, time, took, strlen(took));
	if (strcmp(step, "unpack") != 0)
		dirforget(j, "running");
	donesay(j, step, o->seconds);
	free(done);
	free(time);
	free(took);
	return 0;
}
