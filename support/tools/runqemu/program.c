// SPDX-License-Identifier: GPL-2.0-or-later
#include "program.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "fs/file.h"

char *programfind(const char *name)
{
	const char *path = getenv("PATH"), *dir, *end;

	if (strchr(name, '/'))
		return access(name, X_OK) == 0 ? xstrdup(name) : NULL;
	for (dir = path ? path : ""; *dir; dir = *end ? end + 1 : end) {
		char *d, *file;

		end = strchrnul(dir, ':');
		d = xstrndup(dir, (size_t)(end - dir));
		file = pathjoin(d, name);
		free(d);
		if (access(file, X_OK) == 0)
			return file;
		free(file);
	}
	return NULL;
}
