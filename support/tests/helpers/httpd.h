/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A request to httpd, and the faults that its path names (httpd.c). */
#ifndef HELPERS_HTTPD_H
#define HELPERS_HTTPD_H

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PATHS_MAX 1024 /* different paths whose requests are counted */

struct request {
	int fd;
	FILE *in; /* data from the client */
	char method[8];
	char path[2048]; /* as requested, without the query */
	char query[2048];
	char range[64];
	long long length; /* of the body; -1: not given */
	int expects;	  /* the client waits for 100 Continue */
	long count;	  /* requests for this path so far, including this one */
	const char *file; /* path below DIR, in path, after the faults */
	int status, drop, stall, slow, wrong, html, nolength, norange, badrange, redirect, loop;
	int endless, huge, trickle, headers, dribble;
};

/* Count a request for path. Returns the number of requests so far. */
static inline long countpath(const char *path)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static char *seen[PATHS_MAX];
	static long count[PATHS_MAX];
	long n = 1;
	size_t i = 0;

	pthread_mutex_lock(&lock);
	while (i < PATHS_MAX && seen[i] && strcmp(seen[i], path) != 0)
		i++;
	if (i < PATHS_MAX) {
		if (!seen[i])
			seen[i] = strdup(path);
		n = ++count[i];
	}
	pthread_mutex_unlock(&lock);
	return n;
}

/* Set the fault named by word (len bytes). Returns 0 if it names none. */
static inline int takefault(struct request *r, const char *word, size_t len)
{
	const struct {
		const char *name;
		int *flag;
	} fault[] = {
		{ "drop", &r->drop },	      { "stall", &r->stall },
		{ "slow", &r->slow },	      { "wrong", &r->wrong },
		{ "html", &r->html },	      { "norange", &r->norange },
		{ "nolength", &r->nolength }, { "badrange", &r->badrange },
		{ "redirect", &r->redirect }, { "loop", &r->loop },
		{ "endless", &r->endless },   { "huge", &r->huge },
		{ "trickle", &r->trickle },   { "headers", &r->headers },
		{ "dribble", &r->dribble },
	};
	const char *x = memchr(word, 'x', len);
	size_t n = x && x > word && x[1] >= '0' && x[1] <= '9' ? (size_t)(x - word) : len;
	int on = n == len || r->count <= strtol(x + 1, NULL, 10);

	if (n == 3 && strspn(word, "0123456789") >= 3) {
		if (on && !r->status)
			r->status = (int)strtol(word, NULL, 10);
		return 1;
	}
	for (size_t i = 0; i < sizeof(fault) / sizeof(*fault); i++) {
		if (n == strlen(fault[i].name) && memcmp(word, fault[i].name, n) == 0) {
			*fault[i].flag |= on;
			return 1;
		}
	}
	return 0;
}

static inline void takefaults(struct request *r)
{
	r->count = countpath(r->path);
	for (r->file = r->path + 1;;) {
		size_t len = strcspn(r->file, "/");

		if (!r->file[len] || !takefault(r, r->file, len))
			return;
		r->file += len + 1;
		if (r->redirect || r->loop)
			return;
	}
}

/* Read the request line and headers. Returns 0, or -1 if invalid. */
static inline int readhead(struct request *r)
{
	char line[4096];
	char target[2048] = "";
	char *query;

	r->length = -1;
	if (!fgets(line, sizeof(line), r->in) ||
	    sscanf(line, "%7s %2047s", r->method, target) != 2 || *target != '/')
		return -1;
	query = strchr(target, '?');
	if (query) {
		*query = '\0';
		snprintf(r->query, sizeof(r->query), "%s", query + 1);
	}
	snprintf(r->path, sizeof(r->path), "%s", target);
	while (fgets(line, sizeof(line), r->in) && *line != '\r' && *line != '\n') {
		if (strncasecmp(line, "Range: bytes=", 13) == 0)
			sscanf(line + 7, "%63s", r->range);
		else if (strncasecmp(line, "Content-Length:", 15) == 0)
			r->length = strtoll(line + 15, NULL, 10);
		else if (strncasecmp(line, "Expect: 100", 11) == 0)
			r->expects = 1;
	}
	return strstr(r->path, "..") ? -1 : 0;
}

/* Decode %XX in place. */
static inline void unescape(char *s)
{
	char *out = s;
	unsigned c;

	for (; *s; s++) {
		if (*s == '%' && sscanf(s + 1, "%2x", &c) == 1) {
			*out++ = (char)c;
			s += 2;
		} else {
			*out++ = *s;
		}
	}
	*out = '\0';
}

#endif
