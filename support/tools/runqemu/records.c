// SPDX-License-Identifier: GPL-2.0-or-later
#include "records.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define RECORD_START '\036'
#define RECORD_MAX   32 /* most bytes of a record after its mark */

int marknew(char mark[MARKLEN + 1])
{
	unsigned char random[(MARKLEN - 2) / 2];
	ssize_t n = getrandom(random, sizeof(random), 0);

	if (n != (ssize_t)sizeof(random)) {
		if (n >= 0)
			errno = EIO;
		return -1;
	}
	mark[0] = RECORD_START;
	for (size_t i = 0; i < sizeof(random); i++)
		snprintf(mark + 1 + 2 * i, 3, "%02x", random[i]);
	memcpy(mark + MARKLEN - 1, " ", 2);
	return 0;
}

void streaminit(struct stream *s, const char *mark, bool ready)
{
	*s = (struct stream){ .mark = mark, .ready = ready, .status = -1 };
}

/* A CR without a newline is part of the output. */
static void crflush(struct stream *s, struct buf *out)
{
	if (s->cr)
		bufputc(out, '\r');
	s->cr = false;
}

/* Parse a status, 0 to 255; -1: not valid. */
static int statusparse(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	long status = digits && digits <= 3 && !text[digits] ? strtol(text, NULL, 10) : -1;

	return status <= 255 ? (int)status : -1;
}

static void output(struct stream *s, const char *data, size_t len, struct buf *out)
{
	if (!s->ready || s->ended)
		return;
	if (!s->crlf) {
		bufadd(out, data, len);
		return;
	}
	for (size_t i = 0; i < len; i++) {
		if (data[i] == '\n')
			s->cr = false; /* added by the terminal */
		crflush(s, out);
		s->cr = data[i] == '\r';
		if (!s->cr)
			bufputc(out, data[i]);
	}
}

/*
 * Process the record text, without its end of line, which was CR LF if crlf. An unknown record is
 * dropped.
 */
static void recordtake(struct stream *s, const char *text, bool crlf)
{
	if (strcmp(text, "ready") == 0) {
		s->ready = true;
		s->crlf = s->serial && crlf;
	}
	if (strcmp(text, "end") == 0)
		s->ended = true;
	if (strncmp(text, "status ", 7) == 0) {
		s->status = statusparse(text + 7);
		s->ended = s->status >= 0;
	}
}

/*
 * Examine held bytes that begin with RECORD_START. Returns how many of them are processed; 0: more
 * bytes are needed.
 */
static size_t recordparse(struct stream *s, const char *p, size_t len, struct buf *out)
{
	const char *end;
	char *text;
	bool crlf;

	if (memcmp(p, s->mark, len < MARKLEN ? len : MARKLEN) != 0) {
		output(s, p, 1, out);
		return 1;
	}
	if (len < MARKLEN)
		return 0;
	len -= MARKLEN;
	end = memchr(p + MARKLEN, '\n', len < RECORD_MAX ? len : RECORD_MAX);
	if (!end)
		return len < RECORD_MAX ? 0 : MARKLEN;
	len = (size_t)(end - p) - MARKLEN;
	crlf = len && end[-1] == '\r';
	if (crlf) /* a terminal may have changed LF to CR LF */
		len--;
	text = xstrndup(p + MARKLEN, len);
	crflush(s, out);
	if (strlen(text) == len)
		recordtake(s, text, crlf);
	free(text);
	return (size_t)(end - p) + 1;
}

void streamfeed(struct stream *s, const char *data, size_t len, struct buf *out)
{
	size_t done = 0;

	bufadd(&s->held, data, len);
	while (done < s->held.len && !s->ended) {
		const char *p = s->held.data + done;
		size_t left = s->held.len - done, n;

		if (*p == RECORD_START) {
			n = recordparse(s, p, left, out);
			if (!n)
				break;
		} else {
			const char *start = memchr(p, RECORD_START, left);

			n = start ? (size_t)(start - p) : left;
			output(s, p, n, out);
		}
		done += n;
	}
	if (s->ended)
		done = s->held.len;
	if (done)
		memmove(s->held.data, s->held.data + done, s->held.len - done);
	s->held.len -= done;
}

void streamflush(struct stream *s, struct buf *out)
{
	if (s->held.len)
		output(s, s->held.data, s->held.len, out);
	crflush(s, out);
	bufclear(&s->held);
}

void streamfree(struct stream *s)
{
	buffree(&s->held);
}
