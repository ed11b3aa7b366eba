// SPDX-License-Identifier: GPL-2.0-or-later
#include "live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/visible.h"
#include "rowtable.h"

static unsigned drawn; /* lines that are on the terminal */

bool liveable(void)
{
	const char *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && term && *term && strcmp(term, "dumb") != 0;
}

void liveclear(void)
{
	if (drawn)
		printf("\033[%uA\r\033[J", drawn);
	fflush(stdout);
	drawn = 0;
}

/* Append the lines of text, each cut to the width of the terminal, as far as they are ASCII. */
static void linescut(struct buf *out, const char *text, unsigned width)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		struct buf line = { 0 };

		bufvisible(&line, text, len);
		bufadd(out, bufstr(&line), line.len < width ? line.len : width);
		bufputc(out, '\n');
		buffree(&line);
		drawn++;
		text += len + (text[len] == '\n');
	}
}

void livedraw(const struct rows *all)
{
	struct winsize size = { 0 };
	struct buf text = { 0 }, out = { 0 };
	struct tally t = tallyof(all);
	bool whole;

	ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	whole = all->len + 3 <= (size.ws_row ? size.ws_row : 24);
	tablehead(&text, all, true);
	for (size_t i = 0; i < all->len; i++)
		if (whole || all->item[i]->state == ROW_RUNNING)
			tablerow(&text, all, all->item[i], true);
	bufprintf(&text, "%u of %zu done, %u failed, %u running, %u waiting\n", t.done, all->len,
		  t.failed, t.running, t.waiting);
	if (drawn)
		bufprintf(&out, "\033[%uA\r\033[J", drawn);
	drawn = 0;
	linescut(&out, bufstr(&text), size.ws_col ? size.ws_col : 80);
	fputs(bufstr(&out), stdout);
	fflush(stdout);
	buffree(&text);
	buffree(&out);
}
