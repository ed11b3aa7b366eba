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
	const cJSON *answer = cJSON_GetObjectItem(message, "return");
	const cJSON *icount = cJSON_GetObjectItem(answer, "icount");
	const char *why = cJSON_GetStringValue(cJSON_GetObjectItem(error, "desc"));
	const char *said = cJSON_GetStringValue(answer);
	enum qmpreply reply;

	if (!id || (strcmp(id, QMP_DUMP) != 0 && strcmp(id, QMP_SNAPSHOT) != 0))
		return;
	/* What the monitor's own commands say is an error. */
	if (said && *said)
		why = said;
	reply = error || why ? REPLY_ERROR : REPLY_OK;
	if (strcmp(id, QMP_DUMP) == 0)
		q->dump = reply;
	else
		q->snapshot = reply;
	if (cJSON_IsNumber(icount))
		q->icount = icount->valuedouble;
	free(q->why);
	q->why = why ? xstrndup(why, strcspn(why, "\r\n")) : NULL;
}

/* QEMU's first message has its version. */
static void greetingtake(struct qmp *q, const cJSON *greeting)
{
	const cJSON *version = cJSON_GetObjectItem(greeting, "version");
	const cJSON *number = cJSON_GetObjectItem(version, "qemu");
	const char *package = cJSON_GetStringValue(cJSON_GetObjectItem(version, "package"));
	const char *const parts[] = { "major", "minor", "micro" };
	struct buf text = { 0 };

	if (q->version || !cJSON_IsObject(number))
		return;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		bufprintf(&text, "%s%.0f", i ? "." : "",
			  cJSON_GetNumberValue(cJSON_GetObjectItem(number, parts[i])));
	if (package && *package)
		bufprintf(&text, " (%s)", package);
	q->version = bufsteal(&text);
}

static void messagetake(struct qmp *q)
{
	cJSON *message = cJSON_ParseWithLength(bufstr(&q->line), q->line.len);
	const char *event, *status;
	const cJSON *answer;

	greetingtake(q, cJSON_GetObjectItem(message, "QMP"));
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

char *qmpversion(struct qmp *q)
{
	char *version = q->version;

	q->version = NULL;
	return version;
}

void qmpfree(struct qmp *q)
{
	free(q->version);
	buffree(&q->line);
	free(q->why);
}
