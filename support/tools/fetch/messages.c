// SPDX-License-Identifier: GPL-2.0-or-later
#include "messages.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/url.h"

static bool quiet;
static bool live;  /* standard output is a terminal that can rewrite a line */
static bool drawn; /* the status line is visible */

void reportinit(bool q)
{
	const char *term = getenv("TERM");
	const char *plain = getenv("NO_COLOR");

	quiet = q;
	live = !q && isatty(STDOUT_FILENO) && term && *term && strcmp(term, "dumb") != 0 &&
	       !(plain && *plain);
}

bool reportlive(void)
{
	return live;
}

void reportclear(void)
{
	if (drawn)
		fputs("\r\033[K", stdout);
	drawn = false;
	fflush(stdout);
}

/* 1234567 as "1.2 MB". */
static char *sizeshow(off_t bytes)
{
	static const char *const unit[] = { "kB", "MB", "GB", "TB" };
	double n = (double)bytes / 1000;
	size_t i = 0;

	if (bytes < 1000)
		return xasprintf("%d B", (int)bytes);
	for (; n >= 1000 && i < 3; i++)
		n /= 1000;
	return xasprintf("%.1f %s", n, unit[i]);
}

static void say(const char *word, const char *text)
{
	if (quiet)
		return;
	reportclear();
	tell(stdout, "  %-9s %s\n", word, text);
	fflush(stdout);
}

void reportfetched(const char *path, off_t size, int64_t ms, const char *url)
{
	char *host = urlhost(url);
	char *bytes = sizeshow(size);
	char *text = xasprintf("%s (%s, %.1f s, %s)", path, bytes, (double)ms / 1000, host);

	say("FETCH", text);
	free(text);
	free(bytes);
	free(host);
}

void reportmirrored(const char *path)
{
	say("MIRROR", path);
}

void reportwait(const char *path)
{
	char *text = xasprintf("%s (another process is fetching it)", path);

	say("WAIT", text);
	free(text);
}

/* Print that a try failed, and the next action. */
static void fault(const char *path, const char *url, const char *why, const char *next)
{
	char *shown = urlshow(url);

	if (!quiet) {
		reportclear();
		warn("%s: %s: %s; %s", path, shown, why, next);
	}
	free(shown);
}

void reportfault(const char *path, const char *url, const char *why)
{
	fault(path, url, why, "trying the next url");
}

void reportagain(const char *path, const char *url, const char *why, int64_t pause)
{
	char *next = xasprintf("trying again in %.1f s", (double)pause / 1000);

	fault(path, url, why, next);
	free(next);
}

void reportwhole(const char *path, const char *url, const char *why)
{
	fault(path, url, why, "fetching the whole file");
}

/* Return "expected A or B" on lines of their own. */
static char *expected(const struct entry *e)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < e->sums.len; i++)
		bufprintf(&b, "\n  %-9s %s", i ? "or" : "expected", e->sums.item[i]);
	return bufsteal(&b);
}

void reportwrong(const struct entry *e, const char *url, const char *got)
{
	char *shown = urlshow(url);
	char *sums = expected(e);

	reportclear();
	warn("%s: wrong digest, so the download was dropped\n  url       %s%s\n  got       %s\n"
	     "  if upstream has really changed the file, check it and correct the digest you give",
	     e->path, shown, sums, got);
	free(sums);
	free(shown);
}

void reportdamaged(const struct entry *e, const char *got, const char *aside)
{
	char *sums = expected(e);

	reportclear();
	warn("%s: the existing file has another digest; it is now %s%s\n"
	     "  got       %s",
	     e->path, aside, sums, got);
	free(sums);
}

void reportother(const struct entry *e, const char *path, const char *got, bool confirmed)
{
	char *sums = expected(e);

	reportclear();
	warn("%s: %s is not the wanted file, and is left unchanged%s\n  got       %s\n  %s",
	     e->path, path, sums, got,
	     confirmed
		     ? "a server has the same file: find out why it differs, then correct the digest"
		     : "no server has the wanted file: either its digest or this file is wrong");
	free(sums);
}

static char *progresstext(const struct progress *p)
{
	const char *slash = strrchr(p->path, '/');
	char *len = sizeshow(p->len);
	char *speed = sizeshow(p->speed);
	struct buf b = { 0 };

	bufprintf(&b, "  %-9s %zu/%zu  %s", "FETCH", p->done, p->files,
		  slash ? slash + 1 : p->path);
	if (p->active > 1)
		bufprintf(&b, " (+%zu)", p->active - 1);
	if (p->total) {
		char *total = sizeshow(p->total);
		long eta = p->speed ? (long)((p->total - p->len) / p->speed) : 0;

		bufprintf(&b, "  %d%% of %s, %s/s", (int)(100 * p->len / p->total), total, speed);
		if (p->speed)
			bufprintf(&b, ", %ld:%02ld left", eta / 60, eta % 60);
		free(total);
	} else {
		bufprintf(&b, "  %s, %s/s", len, speed);
	}
	free(speed);
	free(len);
	return bufsteal(&b);
}

void reportprogress(const struct progress *p)
{
	struct winsize w = { 0 };
	int columns = 79;
	char *text;

	if (!p->path) {
		reportclear();
		return;
	}
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 1)
		columns = w.ws_col - 1;
	text = progresstext(p);
	putchar('\r');
	tell(stdout, "%.*s", columns, text);
	fputs("\033[K", stdout);
	fflush(stdout);
	drawn = true;
	free(text);
}
