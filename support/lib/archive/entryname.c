// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive/entryname.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/path.h"

#define QUOTED 200 /* maximum bytes of a name in a message */

static bool iscontrol(unsigned char c)
{
	return c < 0x20 || c == 0x7f;
}

const char *nameleaves(const char *raw)
{
	if (*raw == '/')
		return "it is an absolute path";
	for (const char *p = raw; *p; p += *p == '/') {
		size_t len = strcspn(p, "/");

		if (len == 2 && memcmp(p, "..", 2) == 0)
			return "it has a '..' component";
		p += len;
	}
	return NULL;
}

const char *namerefuse(const char *raw)
{
	const char *why = *raw ? nameleaves(raw) : "it is empty";

	for (const char *p = raw; *p && !why; p++) {
		if (iscontrol((unsigned char)*p))
			why = "it holds a control character";
	}
	return why;
}

char *nameclean(const char *raw, int strip)
{
	char *path = pathclean(raw), *left;
	const char *p = path;

	for (; strip > 0 && *p; strip--) {
		p += strcspn(p, "/");
		p += *p == '/';
	}
	left = xstrdup(p);
	free(path);
	return left;
}

bool nameplain(const char *name)
{
	char *path = pathclean(name);
	bool plain = path && *path && strcmp(path, name) == 0;

	free(path);
	return plain;
}

bool nameunder(const char *path, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(path, prefix, len) == 0 && (path[len] == '\0' || path[len] == '/');
}

char *namequote(const char *raw)
{
	struct buf b = { 0 };

	bufputc(&b, '\'');
	for (const char *p = raw; *p; p++) {
		/* Do not cut inside a multibyte character. */
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
