// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/path.h"

#include <string.h>

#include "base/buf.h"

char *pathclean(const char *name)
{
	struct buf out = { 0 };

	while (*name) {
		size_t len = strcspn(name, "/");

		if (len == 2 && name[0] == '.' && name[1] == '.') {
			buffree(&out);
			return NULL;
		}
		if (len > 0 && !(len == 1 && name[0] == '.')) {
			if (out.len)
				bufputc(&out, '/');
			bufadd(&out, name, len);
		}
		name += len + (name[len] == '/');
	}
	return bufsteal(&out);
}

char *pathparent(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup("");
}

const char *pathlast(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}
