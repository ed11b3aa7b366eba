// SPDX-License-Identifier: GPL-2.0-or-later
#include "retry.h"

#include <limits.h>

#define PAUSE_MAX 30000

static enum verdict judgestatus(const struct outcome *o)
{
	if (o->status == 416)
		return RESTART;
	if (o->status >= 300 && o->status < 400)
		return REDIRECT;
	if (o->status != 408 && o->status != 429 && o->status < 500)
		return ELSEWHERE;
	return o->retryafter > RETRY_AFTER_MAX ? ELSEWHERE : AGAIN;
}

enum verdict retryjudge(const struct outcome *o)
{
	if (o->refused)
		return ELSEWHERE;
	if (o->restart)
		return RESTART;
	if (o->status && o->status != 200 && o->status != 206)
		return judgestatus(o);
	switch (o->code) {
	case CURLE_OK:
		return GOT;
	case CURLE_RANGE_ERROR:
	case CURLE_BAD_DOWNLOAD_RESUME:
	case CURLE_FTP_COULDNT_USE_REST:
		return RESTART;
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_SSL_CONNECT_ERROR:
		return UNREACHABLE;
	case CURLE_OPERATION_TIMEDOUT:
		return o->connected ? AGAIN : UNREACHABLE;
	case CURLE_PARTIAL_FILE:
	case CURLE_GOT_NOTHING:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
	case CURLE_FTP_ACCEPT_TIMEOUT:
	case CURLE_FTP_CANT_GET_HOST:
		return AGAIN;
	default:
		return ELSEWHERE;
	}
}

long retrywait(long status, long long said)
{
	if ((status != 429 && status != 503) || said < 0)
		return 0;
	return said > INT_MAX ? INT_MAX : (long)said;
}

unsigned retrypause(unsigned base, unsigned tries, unsigned random)
{
	unsigned pause = base;

	while (--tries && pause < PAUSE_MAX)
		pause *= 2;
	if (pause > PAUSE_MAX)
		pause = PAUSE_MAX;
	return pause + random % (pause / 2 + 1);
}
