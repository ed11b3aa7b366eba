// SPDX-License-Identifier: GPL-2.0-or-later
#include "results/expect.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fs/file.h"

int expectread(struct strlist *names, const char *path)
{
	struct buf text = { 0 };
	char *save, *line;

	if (fileread(path, &text) < 0)
		return -1;
	bufputc(&text, '\0');
	for (line = strtok_r(text.data, "\r\n", &save); line;
	     line = strtok_r(NULL, "\r\n", &save)) {
		size_t len;

		line += strspn(line, " \t");
		len = strlen(line);
		while (len && strchr(" \t", line[len - 1]))
			line[--len] = '\0';
		if (*line && *line != '#')
			listadd(names, line);
	}
	buffree(&text);
	listsort(names);
	return 0;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool isnamed(const struct strlist *names, const char *path)
{
	return names->len && bsearch(&path, names->item, names->len, sizeof(*names->item), compare);
}

/* Whether the test at path, or one that it is a subtest of, is in names. */
static bool isknown(const struct strlist *names, const char *path)
{
	char *part = xstrdup(path);
	char *slash = part + strlen(part);
	bool known = false;

	do {
		*slash = '\0';
		known = isnamed(names, part);
		while (slash > part && *slash != '/')
			slash--;
	} while (!known && slash > part);
	free(part);
	return known;
}

struct applying {
	struct results *results;
	const struct strlist *names;
};

static void apply(struct test *t, const char *path, enum testresult as, void *arg)
{
	const struct applying *a = arg;

	if ((as == TEST_FAILED || as == TEST_MISSING) && isknown(a->names, path))
		t->result = TEST_KNOWN;
	else if (as == TEST_PASSED && isnamed(a->names, path))
		listaddonce(&a->results->fixed, path);
}

void expectapply(struct results *r, const struct strlist *names)
{
	struct applying a = { .results = r, .names = names };

	testswalk(&r->tests, apply, &a);
	resultscount(r);
}
