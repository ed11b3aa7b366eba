// SPDX-License-Identifier: GPL-2.0-or-later
/* fetch: download source files, verified, into a directory that many builds share. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/url.h"
#include "cmdline.h"
#include "download.h"
#include "entry.h"
#include "fs/file.h"
#include "loop.h"
#include "messages.h"
#include "mirror.h"
#include "plan.h"

#define EXIT_STOPPED 130 /* stopped by a signal */

static void readlist(const char *name, struct entries *out)
{
	const char *path = strcmp(name, "-") == 0 ? "/dev/stdin" : name;
	struct buf text = { 0 };
	char *error;

	if (fileread(path, &text) < 0)
		die("cannot read the list %s:", name);
	if (entriesparse(name, bufstr(&text), text.len, out, &error) < 0)
		die("%s", error);
	buffree(&text);
}

/* Print the list with all URLs, in the format of a list for fetch. */
static int printlist(const struct entries *l, const struct config *c)
{
	for (size_t i = 0; i < l->len; i++) {
		const struct entry *e = &l->item[i];
		struct strlist urls = { 0 };

		printf("%sfile %s\n", i ? "\n" : "", e->path);
		for (size_t k = 0; k < e->sums.len; k++)
			printf("sha256 %s\n", e->sums.item[k]);
		planurls(e, c, &urls);
		planpool(e, c, &urls);
		for (size_t k = 0; k < urls.len; k++) {
			char *shown = urlshow(urls.item[k]);

			printf("url %s\n", shown);
			free(shown);
		}
		listfree(&urls);
	}
	if (fflush(stdout) == EOF)
		die("cannot write the list to standard output:");
	return EXIT_OK;
}

/* Print the failed tries of one file. */
static void explain(const struct job *j)
{
	tell(stderr, "  %s\n", j->entry->path);
	for (size_t i = 0; i < j->nsource; i++) {
		char *shown = urlshow(j->source[i].url);

		if (j->source[i].why)
			tell(stderr, "    %s: %s\n", shown, j->source[i].why);
		free(shown);
	}
	if (j->why)
		tell(stderr, "    %s\n", j->why);
	else if (!j->nsource)
		tell(stderr, "    no url to fetch it from%s\n",
		     j->config->offline ? ": --offline allows only mirrors" : "");
}

/* Print why files are missing. Returns their number. */
static size_t summary(const struct job *jobs, size_t n)
{
	size_t failed = 0;

	for (size_t i = 0; i < n; i++)
		failed += jobs[i].state == JOBFAILED;
	if (!failed)
		return 0;
	warn("%zu of %zu files could not be obtained", failed, n);
	for (size_t i = 0; i < n; i++) {
		if (jobs[i].state != JOBFAILED)
			continue;
		explain(&jobs[i]);
		if (*jobs[i].had)
			reportother(jobs[i].entry, jobs[i].path, jobs[i].had, jobs[i].confirmed);
	}
	return failed;
}

/*
 * Copy the files to the mirror until the first failure; SHA256SUMS then lists those that were
 * copied.
 */
static int copymirror(const struct job *jobs, size_t n, const struct config *c)
{
	struct strlist lines = { 0 };
	char *why = NULL;
	int status = EXIT_OK;

	for (size_t i = 0; i < n && !why && !runstopped(); i++) {
		const struct job *j = &jobs[i];

		if (mirrorfile(c->dest, j->entry->path, j->path, j->sum, &why) > 0)
			reportmirrored(j->entry->path);
		if (why) {
			warn("cannot put %s into the mirror %s: %s", j->entry->path, c->dest, why);
			status = EXIT_FAILED;
		} else {
			char *line = xasprintf("%s  %s", j->sum, j->entry->path);

			listadd(&lines, line);
			free(line);
		}
	}
	free(why);
	why = NULL;
	if ((lines.len || status == EXIT_OK) && mirrorsums(c->dest, &lines, &why) < 0) {
		warn("cannot write %s/SHA256SUMS: %s", c->dest, why);
		status = EXIT_FAILED;
	}
	free(why);
	listfree(&lines);
	return status;
}

static int fetchall(const struct entries *l, struct config *c)
{
	struct job *jobs = xcalloc(l->len, sizeof(*jobs));
	int status = EXIT_OK;

	for (size_t i = 0; i < l->len; i++)
		jobinit(&jobs[i], &l->item[i], c);
	if (runjobs(jobs, l->len, c) < 0 && !runstopped()) {
		warn("libcurl failed");
		status = EXIT_FAILED;
	} else if (!runstopped()) {
		status = summary(jobs, l->len) ? EXIT_FAILED : EXIT_OK;
		if (status != EXIT_OK && c->dest)
			warn("the mirror %s was left as it is: fetch all files first", c->dest);
		else if (c->dest)
			status = copymirror(jobs, l->len, c);
	}
	for (size_t i = 0; i < l->len; i++)
		jobfree(&jobs[i]);
	free(jobs);
	if (!runstopped())
		return status;
	warn("stopped; partial downloads are kept: run again to continue");
	return EXIT_STOPPED;
}

int main(int argc, char **argv)
{
	struct config c;
	struct entries entries = { 0 };
	int status;

	progname = "fetch";
	cmdlineparse(&c, argc, argv);
	readlist(c.list, &entries);
	if (c.print) {
		status = printlist(&entries, &c);
	} else {
		reportinit(c.quiet);
		srandom((unsigned)(getpid() ^ time(NULL)));
		if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || runsignals() < 0)
			die("cannot set up libcurl and signals");
		status = fetchall(&entries, &c);
		curl_global_cleanup();
	}
	entriesfree(&entries);
	listfree(&c.mirrors);
	return status;
}
