// SPDX-License-Identifier: GPL-2.0-or-later
#include "source.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/msg.h"
#include "dirs.h"
#include "done.h"
#include "key.h"
#include "script.h"

static int unpack(struct job *u, const struct buf *key)
{
	struct outcome o = { 0 };

	dirforget(u, "done/unpack");
	dirforget(u, "src");
	dirplace(u, "patches", &u->files, key, 1);
	if (runscript(u, "unpack", "unpack", &o) < 0)
		die("%s: cannot run %s/unpack.sh:", u->name, u->dir);
	return doneended(u, "unpack", &o, key);
}

/* The job that unpacks j's source. src is owned. */
static struct job sourcejob(const struct job *j)
{
	struct job u = { .name = j->source.name,
			 .title = j->source.title,
			 .dir = j->source.dir,
			 .clock = j->clock,
			 .part = j->part,
			 .verbose = j->verbose,
			 .unconfined = j->unconfined,
			 .env = j->env,
			 .files = j->source.files };

	if (u.dir)
		u.src = jobpath(&u, "src");
	return u;
}

/* Whether the tree of u is outdated; *key is the present key. */
static bool stale(const struct job *u, const struct keyview *view, struct buf *key)
{
	struct buf done = { 0 };
	char *why;
	bool ret;

	if (keymake(u, "unpack", view, key, &why) < 0)
		die("%s: %s", u->name, why);
	keydone(u, "unpack", &done);
	ret = !keysame(key, &done) || !direxists(u, "src");
	buffree(&done);
	return ret;
}

bool sourcestale(const struct job *j, const struct keyview *view)
{
	struct job u = sourcejob(j);
	struct buf key = { 0 };
	bool ret = j->source.dir && stale(&u, view, &key);

	buffree(&key);
	free((char *)u.src);
	return ret;
}

int sourceready(const struct job *j)
{
	struct job u = sourcejob(j);
	struct buf key = { 0 };
	int ret = EXIT_OK;
	int lock;

	if (j->source.dir) {
		lock = dirlock(&u, "src.lock");
		if (stale(&u, NULL, &key))
			ret = unpack(&u, &key);
		close(lock);
	}
	buffree(&key);
	free((char *)u.src);
	return ret;
}
