// SPDX-License-Identifier: GPL-2.0-or-later
#include "xfer.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/url.h"

#define LARGE	    "the file is longer than --max-size allows"
#define STALL_SPEED 1024L	       /* bytes per second */
#define HEAD_MAX    ((off_t)256 << 10) /* bytes of headers, of all responses of a transfer */
#define PAGE_MAX    ((off_t)256 << 10) /* bytes of a page that comes with a redirect */

static long httpstatus(const struct xfer *x)
{
	long status = 0;

	if (x->http)
		curl_easy_getinfo(x->easy, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

/* Reject the response because of why. Returns -1. */
static int refuse(struct xfer *x, const char *why)
{
	x->refused = why;
	return -1;
}

/*
 * The headers are complete: decide whether the body is the file, and at which offset. Returns 0, or
 * -1 to stop.
 */
static int bodybegin(struct xfer *x)
{
	long status = httpstatus(x);

	x->begun = true;
	if (status == 206 && x->rangestart != x->part->len) {
		x->restart = true;
		return -1;
	}
	if (status == 200 && x->part->len) {
		x->start = 0;
		if (partreset(x->part) < 0) {
			x->error = errno;
			return -1;
		}
	}
	x->discard = status != 0 && status != 200 && status != 206;
	return xfertotal(x) > x->max ? refuse(x, LARGE) : 0;
}

/* Handle len bytes of the body. Returns 0, or -1 to stop. */
static int bodyadd(struct xfer *x, const char *data, size_t len)
{
	if (!x->begun && bodybegin(x) < 0)
		return -1;
	if (x->discard) {
		x->page += (off_t)len;
		return x->page > PAGE_MAX ? refuse(x, "the page of a redirect is too long") : 0;
	}
	if ((off_t)len > x->max - x->part->len) {
		/* None of it is the file: free the disk space. */
		if (partreset(x->part) < 0)
			x->error = errno;
		return refuse(x, LARGE);
	}
	if (partadd(x->part, data, len) < 0) {
		x->error = errno;
		return -1;
	}
	x->got += (off_t)len;
	return 0;
}

static size_t onbody(char *data, size_t size, size_t n, void *arg)
{
	return bodyadd(arg, data, size * n) < 0 ? 0 : size * n;
}

static size_t onheader(char *data, size_t size, size_t n, void *arg)
{
	static const char name[] = "Content-Range: bytes ";
	struct xfer *x = arg;
	size_t len = size * n;
	char number[24] = "";

	x->head += (off_t)len;
	if (x->head > HEAD_MAX) {
		refuse(x, "the headers are too long");
		return 0;
	}
	if (len > 5 && memcmp(data, "HTTP/", 5) == 0) {
		x->rangestart = -1;
	} else if (len >= sizeof(name) && strncasecmp(data, name, sizeof(name) - 1) == 0) {
		data += sizeof(name) - 1;
		len -= sizeof(name) - 1;
		memcpy(number, data, len < sizeof(number) ? len : sizeof(number) - 1);
		x->rangestart = (off_t)strtoll(number, NULL, 10);
	}
	return size * n;
}

static void setup(struct xfer *x, const char *url, const struct config *c)
{
	const char *roots = getenv("SSL_CERT_FILE");

	curl_easy_setopt(x->easy, CURLOPT_URL, url);
	curl_easy_setopt(x->easy, CURLOPT_WRITEFUNCTION, onbody);
	curl_easy_setopt(x->easy, CURLOPT_WRITEDATA, x);
	curl_easy_setopt(x->easy, CURLOPT_HEADERFUNCTION, onheader);
	curl_easy_setopt(x->easy, CURLOPT_HEADERDATA, x);
	curl_easy_setopt(x->easy, CURLOPT_ERRORBUFFER, x->text);
	curl_easy_setopt(x->easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(x->easy, CURLOPT_FAILONERROR, 1L);
	curl_easy_setopt(x->easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl_easy_setopt(x->easy, CURLOPT_USERAGENT, "whittle-fetch");
	curl_easy_setopt(x->easy, CURLOPT_CONNECTTIMEOUT, (long)c->timeout);
	curl_easy_setopt(x->easy, CURLOPT_LOW_SPEED_LIMIT, STALL_SPEED);
	curl_easy_setopt(x->easy, CURLOPT_LOW_SPEED_TIME, (long)c->stall);
	curl_easy_setopt(x->easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(x->easy, CURLOPT_SSL_VERIFYHOST, 2L);
	if (roots && *roots)
		curl_easy_setopt(x->easy, CURLOPT_CAINFO, roots);
	if (x->start) {
		char *range = xasprintf("%lld-", (long long)x->start);

		curl_easy_setopt(x->easy, CURLOPT_RANGE, range);
		free(range);
	}
}

char *xferplace(const char *url)
{
	struct stat st;
	char *path, *why = NULL;

	if (strncasecmp(url, "file://", 7) != 0)
		return NULL;
	path = curl_easy_unescape(NULL, url + 7 + strcspn(url + 7, "/"), 0, NULL);
	if (path && stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		why = xstrdup("it is not a regular file");
	curl_free(path);
	return why;
}

int xferstart(struct xfer *x, CURLM *multi, const char *url, struct part *part, void *owner,
	      const struct config *c)
{
	*x = (struct xfer){ .part = part, .start = part->len, .rangestart = -1 };
	x->max = c->maxsize;
	x->http = urlhttp(url);
	x->easy = curl_easy_init();
	if (!x->easy)
		return -1;
	setup(x, url, c);
	curl_easy_setopt(x->easy, CURLOPT_PRIVATE, owner);
	if (curl_multi_add_handle(multi, x->easy) == CURLM_OK)
		return 0;
	curl_easy_cleanup(x->easy);
	x->easy = NULL;
	return -1;
}

off_t xfertotal(const struct xfer *x)
{
	curl_off_t len = -1;

	if (x->begun && !x->discard)
		curl_easy_getinfo(x->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &len);
	return len > 0 ? x->start + (off_t)len : 0;
}

off_t xferspeed(const struct xfer *x)
{
	curl_off_t speed = 0;

	curl_easy_getinfo(x->easy, CURLINFO_SPEED_DOWNLOAD_T, &speed);
	return (off_t)speed;
}

struct outcome xferoutcome(const struct xfer *x, CURLcode code, char **to)
{
	struct outcome o = { .code = code, .restart = x->restart, .refused = x->refused != NULL };
	curl_off_t value = 0;
	char *place = NULL;

	o.status = httpstatus(x);
	curl_easy_getinfo(x->easy, CURLINFO_RETRY_AFTER, &value);
	o.retryafter = retrywait(o.status, value);
	curl_easy_getinfo(x->easy, CURLINFO_PRETRANSFER_TIME_T, &value);
	o.connected = value > 0;
	curl_easy_getinfo(x->easy, CURLINFO_REDIRECT_URL, &place);
	*to = place ? xstrdup(place) : NULL;
	return o;
}

char *xferwhy(const struct xfer *x, const struct outcome *o)
{
	if (o->refused)
		return xstrdup(x->refused);
	if (o->restart)
		return xstrdup("the server sent another range than requested");
	if (o->status && o->status != 200 && o->status != 206)
		return o->retryafter > RETRY_AFTER_MAX
			       ? xasprintf("HTTP status %ld, try again after %ld s", o->status,
					   o->retryafter)
			       : xasprintf("HTTP status %ld", o->status);
	return xstrdup(*x->text ? x->text : curl_easy_strerror(o->code));
}

void xferclose(struct xfer *x, CURLM *multi)
{
	if (!x->easy)
		return;
	curl_multi_remove_handle(multi, x->easy);
	curl_easy_cleanup(x->easy);
	x->easy = NULL;
}
