// SPDX-License-Identifier: GPL-2.0-or-later
#include "pipeline.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "compose.h"
#include "file.h"
#include "image.h"
#include "key.h"
#include "msg.h"
#include "run.h"
#include "tick.h"

/* Free space below which a failed step is taken to have failed for want of it, in bytes. */
#define SPACELOW (32ull << 20)

/* Replace dir/NAME by an empty directory. */
static void freshdir(const struct job *j, const char *name)
{
	char *path = jobpath(j, name);

	if (treeremove(path) < 0 || mkdirs(path) < 0)
		die("cannot make %s anew:", path);
	free(path);
}

static int exists(const struct job *j, const char *name)
{
	char *path = jobpath(j, name);
	int ret = access(path, F_OK) == 0;

	free(path);
	return ret;
}

static void forget(const struct job *j, const char *name)
{
	char *path = jobpath(j, name);

	if (unlink(path) < 0 && errno != ENOENT)
		die("cannot remove %s:", path);
	free(path);
}

static void record(const struct job *j, const char *name, const char *data, size_t len)
{
	char *path = jobpath(j, name);

	if (mkparents(path) < 0 || filewrite(path, data, len, 0666) < 0)
		die("cannot write %s:", path);
	free(path);
}

/*
 * One runner at a time in a package's directory. All that a script starts inherits the lock:
 * should a runner be killed, the next one waits for what it left behind.
 */
static void lockdir(const struct job *j)
{
	char *path = jobpath(j, "lock");
	int fd;

	if (mkdirs(j->dir) < 0)
		die("cannot make %s:", j->dir);
	fd = open(path, O_WRONLY | O_CREAT, 0666);
	if (fd < 0)
		die("cannot open %s:", path);
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK)
			die("cannot lock %s:", path);
		warn("%s: another build is at work in %s: waiting for it to end", j->name, j->dir);
		while (flock(fd, LOCK_EX) < 0) {
			if (errno != EINTR)
				die("cannot lock %s:", path);
		}
	}
	/* Out of the way of the descriptors that a script may use by number. */
	if (fcntl(fd, F_DUPFD, 10) < 0)
		die("cannot keep %s open:", path);
	close(fd);
	free(path);
}

/* Put the files that the scripts use into files/. */
static void placefiles(const struct job *j)
{
	struct buf data = { 0 };
	char *path;

	freshdir(j, "files");
	for (size_t i = 0; i < j->files.len; i++) {
		bufclear(&data);
		if (fileread(j->files.item[i].value, &data) < 0)
			die("cannot read %s:", j->files.item[i].value);
		path = xasprintf("%s/files/%s", j->dir, j->files.item[i].name);
		if (filewrite(path, bufstr(&data), data.len, 0666) < 0)
			die("cannot write %s:", path);
		free(path);
	}
	buffree(&data);
}

/* Make dir/NAME the sum of image/NAME of all dependencies. */
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
		die("%s: %s for what it depends on: %s", j->name, name, why);
	for (size_t i = 0; i < j->deps.len; i++)
		free((char *)parts[i].dir);
	free(parts);
	free(to);
}

static void prepareconfigure(const struct job *j, int wipe)
{
	if (wipe || !exists(j, "build"))
		freshdir(j, "build");
	if (strcmp(j->part, "sysroot") == 0) {
		composedeps(j, "sysroot");
		composedeps(j, "host");
	}
}

static void prepareinstall(const struct job *j)
{
	freshdir(j, "image");
	freshdir(j, "image/target");
	freshdir(j, "image/sysroot");
	freshdir(j, "image/host");
	freshdir(j, "image/images");
}

static void prepare(const struct job *j, const char *step, int wipe)
{
	if (strcmp(step, "unpack") == 0) {
		char *src = jobpath(j, "src");

		if (treeremove(src) < 0)
			die("cannot remove %s:", src);
		free(src);
	} else if (strcmp(step, "configure") == 0) {
		prepareconfigure(j, wipe);
	} else if (strcmp(step, "install") == 0) {
		prepareinstall(j);
	}
}

/* The line of a step that is done. */
static void sayline(const struct job *j, const char *step, double seconds)
{
	char verb[16];
	size_t i;

	if (j->verbose < 0)
		return;
	for (i = 0; step[i] && i < sizeof(verb) - 1; i++)
		verb[i] = (char)toupper((unsigned char)step[i]);
	verb[i] = '\0';
	printf("  %-9s %-40s %7.1f s\n", verb, j->title, seconds);
	fflush(stdout);
}

/* step is not done any more, and neither is what follows it, whoever is asked to do that. */
static void undo(const struct job *j, const char *step)
{
	static const char *const order[] = { "unpack", "configure", "build", "install" };
	int after = 0;

	if (j->stamp && unlink(j->stamp) < 0 && errno != ENOENT)
		die("cannot remove %s:", j->stamp);
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		char *done = xasprintf("done/%s", order[i]);

		after = after || strcmp(order[i], step) == 0;
		if (after)
			forget(j, done);
		free(done);
	}
}

/*
 * A failed step leaves what the next run may start from; one that was killed, or had no space,
 * may have left half-written files.
 */
static void afterfailure(const struct job *j, const struct outcome *o)
{
	struct statvfs fs;
	int full = statvfs(j->dir, &fs) == 0 &&
		   (unsigned long long)fs.f_bavail * fs.f_frsize < SPACELOW;

	if (!j->keep)
		forget(j, "done/configure");
	if (full)
		warn("%s: less than %llu MiB of free space are left there", j->dir, SPACELOW >> 20);
	else if (!o->killed)
		forget(j, "running");
}

static int runone(const struct job *j, const char *step, const struct buf *key, int wipe)
{
	char *done = xasprintf("done/%s", step);
	struct outcome o = { 0 };
	char *took;
	char *why;

	undo(j, step);
	prepare(j, step, wipe);
	record(j, "running", step, strlen(step));
	if (runscript(j, step, &o) < 0)
		die("%s: cannot run %s/%s.sh:", j->name, j->dir, step);
	if (o.status != 0) {
		afterfailure(j, &o);
		if (!o.interrupted) {
			runtail(j, step);
			warn("%s: %s failed (exit %d)", j->name, step, o.status);
		}
		free(done);
		return o.status;
	}
	if (strcmp(step, "install") == 0 && imagedigest(j, &why) < 0)
		die("%s: %s", j->name, why);
	record(j, done, key->data, key->len);
	took = xasprintf("%s.time", step);
	why = xasprintf("%.3f\n", o.seconds);
	record(j, took, why, strlen(why));
	forget(j, "running");
	sayline(j, step, o.seconds);
	free(took);
	free(why);
	free(done);
	return EXIT_OK;
}

static size_t stepindex(const struct job *j, const char *step)
{
	size_t i;

	for (i = 0; i < j->steps.len; i++) {
		if (strcmp(j->steps.item[i], step) == 0)
			break;
	}
	return i;
}

static void saywhy(const struct job *j, const char *step, const char *why)
{
	if (j->verbose >= 2)
		printf("  why       %s: %s, because %s\n", j->name, step, why);
	fflush(stdout);
}

/* The first step that has to be done; *wipe tells whether build/ is of no use to it. */
static size_t firststale(struct job *j, struct buf *keys, int *wipe)
{
	size_t configure = stepindex(j, "configure");
	size_t first = j->steps.len;
	struct buf done = { 0 };
	char *why;

	*wipe = !j->keep;
	if (exists(j, "running") && configure < j->steps.len) {
		saywhy(j, j->steps.item[configure], "an earlier run was cut short");
		*wipe = 1;
		return configure;
	}
	for (size_t i = 0; i < j->steps.len; i++) {
		if (keymake(j, j->steps.item[i], &keys[i], &why) < 0)
			die("%s: %s", j->name, why);
		keydone(j, j->steps.item[i], &done);
		if (i == configure && !keysamehead(&keys[i], &done))
			*wipe = 1;
		if (done.len == keys[i].len && memcmp(done.data, keys[i].data, done.len) == 0)
			continue;
		if (i < first) {
			why = keydiff(&keys[i], &done);
			saywhy(j, j->steps.item[i], why);
			free(why);
			first = i;
		}
	}
	buffree(&done);
	if (first > configure && first < j->steps.len && !j->keep &&
	    strcmp(j->steps.item[first], "build") == 0)
		first = configure;
	if (j->from && stepindex(j, j->from) < first) {
		first = stepindex(j, j->from);
		saywhy(j, j->from, "that was asked for");
	}
	return first;
}

int pipelinerun(struct job *j)
{
	struct buf *keys = xcalloc(j->steps.len, sizeof(*keys));
	size_t first;
	char *why;
	int wipe;
	int ret = EXIT_OK;

	lockdir(j);
	if (jobdeps(j) < 0)
		die("cannot write %s/deps:", j->dir);
	first = firststale(j, keys, &wipe);
	if (first < j->steps.len)
		placefiles(j);
	for (size_t i = first; ret == EXIT_OK && i < j->steps.len; i++) {
		bufclear(&keys[i]);
		if (keymake(j, j->steps.item[i], &keys[i], &why) < 0)
			die("%s: %s", j->name, why);
		ret = runone(j, j->steps.item[i], &keys[i], wipe);
	}
	if (ret == EXIT_OK && j->stamp && ticktouch(j->clock, j->stamp) < 0)
		die("cannot touch %s:", j->stamp);
	for (size_t i = 0; i < j->steps.len; i++)
		buffree(&keys[i]);
	free(keys);
	return ret;
}
