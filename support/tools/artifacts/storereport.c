// SPDX-License-Identifier: GPL-2.0-or-later
#include "storereport.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/msg.h"
#include "base/size.h"

enum {
	LARGEST = 8, /* entries to list */
};

/* Local time, to the minute or second; valid until the next call. */
static const char *timetext(const struct timespec *t, const char *format)
{
	static char text[32];
	struct tm tm;

	if (!localtime_r(&t->tv_sec, &tm) || !strftime(text, sizeof(text), format, &tm))
		return "?";
	return text;
}

/* An entry's title; caller frees. */
static char *titletext(const char *dir, const char *key)
{
	char *title = artifacttitle(dir, key);

	return title ? title : xstrdup("(damaged)");
}

static void sizeprint(const char *what, unsigned long long bytes)
{
	char *text = sizeformat(bytes);

	printf("%-12s%s\n", what, text);
	free(text);
}

static int bysize(const void *a, const void *b)
{
	const struct artifactentry *x = a, *y = b;

	return x->size > y->size ? -1 : x->size < y->size;
}

static void largestprint(const char *dir, struct artifactentry *list, size_t n)
{
	qsort(list, n, sizeof(*list), bysize);
	printf("%-12s%zu of them\n", "largest", n < LARGEST ? n : LARGEST);
	for (size_t i = 0; i < n && i < LARGEST; i++) {
		char *size = sizeformat(list[i].size);
		char *title = titletext(dir, list[i].key);

		tell(stdout, "  %10s  %.12s  %s\n", size, list[i].key, title);
		free(title);
		free(size);
	}
}

int reportstats(const char *dir, unsigned long long limit)
{
	struct artifactentry *list;
	unsigned long long size = 0;
	size_t n;

	if (artifactlist(dir, &list, &n) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		size += list[i].size;
	tell(stdout, "%-12s%s\n", "directory", dir);
	printf("%-12s%zu\n", "entries", n);
	sizeprint("size", size);
	if (limit)
		sizeprint("limit", limit);
	else
		printf("%-12s%s\n", "limit", "none");
	if (n) {
		printf("%-12s%s\n", "oldest use", timetext(&list[0].used, "%Y-%m-%d %H:%M"));
		printf("%-12s%s\n", "newest use", timetext(&list[n - 1].used, "%Y-%m-%d %H:%M"));
		largestprint(dir, list, n);
	}
	free(list);
	return 0;
}

int reportlist(const char *dir)
{
	struct artifactentry *list;
	size_t n;

	if (artifactlist(dir, &list, &n) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		char *title = titletext(dir, list[i].key);

		tell(stdout, "%s %llu %s %s\n", list[i].key, list[i].size,
		     timetext(&list[i].used, "%Y-%m-%dT%H:%M:%S"), title);
		free(title);
	}
	free(list);
	return 0;
}

void reportgc(const struct artifactgc *gc)
{
	char *freed = sizeformat(gc->freed);
	char *size = sizeformat(gc->size);

	printf("freed %s: %zu beyond the limit, %zu damaged, %zu stale temporary files\n", freed,
	       gc->evicted, gc->damaged, gc->stale);
	printf("left %s: %zu entries\n", size, gc->kept);
	free(size);
	free(freed);
}
