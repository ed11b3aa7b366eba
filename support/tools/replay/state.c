// SPDX-License-Identifier: GPL-2.0-or-later
#include "state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/affix.h"
#include "base/path.h"
#include "fs/file.h"
#include "fs/remove.h"

#define FIRSTLINE "replay 2"
#define TICK	  20000000 /* nanoseconds: more than file systems round dates by */

char *statepath(const struct work *w, const char *name)
{
	return xasprintf("%s/.replay/%s", w->build, name);
}

char *staterecord(const struct work *w)
{
	return xasprintf("%s/.replay/makes-%.16s", w->build, w->goals);
}

/* Take the value of a line "NAME VALUE". Returns whether it is one of the state's. */
static bool takeline(struct state *s, char *line)
{
	char *value = line + strcspn(line, " ");

	if (!*value)
		return false;
	*value++ = '\0';
	if (strcmp(line, "S") == 0)
		return snapshotline(&s->source, value);
	if (strcmp(line, "B") == 0)
		return snapshotline(&s->build, value);
	if (strcmp(line, "X") == 0)
		return snapshotline(&s->outside, value);
	if (strcmp(line, "env") == 0 && digestvalid(value))
		memcpy(s->env, value, DIGESTHEX);
	else if (strcmp(line, "goals") == 0 && digestvalid(value))
		memcpy(s->goals, value, DIGESTHEX);
	else if (strcmp(line, "named") == 0)
		listadd(&s->named, value);
	else if (strcmp(line, "pending") == 0)
		listadd(&s->pending, value);
	else if (strcmp(line, "begun") == 0)
		s->begun = (struct timespec){ strtoll(value, &value, 10),
					      *value == '.' ? strtol(value + 1, NULL, 10) : 0 };
	else
		return strcmp(line, "end") == 0;
	return true;
}

int stateread(const struct work *w, struct state *s)
{
	char *path = statepath(w, "state");
	struct buf text = { 0 };
	int ret = fileread(path, &text);
	char *p = text.data;
	char *line = NULL;

	free(path);
	if (ret == 0 && (!p || strcmp(strsep(&p, "\n"), FIRSTLINE) != 0))
		ret = -1, errno = EINVAL;
	while (ret == 0 && p && *p) {
		line = strsep(&p, "\n");
		if (!takeline(s, line))
			ret = -1, errno = EINVAL;
	}
	if (ret == 0 && (!line || strcmp(line, "end") != 0))
		ret = -1, errno = EINVAL;
	buffree(&text);
	return ret;
}

/* A moment so long ago that the file system's clock has moved on since. */
static struct timespec settled(struct timespec t)
{
	t.tv_nsec -= TICK;
	if (t.tv_nsec < 0) {
		t.tv_sec--;
		t.tv_nsec += 1000000000;
	}
	return t;
}

int statewrite(const struct work *w, const struct state *s)
{
	char *path = statepath(w, "state");
	struct buf text = { 0 };
	struct timespec now;
	int ret;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	bufprintf(&text, FIRSTLINE "\nenv %s\ngoals %s\nbegun %lld.%ld\n", s->env, s->goals,
		  (long long)s->begun.tv_sec, s->begun.tv_nsec);
	for (size_t i = 0; i < s->pending.len; i++)
		bufprintf(&text, "pending %s\n", s->pending.item[i]);
	for (size_t i = 0; i < s->named.len; i++)
		bufprintf(&text, "named %s\n", s->named.item[i]);
	snapshotwrite(&s->outside, 'X', settled(now), &text);
	now.tv_sec++; /* what was built, and what it was built of, is as it stays */
	snapshotwrite(&s->source, 'S', now, &text);
	snapshotwrite(&s->build, 'B', now, &text);
	bufputs(&text, "end .\n");
	ret = filewrite(path, text.data, text.len, 0666);
	buffree(&text);
	free(path);
	return ret;
}

int stateforget(const struct work *w)
{
	char *path = xasprintf("%s/.replay", w->build);
	int ret = treeremove(path);

	free(path);
	return ret;
}

int markset(const struct work *w, const struct strlist *targets)
{
	char *path = statepath(w, "running");
	struct buf text = { 0 };
	int ret;

	for (size_t i = 0; i < targets->len; i++)
		bufprintf(&text, "%s\n", targets->item[i]);
	ret = filewrite(path, bufstr(&text), text.len, 0666);
	buffree(&text);
	free(path);
	return ret;
}

bool markread(const struct work *w, struct strlist *targets)
{
	char *path = statepath(w, "running");
	struct buf text = { 0 };
	bool there = access(path, F_OK) == 0;
	char *p, *line;

	if (there && fileread(path, &text) == 0) {
		p = text.data;
		while (p && (line = strsep(&p, "\n"))) {
			if (*line)
				listadd(targets, line);
		}
	}
	buffree(&text);
	free(path);
	return there;
}

int markclear(const struct work *w)
{
	char *path = statepath(w, "running");
	int ret = unlink(path);

	free(path);
	return ret;
}

bool statewatches(const char *path)
{
	static const char *const top[] = { ".config",	"System.map", "Module.symvers", "vmlinux",
					   "vmlinux.a", "vmlinux.o",  "built-in.a" };

	/* the compiler's lists of dependencies stay where one failed */
	if (endswith(path, ".d"))
		return false;
	if (strchr(path, '/'))
		return !startswith(path, ".probes/") && !startswith(path, ".replay/") &&
		       !startswith(path, "rootfs/");
	for (size_t i = 0; i < sizeof(top) / sizeof(*top); i++) {
		if (strcmp(path, top[i]) == 0)
			return true;
	}
	return *path == '.' && endswith(path, ".cmd");
}

void statesettle(const struct work *w)
{
	const struct timespec tick = { .tv_nsec = TICK };
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec - w->looked.tv_sec < 2 &&
	    (now.tv_sec - w->looked.tv_sec) * 1000000000 + now.tv_nsec - w->looked.tv_nsec <= TICK)
		nanosleep(&tick, NULL);
}

void statefree(struct state *s)
{
	listfree(&s->pending);
	listfree(&s->named);
	snapshotfree(&s->source);
	snapshotfree(&s->build);
	snapshotfree(&s->outside);
	*s = (struct state){ 0 };
}
