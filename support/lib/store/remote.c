// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/remote.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "fs/file.h"
#include "store/libcurl.h"

#define CONNECT_TIME 3L	    /* seconds */
#define STALL_TIME   10L    /* seconds */
#define STALL_SPEED  16384L /* bytes per second; anything slower is a stall */
#define MOST_TIME    1800L  /* seconds; a build is faster than a longer transfer */

static const char NOCURL[] = "libcurl.so.4 cannot be loaded, or cannot start";

struct transfer {
	const struct libcurl *curl;
	CURL *easy;
	int fd;
	bool put;		  /* send fd, else receive */
	unsigned long long limit; /* most bytes to receive */
	unsigned long long got;	  /* bytes received so far */
	off_t sent;		  /* offset in fd of the next byte to send */
	int error;		  /* errno of an operation on fd; 0: none */
	char text[CURL_ERROR_SIZE];
};

static long statusof(struct transfer *t)
{
	long status = 0;

	t->curl->getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

static size_t onreceive(char *data, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;
	size_t len = size * n;

	if (statusof(t) != 200)
		return len;
	t->got += len;
	if (t->got > t->limit)
		t->error = EFBIG;
	else if (writeall(t->fd, data, len) < 0)
		t->error = errno;
	return t->error ? 0 : len;
}

static size_t ondiscard(char *data, size_t size, size_t n, void *arg)
{
	(void)data;
	(void)arg;
	return size * n;
}

static size_t onsend(char *data, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;
	ssize_t len = pread(t->fd, data, size * n, t->sent);

	if (len < 0) {
		t->error = errno;
		return CURL_READFUNC_ABORT;
	}
	t->sent += len;
	return (size_t)len;
}

/* Called when the server needs the body again, for example after asking for a password. */
static int onseek(void *arg, curl_off_t offset, int origin)
{
	struct transfer *t = arg;

	if (origin != SEEK_SET)
		return CURL_SEEKFUNC_CANTSEEK;
	t->sent = (off_t)offset;
	return CURL_SEEKFUNC_OK;
}

static int transferopen(struct transfer *t, const char *address)
{
	const char *roots = getenv("SSL_CERT_FILE");

	t->curl = libcurl();
	t->easy = t->curl ? t->curl->init() : NULL;
	if (!t->easy)
		return -1;
	t->curl->setopt(t->easy, CURLOPT_URL, address);
#if LIBCURL_VERSION_NUM >= 0x075500
	t->curl->setopt(t->easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
	t->curl->setopt(t->easy, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
	t->curl->setopt(t->easy, CURLOPT_ERRORBUFFER, t->text);
	t->curl->setopt(t->easy, CURLOPT_FAILONERROR, 1L);
	t->curl->setopt(t->easy, CURLOPT_USERAGENT, "whittle");
	t->curl->setopt(t->easy, CURLOPT_NETRC, (long)CURL_NETRC_OPTIONAL);
	t->curl->setopt(t->easy, CURLOPT_CONNECTTIMEOUT, CONNECT_TIME);
	t->curl->setopt(t->easy, CURLOPT_LOW_SPEED_LIMIT, STALL_SPEED);
	t->curl->setopt(t->easy, CURLOPT_LOW_SPEED_TIME, STALL_TIME);
	t->curl->setopt(t->easy, CURLOPT_TIMEOUT, MOST_TIME);
	if (roots && *roots)
		t->curl->setopt(t->easy, CURLOPT_CAINFO, roots);
	return 0;
}

/* Whether the server fulfilled the request. */
static bool fulfilled(const struct transfer *t, long status)
{
	return t->put ? status == 200 || status == 201 || status == 204 : status == 200;
}

/* The result, from curl's code and the HTTP status. */
static enum remote outcome(struct transfer *t, CURLcode code, char **why)
{
	long status = statusof(t);

	if (t->error) {
		*why = xstrdup(t->error == EFBIG ? "the file is too large" : strerror(t->error));
		return REMOTE_FAILED;
	}
	if (!t->put && (status == 404 || status == 410))
		return REMOTE_NONE;
	/* Others may be smaller. */
	if (t->put && status == 413) {
		*why = xstrdup("the file is too large for the server: status 413");
		return REMOTE_FAILED;
	}
	if (code == CURLE_HTTP_RETURNED_ERROR || (code == CURLE_OK && !fulfilled(t, status))) {
		*why = xasprintf("the server answers with status %ld", status);
		return REMOTE_REFUSED;
	}
	if (code == CURLE_OK)
		return REMOTE_DONE;
	*why = xstrdup(*t->text ? t->text : t->curl->strerror(code));
	return REMOTE_DOWN;
}

static enum remote transferrun(struct transfer *t, char **why)
{
	enum remote ret = outcome(t, t->curl->perform(t->easy), why);

	t->curl->cleanup(t->easy);
	return ret;
}

enum remote remoteget(const char *address, int fd, unsigned long long limit, char **why)
{
	struct transfer t = { .fd = fd, .limit = limit };

	*why = NULL;
	if (transferopen(&t, address) < 0) {
		*why = xstrdup(NOCURL);
		return REMOTE_FAILED;
	}
	t.curl->setopt(t.easy, CURLOPT_WRITEFUNCTION, onreceive);
	t.curl->setopt(t.easy, CURLOPT_WRITEDATA, &t);
	return transferrun(&t, why);
}

enum remote remotehas(const char *address, char **why)
{
	struct transfer t = { .fd = -1 };

	*why = NULL;
	if (transferopen(&t, address) < 0) {
		*why = xstrdup(NOCURL);
		return REMOTE_FAILED;
	}
	t.curl->setopt(t.easy, CURLOPT_NOBODY, 1L);
	return transferrun(&t, why);
}

enum remote remoteput(const char *address, int fd, char **why)
{
	struct transfer t = { .put = 1, .fd = fd };
	struct stat st;

	*why = NULL;
	if (fstat(fd, &st) < 0 || transferopen(&t, address) < 0) {
		*why = xstrdup(NOCURL);
		return REMOTE_FAILED;
	}
	t.curl->setopt(t.easy, CURLOPT_UPLOAD, 1L);
	t.curl->setopt(t.easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)st.st_size);
	t.curl->setopt(t.easy, CURLOPT_READFUNCTION, onsend);
	t.curl->setopt(t.easy, CURLOPT_READDATA, &t);
	t.curl->setopt(t.easy, CURLOPT_SEEKFUNCTION, onseek);
	t.curl->setopt(t.easy, CURLOPT_SEEKDATA, &t);
	t.curl->setopt(t.easy, CURLOPT_WRITEFUNCTION, ondiscard);
	return transferrun(&t, why);
}
