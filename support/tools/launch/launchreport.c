// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "fs/file.h"
#include "launchreport.h"

/* How often each line was there. */
struct tally {
	struct strlist what;
	size_t *times;
	size_t all;
};

static void tallyadd(struct tally *t, const char *what)
{
	size_t i = 0;

	t->all++;
	while (i < t->what.len && strcmp(t->what.item[i], what) != 0)
		i++;
	if (i == t->what.len) {
		listadd(&t->what, what);
		t->times = xrealloc(t->times, t->what.len * sizeof(*t->times));
		t->times[i] = 0;
	}
	t->times[i]++;
}

static void tallyfree(struct tally *t)
{
	listfree(&t->what);
	free(t->times);
}

/* Append "3 assembler, 1 .incbin", the most frequent first. */
static void tallywrite(const struct tally *t, const char *between, struct buf *out)
{
	bool *done = xcalloc(t->what.len + 1, sizeof(*done));

	for (size_t n = 0; n < t->what.len; n++) {
		size_t most = t->what.len;

		for (size_t i = 0; i < t->what.len; i++) {
			if (!done[i] && (most == t->what.len || t->times[i] > t->times[most]))
				most = i;
		}
		done[most] = true;
		bufprintf(out, "%s%zu %s%s", n ? ", " : "", t->times[most], between,
			  t->what.item[most]);
	}
	free(done);
}

/* Read the lines that begin with start, without it. */
static void tallyread(const char *text, const char *start, struct tally *t)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		char *line = xstrndup(text, len);

		if (startswith(line, start))
			tallyadd(t, line + strlen(start));
		free(line);
		text += len + (text[len] == '\n');
	}
}

static void readfile(const struct settings *s, const char *name, struct buf *text)
{
	char *path = launchpath(s, name);

	if (fileread(path, text) < 0)
		bufclear(text);
	free(path);
}

static size_t times(const struct tally *t, const char *what)
{
	for (size_t i = 0; i < t->what.len; i++) {
		if (strcmp(t->what.item[i], what) == 0)
			return t->times[i];
	}
	return 0;
}

/* What ccache says of the files that it was called for. */
static void ccachereport(const struct settings *s, size_t files, struct buf *out)
{
	struct buf text = { 0 };
	struct tally t = { 0 };
	size_t hits, far, bad;

	readfile(s, "ccache", &text);
	tallyread(bufstr(&text), "", &t);
	hits = times(&t, "preprocessed_cache_hit");
	far = times(&t, "remote_storage_hit");
	bad = times(&t, "remote_storage_error") + times(&t, "remote_storage_timeout");
	bufprintf(out, "ccache had %zu of %zu files", hits, files);
	if (far)
		bufprintf(out, ", %zu of them in %s", far, s->remote);
	if (times(&t, "unsupported_code_directive"))
		bufprintf(out, "; %zu with .incbin it does not keep",
			  times(&t, "unsupported_code_directive"));
	if (bad)
		bufprintf(out, "; %s failed %zu times", s->remote, bad);
	tallyfree(&t);
	buffree(&text);
}

void launchreport(const struct settings *s, struct buf *out)
{
	struct tally by = { 0 }, here = { 0 };
	struct buf text = { 0 };

	readfile(s, "count", &text);
	tallyread(bufstr(&text), "by ", &by);
	tallyread(bufstr(&text), "here ", &here);
	if (by.all + here.all && s->by == CCACHE) {
		ccachereport(s, by.all, out);
	} else if (by.all + here.all) {
		bufprintf(out, "%s compiled %zu of %zu files", launchername(s), by.all,
			  by.all + here.all);
		bufputs(out, by.all ? ": " : "");
		tallywrite(&by, "by ", out);
	}
	if (here.all) {
		bufprintf(out, "; %s: ", s->by == CCACHE ? "not asked" : "here");
		tallywrite(&here, "", out);
	}
	buffree(&text);
	tallyfree(&by);
	tallyfree(&here);
}
