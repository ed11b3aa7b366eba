// SPDX-License-Identifier: GPL-2.0-or-later
#include "pipeline.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/msg.h"
#include "dates.h"
#include "dirs.h"
#include "done.h"
#include "fs/buildclock.h"
#include "fs/compose.h"
#include "imagedigest.h"
#include "progress.h"
#include "script.h"
#include "source.h"
#include "stale.h"
#include "stored.h"

/* Compose dir/NAME of the directories image/NAME of all dependencies. */
static void composedeps(const struct job *j, const char *name)
{
	struct part *parts = xcalloc(j->deps.len, sizeof(*parts));
	char *to = jobpath(j, name);
	char *why;

	for (size_t i = 0; i < j->deps.len; i++) {
		parts[i].name = j->deps.item[i].name;
		parts[i].dir = xasprintf("%s/image/%s", j->deps.item[i].value, name);
	}
	if (compose(to, parts, j->deps.len, &why) < 0)
		die("%s: cannot compose %s of its dependencies: %s", j->name, name, why);
	for (size_t i = 0; i < j->deps.len; i++)
		free((char *)parts[i].dir);
	free(parts);
	free(to);
}

static void prepareconfigure(const struct job *j, bool wipe)
{
	if (wipe || !direxists(j, "build"))
		dirfresh(j, "build");
	if (strcmp(j->part, "sysroot") == 0) {
		composedeps(j, "sysroot");
		composedeps(j, "host");
	}
}

static void prepareinstall(const struct job *j)
{
	dirfresh(j, "image");
	dirfresh(j, "image/target");
	dirfresh(j, "image/sysroot");
	dirfresh(j, "image/host");
	dirfresh(j, "image/images");
}

/* Record the key that the build directory is kept for, until another script builds there. */
static void recordsteady(const struct job *j, const struct buf *key)
{
	struct buf steady = { 0 };

	keysteady(key, &steady);
	dirrecord(j, "steady", bufstr(&steady), steady.len);
	buffree(&steady);
}

static int runone(const struct job *j, const char *step, const struct stale *s,
		  const struct buf *key)
{
	struct outcome o = { 0 };
	char *why;

	doneundo(j, step);
	if (strcmp(step, "configure") == 0)
		prepareconfigure(j, s->wipe);
	else if (strcmp(step, "install") == 0)
		prepareinstall(j);
	dirrecord(j, "running", step, strlen(step));
	if (j->keep && strcmp(step, "install") != 0)
		datesbegin(j);
	if (j->keep == KEEP_EDITED && strcmp(step, "build") == 0)
		recordsteady(j, key);
	if (runscript(j, step, progressname(step, !s->wipe), &o) < 0)
		die("%s: cannot run %s/%s.sh:", j->name, j->dir, step);
	if (o.status == 0 && strcmp(step, "install") == 0 && imagedigest(j, NULL, &why) < 0)
		die("%s: %s", j->name, why);
	return doneended(j, step, &o, key);
}

static void saywhy(const struct job *j, const struct stale *s)
{
	if (j->verbose >= 2 && s->why.len)
		tell(stdout, "  why       %s: %s, because %s\n", j->name, j->steps.item[s->changed],
		     s->why.item[0]);
	fflush(stdout);
}

/* Run the stale steps. */
static int work(const struct job *j, struct stale *s)
{
	int ret;

	saywhy(j, s);
	if (!j->from && storedrestore(j, s))
		return EXIT_OK;
	ret = sourceready(j);
	if (ret == EXIT_OK)
		dirplace(j, "files", &j->files, s->keys, j->steps.len);
	for (size_t i = s->first; ret == EXIT_OK && i < j->steps.len; i++)
		ret = runone(j, j->steps.item[i], s, &s->keys[i]);
	if (ret == EXIT_OK && strcmp(j->steps.item[j->steps.len - 1], "install") == 0)
		storedkeep(j, s);
	return ret;
}

int pipelinerun(struct job *j)
{
	struct stale s = { 0 };
	int ret = EXIT_OK;
	int lock;
	char *why;

	if (j->steps.len == 1 && strcmp(j->steps.item[0], "unpack") == 0)
		return sourceready(j);
	lock = dirlock(j, "lock");
	if (jobdeps(j) < 0)
		die("cannot write %s/deps:", j->dir);
	if (stalefind(j, NULL, &s, &why) < 0)
		die("%s: %s", j->name, why);
	if (s.first < j->steps.len)
		ret = work(j, &s);
	if (ret == EXIT_OK && j->stamp && buildclocktouch(j->clock, j->stamp) < 0)
		die("cannot touch %s:", j->stamp);
	stalefree(j, &s);
	close(lock);
	return ret;
}
