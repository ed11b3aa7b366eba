// SPDX-License-Identifier: GPL-2.0-or-later
#include "qmp.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static enum qmpend endof(const cJSON *message)
{
	const char *event = cJSON_GetStringValue(cJSON_GetObjectItem(message, "event"));
	const cJSON *data = cJSON_GetObjectItem(message, "data");
	const char *reason = cJSON_GetStringValue(cJSON_GetObjectItem(data, "reason"));
	const char *action = cJSON_GetStringValue(cJSON_GetObjectItem(data, "action"));

	/* With another action a SHUTDOWN follows, or the guest goes on. */
	if (event && action && strcmp(event, "GUEST_PANICKED") == 0)
		return strcmp(action, "pause") == 0 ? QMP_PANICKED : QMP_RUNNING;
	if (!event || strcmp(event, "SHUTDOWN") != 0)
		return QMP_RUNNING;
	if (reason && strcmp(reason, "guest-reset") == 0)
		return QMP_RESET;
	if (reason && strcmp(reason, "guest-panic") == 0)
		return QMP_PANICKED;
	if (cJSON_IsTrue(cJSON_GetObjectItem(data, "guest")))
		return QMP_SHUTDOWN;
	return QMP_QUIT;
}

/* Take the answer to a request that has an id. */
static void replytake(struct qmp *q, const cJSON *message)
{
	const char *id = cJSON_GetStringValue(cJSON_GetObjectItem(message, "id"));
	const cJSON *error = cJSON_GetObjectItem(message, "error");
	const char *why = cJSON_GetStringValue(cJSON_GetObjectItem(error, "desc"));

	if (!id || strcmp(id, QMP_DUMP) != 0)
		return;
	q->dump = error ? REPLY_ERROR : REPLY_OK;
	free(q->why);
	q->why = why ? xstrdup(why) : NULL;
}

static void messagetake(struct qmp *q)
{
	cJSON *message = cJSON_ParseWithLength(bufstr(&q->line), q->line.len);
	const char *event, *status;
	const cJSON *answer;

	event = cJSON_GetStringValue(cJSON_GetObjectItem(message, "event"));
	if (event && strcmp(event, "STOP") == 0)
		q->stopped = q->asks = true;
	if (event && strcmp(event, "RESUME") == 0)
		q->stopped = false;
	answer = cJSON_GetObjectItem(message, "return");
	if (answer)
		q->loaded = true;
	status = cJSON_GetStringValue(cJSON_GetObjectItem(answer, "status"));
	/* KVM failed; nobody will continue the guest. */
	if (status && strcmp(status, "internal-error") == 0)
		q->stopped = false;
	replytake(q, message);
	if (q->end == QMP_RUNNING)
		q->end = endof(message);
	cJSON_Delete(message);
	bufclear(&q->line);
}

void qmpfeed(struct qmp *q, const char *data, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (data[i] == '\n')
			messagetake(q);
		else
			bufputc(&q->line, data[i]);
	}
}

void qmpfree(struct qmp *q)
{
	buffree(&q->line);
	free(q->why);
}
