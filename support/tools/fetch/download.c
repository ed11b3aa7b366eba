// SPDX-License-Identifier: GPL-2.0-or-later
#include "download.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/size.h"
#include "base/url.h"
#include "fs/file.h"
#include "messages.h"
#include "plan.h"

#define LOCK_POLL    200 /* milliseconds */
#define REDIRECT_MAX 10

static void addsources(struct job *j, struct strlist *urls)
{
	size_t n = j->nsource + urls->len;

	j->source = xrealloc(j->source, n * sizeof(*j->source));
	for (size_t i = 0; i < urls->len; i++)
		j->source[j->nsource + i] = (struct source){ .url = xstrdup(urls->item[i]) };
	j->nsource = n;
	listfree(urls);
}

void jobinit(struct job *j, const struct entry *e, const struct config *c)
{
	struct strlist urls = { 0 };

	*j = (struct job){ .entry = e, .config = c };
	j->path = pathjoin(c->dir, e->path);
	planurls(e, c, &urls);
	addsources(j, &urls);
}

void jobstop(struct job *j, CURLM *multi)
{
	xferclose(&j->xfer, multi);
	partclose(&j->part);
	lockdrop(&j->lock);
	free(j->hop);
	j->hop = NULL;
}

void jobfree(struct job *j)
{
	for (size_t i = 0; i < j->nsource; i++) {
		free(j->source[i].url);
		free(j->source[i].why);
	}
	free(j->source);
	free(j->path);
	free(j->why);
}

/* Fail. why is owned; NULL if the sources have the reasons. */
static void jobfail(struct job *j, char *why)
{
	j->state = JOBFAILED;
	j->why = why;
}

/* Return why path (of the file, lock or part) cannot be opened, by errno. */
static char *openerror(const char *path)
{
	if (errno == ENOTSUP)
		return xasprintf("%s exists but is not a regular file: remove it", path);
	return xasprintf("cannot open %s: %s", path, strerror(errno));
}

/* Check the file at the final name. Returns 1 right, 0 missing, -1 damaged (its digest in got). */
static int jobcheck(struct job *j, char got[DIGESTHEX])
{
	struct stat st;

	if (stat(j->path, &st) < 0) {
		if (errno != ENOENT)
			jobfail(j, xasprintf("cannot check %s: %s", j->path, strerror(errno)));
		return 0;
	}
	if (!S_ISREG(st.st_mode)) {
		jobfail(j, xasprintf("%s exists but is not a regular file: remove it", j->path));
		return 0;
	}
	if (!j->config->check)
		return 1;
	if (digestreg(j->path, 0, got) < 0) {
		jobfail(j, openerror(j->path));
		return 0;
	}
	if (!entryaccepts(j->entry, got))
		return -1;
	memcpy(j->sum, got, DIGESTHEX);
	return 1;
}

void jobpresent(struct job *j)
{
	char got[DIGESTHEX];

	if (jobcheck(j, got) > 0)
		j->state = JOBDONE;
}

/*
 * Move the damaged file aside; called under the lock, and only after the wanted file arrived:
 * before that, the wanted digest might be the one that is wrong. Returns 0, or -1.
 */
static int jobaside(struct job *j)
{
	char *aside = xasprintf("%s.damaged", j->path);
	int ret = rename(j->path, aside);

	if (ret < 0)
		jobfail(j, xasprintf("%s is damaged, and cannot be moved aside: %s", j->path,
				     strerror(errno)));
	else
		reportdamaged(j->entry, j->had, aside);
	free(aside);
	return ret;
}

static void jobpublish(struct job *j, const char *sum)
{
	if (*j->had && jobaside(j) < 0)
		return;
	if (partpublish(&j->part, j->path) < 0) {
		jobfail(j, xasprintf("cannot finish %s: %s", j->path, strerror(errno)));
		return;
	}
	memcpy(j->sum, sum, DIGESTHEX);
	j->state = JOBDONE;
}

/*
 * Return the source to try next: an untried one, else the one with the fewest tries; -1: none is
 * left.
 */
static long jobpick(struct job *j)
{
	long best = -1;

	for (size_t i = 0; i < j->nsource; i++) {
		if (!j->source[i].dead && (best < 0 || j->source[i].tries < j->source[best].tries))
			best = (long)i;
	}
	if ((best < 0 || j->source[best].tries) && !j->pooled) {
		struct strlist urls = { 0 };

		j->pooled = true;
		planpool(j->entry, j->config, &urls);
		addsources(j, &urls);
		return jobpick(j);
	}
	return best;
}

/* Plan the next try, of source i. */
static void jobplan(struct job *j, long i, int64_t now, long retryafter)
{
	unsigned pause = 0;

	if (i < 0) {
		jobfail(j, NULL);
		return;
	}
	if (j->source[i].tries)
		pause = retrypause(j->config->backoff, j->source[i].tries, (unsigned)random());
	if (retryafter * 1000 > (long)pause)
		pause = (unsigned)retryafter * 1000;
	j->current = (size_t)i;
	j->due = now + pause;
	j->state = JOBREADY;
}

/* Take the lock and open the part. */
static void jobbegin(struct job *j, int64_t now)
{
	char *path = xasprintf("%s.lock", j->path);
	char sum[DIGESTHEX];
	int got = mkparents(path) < 0 ? -1 : locktry(&j->lock, path);

	if (got < 0)
		jobfail(j, errno == ENOTSUP
				   ? openerror(path)
				   : xasprintf("cannot make %s: %s", path, strerror(errno)));
	free(path);
	if (got == 0) {
		if (!j->waiting)
			reportwait(j->entry->path);
		j->waiting = true;
		j->due = now + LOCK_POLL;
	}
	if (got <= 0)
		return;

	got = jobcheck(j, sum);
	if (got > 0)
		j->state = JOBDONE;
	if (got < 0)
		memcpy(j->had, sum, DIGESTHEX);
	if (j->state != JOBNEW)
		return;
	path = xasprintf("%s.part", j->path);
	if (partopen(&j->part, path, sum) < 0)
		jobfail(j, openerror(path));
	else if (entryaccepts(j->entry, sum))
		jobpublish(j, sum);
	else
		jobplan(j, jobpick(j), now, 0);
	free(path);
}

/* The try of the current source failed because of why (owned): plan the next action. */
static void jobfault(struct job *j, enum verdict v, char *why, long retryafter, int64_t now)
{
	size_t was = j->current;
	struct source *s = &j->source[was];
	bool again;

	free(s->why);
	s->why = why;
	s->dead = v == ELSEWHERE || s->tries > j->config->retries;
	again = v == AGAIN && !s->dead;
	jobplan(j, again ? (long)was : jobpick(j), now, again ? retryafter : 0);
	if (j->state == JOBFAILED)
		return;
	s = &j->source[was];
	if (j->current == was)
		reportagain(j->entry->path, s->url, s->why, j->due - now);
	else
		reportfault(j->entry->path, s->url, s->why);
}

/*
 * Fetch the whole file from the same source, but only once: a second failure, because of why
 * (owned), ends this source.
 */
static void jobwhole(struct job *j, char *why, int64_t now)
{
	struct source *s = &j->source[j->current];

	if (partreset(&j->part) < 0) {
		free(why);
		jobfail(j, xasprintf("cannot empty %s.part: %s", j->path, strerror(errno)));
	} else if (s->whole) {
		jobfault(j, ELSEWHERE, why, 0, now);
	} else {
		reportwhole(j->entry->path, s->url, why);
		free(why);
		s->whole = true;
		s->tries--;
		j->due = now;
		j->state = JOBREADY;
	}
}

/* Verify the complete part. The body began at byte start of it. */
static void jobverify(struct job *j, off_t start, int64_t now)
{
	struct source *s = &j->source[j->current];
	off_t size = j->part.len;
	char sum[DIGESTHEX];

	partsum(&j->part, sum);
	if (entryaccepts(j->entry, sum)) {
		jobpublish(j, sum);
		if (j->state == JOBDONE)
			reportfetched(j->entry->path, size, now - j->began, s->url);
		return;
	}
	if (!start || s->whole) {
		reportwrong(j->entry, s->url, sum);
		j->confirmed |= strcmp(sum, j->had) == 0;
		s->whole = true; /* this source has no other file */
	}
	jobwhole(j, xasprintf("wrong digest: got %s", sum), now);
}

/* Follow the redirect to to. Returns NULL, or why not (caller frees). */
static char *jobredirect(struct job *j, const char *to, int64_t now)
{
	const char *from = j->hop ? j->hop : j->source[j->current].url;
	char *next;

	if (!to)
		return xstrdup("redirect without a target");
	if (j->hops == REDIRECT_MAX)
		return xasprintf("more than %d redirects", REDIRECT_MAX);
	if (!urlredirect(from, to)) {
		char *host = urlhost(to);
		char *why = xasprintf("redirect to %.*s (%s) refused: it is less safe",
				      (int)strcspn(to, ":"), to, host);

		free(host);
		return why;
	}
	next = xstrdup(to);
	free(j->hop);
	j->hop = next;
	j->hops++;
	j->due = now;
	j->state = JOBREADY;
	return NULL;
}

/* Act on a verdict other than a redirect; why is owned. */
static void jobact(struct job *j, enum verdict v, char *why, long retryafter, int64_t now)
{
	free(j->hop);
	j->hop = NULL;
	j->hops = 0;
	if (v == RESTART) {
		jobwhole(j, why, now);
	} else if (v != GOT) {
		jobfault(j, v, why, retryafter, now);
	} else {
		free(why);
		jobverify(j, j->xfer.start, now);
	}
}

/* Start the transfer that is due. */
static void jobtransfer(struct job *j, CURLM *multi, int64_t now)
{
	struct source *s = &j->source[j->current];
	const char *url = j->hop ? j->hop : s->url;
	char *why = xferplace(url);

	if (!j->hop) {
		s->tries++;
		j->pace = (struct pace){ .since = now };
	}
	if (!j->began)
		j->began = now;
	j->state = JOBACTIVE;
	if (why)
		jobact(j, ELSEWHERE, why, 0, now);
	else if (xferstart(&j->xfer, multi, url, &j->part, j, j->config) < 0)
		jobfail(j, xstrdup("libcurl cannot start a transfer"));
}

void jobstart(struct job *j, CURLM *multi, int64_t now)
{
	if (j->state == JOBNEW)
		jobbegin(j, now);
	if (j->state == JOBREADY && j->due <= now)
		jobtransfer(j, multi, now);
	if (j->state == JOBDONE || j->state == JOBFAILED)
		jobstop(j, multi);
}

void jobwatch(struct job *j, CURLM *multi, int64_t now)
{
	char *rate;

	if (j->state != JOBACTIVE ||
	    !paceslow(&j->pace, j->xfer.got, now, j->config->minrate, j->config->window))
		return;
	xferclose(&j->xfer, multi);
	rate = sizeformat((unsigned long long)j->config->minrate);
	/*
	 * The part is good, and other sources may not exist: try them first, then this one again.
	 */
	jobact(j, UNREACHABLE,
	       xasprintf("slower than %s a second for %u s", rate, j->config->window), 0, now);
	free(rate);
	if (j->state == JOBFAILED)
		jobstop(j, multi);
}

void jobended(struct job *j, CURLM *multi, CURLcode code, int64_t now)
{
	char *to;
	struct outcome o = xferoutcome(&j->xfer, code, &to);
	enum verdict v = retryjudge(&o);
	char *why = xferwhy(&j->xfer, &o);

	xferclose(&j->xfer, multi);
	if (j->xfer.error) {
		/* Either the disk is full or the server sends too much; the next try will show. */
		free(why);
		why = xasprintf("cannot write %s.part: %s: make room, then run again to continue",
				j->path, strerror(j->xfer.error));
		jobact(j, ELSEWHERE, why, 0, now);
	} else if (v == REDIRECT) {
		free(why);
		why = jobredirect(j, to, now);
		if (why)
			jobact(j, ELSEWHERE, why, 0, now);
	} else {
		jobact(j, v, why, o.retryafter, now);
	}
	free(to);
	if (j->state == JOBDONE || j->state == JOBFAILED)
		jobstop(j, multi);
}
