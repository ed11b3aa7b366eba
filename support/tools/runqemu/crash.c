// SPDX-License-Identifier: GPL-2.0-or-later
#include "crash.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/size.h"
#include "crash/crashdir.h"
#include "crashfiles.h"
#include "fs/file.h"
#include "fs/remove.h"

#define LOG_MAX	  (8 << 20) /* bytes of the console's output that are kept, at least half of it */
#define WORDS_MAX 40	    /* characters of a name that tell what happened */

void crashinit(struct crash *c, const struct launch *l)
{
	const char *vmlinux = l->machine->symbols;

	*c = (struct crash){ .dir = l->options->crash,
			     .max = l->options->crashmax,
			     .vmlinux = vmlinux,
			     .kernel = vmlinux ? open(vmlinux, O_RDONLY | O_CLOEXEC) : -1,
			     .lock = -1 };
}

void crashlog(struct crash *c, const char *data, size_t len)
{
	size_t half = c->log.len / 2;

	bufadd(&c->log, data, len);
	if (c->log.len < LOG_MAX)
		return;
	c->cut = true;
	memmove(c->log.data, c->log.data + half, c->log.len - half);
	c->log.len -= half;
}

bool crashwanted(enum outcome outcome)
{
	return outcome == OUT_PANIC || outcome == OUT_SILENT || outcome == OUT_LATE;
}

bool crashbegin(struct crash *c, int qmp)
{
	char *core;
	int fd;

	crashsweep(c->dir);
	c->path = crashnew(c->dir, &c->lock);
	if (!c->path) {
		c->why = xstrdup(strerror(errno));
		return false;
	}
	core = pathjoin(c->path, CRASH_CORE);
	fd = open(core, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	free(core);
	if (fd < 0) {
		c->why = xstrdup(strerror(errno));
		return false;
	}
	dumpbegin(&c->dump, fd, c->max, qmp);
	return c->dump.state == DUMP_RUNS;
}

/* Append what is a word of a file's name: letters and digits, with '-' for what is between them. */
static void slug(struct buf *out, const char *text)
{
	size_t begin = out->len;

	for (; *text && out->len - begin < WORDS_MAX; text++) {
		bool plain = isalnum((unsigned char)*text) && (unsigned char)*text < 0x80;

		if (plain)
			bufputc(out, (char)tolower((unsigned char)*text));
		else if (out->len > begin && out->data[out->len - 1] != '-')
			bufputc(out, '-');
	}
	while (out->len > begin && out->data[out->len - 1] == '-')
		out->data[--out->len] = '\0';
}

/* When it was, and what. */
static char *nameof(const struct guestend *end)
{
	const char *detail = resultdetail(end);
	time_t now = time(NULL);
	struct buf name = { 0 };
	char when[32];
	struct tm tm;

	localtime_r(&now, &tm);
	strftime(when, sizeof(when), "%Y%m%d-%H%M%S-", &tm);
	bufputs(&name, when);
	if (end->outcome != OUT_PANIC)
		bufputs(&name, detail ? "hang-" : "hang");
	if (detail)
		slug(&name, detail);
	else if (end->outcome == OUT_PANIC)
		bufputs(&name, "panic");
	return bufsteal(&name);
}

static void nothing(struct crash *c, const char *why)
{
	warn("the guest's memory is not kept in %s: %s", c->dir, why);
	if (c->path)
		(void)treeremove(c->path);
	free(c->path);
	c->path = NULL;
}

/* The bytes of the compressed memory, in words. Caller frees. */
static char *coresize(const struct crash *c)
{
	char *core = pathjoin(c->path, CRASH_CORE);
	struct stat st;
	char *text = sizeformat(stat(core, &st) == 0 ? (unsigned long long)st.st_size : 0);

	free(core);
	return text;
}

void crashgather(struct crash *c, const struct launch *l, const struct guestend *end)
{
	char *size;

	if (c->why || c->dump.why) {
		nothing(c, c->why ? c->why : c->dump.why);
		return;
	}
	if (c->dump.state != DUMP_DONE)
		return;
	if (crashfiles(c, l) < 0) {
		nothing(c, strerror(errno));
		return;
	}
	size = coresize(c);
	c->name = nameof(end);
	warn("the guest's memory is kept (%s): make crash opens %s/%s", size, c->dir, c->name);
	free(size);
}

/* Rename to the name, or to that with a number behind it. */
static int nametake(struct crash *c)
{
	for (int i = 1; i < 1000; i++) {
		char *to = i == 1 ? xasprintf("%s/%s", c->dir, c->name)
				  : xasprintf("%s/%s-%d", c->dir, c->name, i);
		int ret = rename(c->path, to);

		free(to);
		if (ret == 0 || (errno != EEXIST && errno != ENOTEMPTY))
			return ret;
	}
	return -1;
}

void crashcommit(struct crash *c, const struct result *record)
{
	struct strlist gone = { 0 };
	char *path;
	int ret;

	if (!c->name)
		return;
	path = pathjoin(c->path, CRASH_RECORD);
	ret = resultwrite(record, path);
	free(path);
	if (ret < 0 || nametake(c) < 0) {
		nothing(c, strerror(errno));
		return;
	}
	free(c->path);
	c->path = NULL;
	if (crashprune(c->dir, c->max, &gone) < 0)
		warn("cannot remove old crashes in %s:", c->dir);
	for (size_t i = 0; i < gone.len; i++)
		warn("%s/%s is removed: crashes take more than --crash-max (CRASH_MAX= of make)",
		     c->dir, gone.item[i]);
	listfree(&gone);
}

void crashfree(struct crash *c)
{
	dumpfree(&c->dump);
	if (c->path)
		(void)treeremove(c->path);
	if (c->lock >= 0)
		close(c->lock);
	if (c->kernel >= 0)
		close(c->kernel);
	free(c->path);
	free(c->name);
	free(c->why);
	buffree(&c->log);
}
