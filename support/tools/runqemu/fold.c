// SPDX-License-Identifier: GPL-2.0-or-later
#include "fold.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/visible.h"
#include "records.h"

/* Print text with the characters escaped that end it in a mark of GitHub's. */
static void escapeprint(const char *text, const char *special)
{
	struct buf out = { 0 };

	for (; *text; text++) {
		if (strchr(special, *text))
			bufprintf(&out, "%%%02X", (unsigned char)*text);
		else
			bufputc(&out, *text);
	}
	fputs(bufstr(&out), stderr);
	buffree(&out);
}

/* 32 hex digits that a guest does not know; empty if there are no random bytes. */
static void secret(char text[40])
{
	char mark[MARKLEN + 1];

	text[0] = '\0';
	if (marknew(mark) == 0)
		snprintf(text, 40, "%.32s", mark + 1);
}

void foldguests(struct fold *f)
{
	if (f->kind != FOLD_GITHUB || *f->token)
		return;
	secret(f->token);
	if (*f->token)
		fprintf(stderr, "::stop-commands::%s\n", f->token);
}

void foldours(struct fold *f)
{
	if (f->kind == FOLD_GITHUB && *f->token)
		fprintf(stderr, "::%s::\n", f->token);
	f->token[0] = '\0';
}

void foldbegin(struct fold *f, const char *title)
{
	struct buf text = { 0 };
	size_t len = strcspn(title, "\r\n");

	bufvisible(&text, title, len);
	if (f->kind == FOLD_GITHUB) {
		fputs("::group::", stderr);
		escapeprint(bufstr(&text), "%");
		fputc('\n', stderr);
	} else if (f->kind == FOLD_GITLAB) {
		secret(f->name);
		fprintf(stderr, "\033[0Ksection_start:%lld:guest_%s[collapsed=true]\r\033[0K%s\n",
			(long long)time(NULL), f->name, bufstr(&text));
	}
	buffree(&text);
	foldguests(f);
}

void foldend(struct fold *f)
{
	foldours(f);
	if (f->kind == FOLD_GITHUB)
		fputs("::endgroup::\n", stderr);
	else if (f->kind == FOLD_GITLAB)
		fprintf(stderr, "\033[0Ksection_end:%lld:guest_%s\r\033[0K\n",
			(long long)time(NULL), f->name);
}

void foldfailure(const struct fold *f, const char *title, const char *text)
{
	if (f->kind != FOLD_GITHUB)
		return;
	fputs("::error title=", stderr);
	escapeprint(title, "%\r\n:,");
	fputs("::", stderr);
	escapeprint(text, "%\r\n");
	fputc('\n', stderr);
}
