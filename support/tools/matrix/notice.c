// SPDX-License-Identifier: GPL-2.0-or-later
#include "notice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "fs/file.h"
#include "live.h"

#define TOLD 5 /* lines of a log */

void noticelog(struct buf *out, const struct row *r, unsigned lines)
{
	char *path = rowlog(r);
	struct buf text = { 0 };
	size_t at;

	if (path && fileread(path, &text) == 0) {
		for (at = text.len; at > 0; at--)
			if (at < text.len && text.data[at - 1] == '\n' && lines-- == 1)
				break;
		bufadd(out, text.data + at, text.len - at);
	}
	buffree(&text);
	free(path);
}

void noticebegin(const struct row *r, bool live)
{
	char *name;

	if (live)
		return;
	name = rowname(r);
	if (r->host)
		warn("%s, on %s", name, r->host);
	else
		warn("%s, in %s", name, r->dir);
	free(name);
}

void noticeend(const struct row *r, bool live)
{
	struct buf log = { 0 };
	char *name, *line, *at;

	if (live || rowok(r))
		return;
	name = rowname(r);
	warn("%s: %s", name, rowresult(r));
	noticelog(&log, r, TOLD);
	at = log.data;
	while ((line = strsep(&at, "\n")))
		if (*line)
			tell(stderr, "    %s\n", line);
	free(name);
	buffree(&log);
}

void noticedrop(const struct row *r, bool live)
{
	char *name;

	if (live)
		return;
	name = rowname(r);
	warn("%s is not needed any more", name);
	free(name);
}

void noticegone(const char *host, const struct row *r, bool more, bool live)
{
	char *name = rowname(r);

	if (live)
		liveclear();
	warn("%s has gone; %s %s", host, name,
	     more ? "is done elsewhere" : "cannot be done: no other host is left");
	free(name);
}
