// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshots.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fs/file.h"

#define INTERVAL 100e6 /* instructions between the first ones: about a third of a second */

/* A command of QEMU's monitor, for which QMP has none that is done before it answers. */
#define MONITOR                                                                                    \
	"{\"execute\":\"human-monitor-command\",\"id\":\"%s\","                                    \
	"\"arguments\":{\"command-line\":\"%s s%u\"}}\n"
#define ASK "{\"execute\":\"query-replay\",\"id\":\"" QMP_SNAPSHOT "\"}\n"

void snapshotsstart(struct snapshots *s, unsigned max)
{
	*s = (struct snapshots){ .max = max, .interval = INTERVAL };
	s->kept = max ? xmalloc(max * sizeof(*s->kept)) : NULL;
}

/* Make no more; why: the reason, which is taken over. */
static void giveup(struct snapshots *s, char *why)
{
	s->max = 0;
	s->why = why;
}

static void send(struct snapshots *s, int qmp, const char *text)
{
	/* When QEMU has ended, nothing is wrong with them. */
	if (writeall(qmp, text, strlen(text)) < 0)
		giveup(s, errno == EPIPE ? NULL : xstrdup(strerror(errno)));
}

static void order(struct snapshots *s, int qmp, const char *id, const char *command, unsigned n)
{
	char *text = xasprintf(MONITOR, id, command, n);

	send(s, qmp, text);
	free(text);
}

long snapshotsnext(const struct snapshots *s)
{
	return s->max && !s->waits ? s->asked + SNAPSHOTS_MS : -1;
}

void snapshotsask(struct snapshots *s, int qmp, long now)
{
	s->asked = now;
	s->waits = true;
	send(s, qmp, ASK);
}

/* Remove every other one, but not the last. */
static void thin(struct snapshots *s, int qmp)
{
	unsigned left = 0;

	for (unsigned i = 0; i < s->len; i++) {
		if ((s->len - i) % 2 == 0)
			order(s, qmp, "removed", "delvm", s->kept[i]);
		else
			s->kept[left++] = s->kept[i];
	}
	s->len = left;
	s->interval *= 2;
}

void snapshotsreply(struct snapshots *s, const struct qmp *q, int qmp)
{
	if (q->snapshot == REPLY_ERROR) {
		giveup(s, xstrdup(q->why ? q->why : "QEMU does not say why"));
	} else if (s->saves) {
		s->saves = s->waits = false;
		s->kept[s->len++] = s->made;
		if (s->len == s->max)
			thin(s, qmp);
	} else if (q->icount - s->last < s->interval) {
		s->waits = false;
	} else {
		s->last = q->icount;
		s->saves = true;
		order(s, qmp, QMP_SNAPSHOT, "savevm", ++s->made);
	}
}

void snapshotsfree(struct snapshots *s)
{
	free(s->kept);
	free(s->why);
	*s = (struct snapshots){ 0 };
}
