// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/url.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/affix.h"
#include "base/buf.h"
#include "base/visible.h"

static bool isscheme(const char *url, const char *scheme)
{
	size_t n = strlen(scheme);

	return strncasecmp(url, scheme, n) == 0 && startswith(url + n, "://");
}

bool urlhttp(const char *url)
{
	return isscheme(url, "http") || isscheme(url, "https");
}

/* Find the start and length of the authority, "user:password@host:port". */
static const char *authority(const char *url, size_t *len)
{
	const char *p = strstr(url, "://");

	p = p ? p + 3 : url;
	*len = strcspn(p, "/?#");
	return p;
}

/* Find the start of the host in an authority: after the last '@'. */
static const char *afteruser(const char *auth, size_t len)
{
	const char *at = memrchr(auth, '@', len);

	return at ? at + 1 : auth;
}

const char *urlerror(const char *url)
{
	const char *auth;
	size_t len;

	if (!isvisible(url) || strpbrk(url, " \t\n"))
		return "has a space or control character: write it as %20 or the like";
	auth = authority(url, &len);
	if (isscheme(url, "file"))
		return auth[len] == '/' && (len == 0 || (len == 9 && startswith(auth, "localhost")))
			       ? NULL
			       : "must be file:///absolute/path";
	if (!urlhttp(url) && !isscheme(url, "ftp"))
		return "must start with http://, https://, ftp:// or file://";
	return afteruser(auth, len) == auth + len ? "has no host" : NULL;
}

char *urlshow(const char *url)
{
	size_t len;
	const char *auth = authority(url, &len);
	const char *host = afteruser(auth, len);
	const char *colon = memchr(auth, ':', (size_t)(host - auth));

	if (!colon)
		return xstrdup(url);
	return xasprintf("%.*s:***@%s", (int)(colon - url), url, host);
}

char *urlhost(const char *url)
{
	size_t len;
	const char *auth = authority(url, &len);
	const char *host = afteruser(auth, len);

	return len ? xstrndup(host, len - (size_t)(host - auth)) : xstrdup("file");
}

char *urljoin(const char *base, const char *path)
{
	struct buf b = { 0 };
	size_t len = strlen(base);

	while (len && base[len - 1] == '/')
		len--;
	bufadd(&b, base, len);
	bufputc(&b, '/');
	for (; *path; path++) {
		if (isalnum((unsigned char)*path) || strchr("/-._~+:@!$&'()*,;=", *path))
			bufputc(&b, *path);
		else
			bufprintf(&b, "%%%02X", (unsigned char)*path);
	}
	return bufsteal(&b);
}

bool urlredirect(const char *from, const char *to)
{
	return isscheme(to, "https") || (isscheme(to, "http") && !isscheme(from, "https"));
}
