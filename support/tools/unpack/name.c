// SPDX-License-Identifier: GPL-2.0-or-later
#include "name.h"

#include <string.h>

#include "base/buf.h"

#define QUOTED 200 /* bytes of a name that a message shows */

static int iscontrol(unsigned char c)
{
	return c < 0x20 || c == 0x7f;
}

/* The length of the component at p, which ends before a slash or at the end. */
static size_t complen(const char *p)
{
	return strcspn(p, "/");
}

const char *namerefuse(const char *raw)
{
	if (!*raw)
		return "it is empty";
	if (*raw == '/')
		return "it is an absolute path";
	for (const char *p = raw; *p; p++) {
		if (iscontrol((unsigned char)*p))
			return "it holds a control character";
	}
	for (const char *p = raw; *p; p += *p == '/') {
		size_t len = complen(p);

		if (len == 2 && memcmp(p, "..", 2) == 0)
			return "it has a '..' component";
		p += len;
	}
	return NULL;
}

char *nameclean(const char *raw, int strip)
{
	struct buf b = { 0 };

	for (const char *p = raw; *p; p += *p == '/') {
		size_t len = complen(p);

		if (len && !(len == 1 && *p == '.')) {
			if (strip > 0) {
				strip--;
			} else {
				if (b.len)
					bufputc(&b, '/');
				bufadd(&b, p, len);
			}
		}
		p += len;
	}
	return bufsteal(&b);
}

int nameunder(const char *path, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(path, prefix, len) == 0 && (path[len] == '\0' || path[len] == '/');
}

char *namequote(const char *raw)
{
	struct buf b = { 0 };

	bufputc(&b, '\'');
	for (const char *p = raw; *p; p++) {
		/* Not within a character of several bytes. */
		if (p - raw >= QUOTED && ((*p & 0xc0) != 0x80 || p - raw >= QUOTED + 4)) {
			bufputs(&b, "'...");
			return bufsteal(&b);
		}
		if (iscontrol((unsigned char)*p))
			bufprintf(&b, "\\%03o", (unsigned char)*p);
		else
			bufputc(&b, *p);
	}
	bufputc(&b, '\'');
	return bufsteal(&b);
}
