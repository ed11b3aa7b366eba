// SPDX-License-Identifier: GPL-2.0-or-later
#include "bundle.h"

#include <errno.h>
#include <string.h>

#include "fs/file.h"

int bundleread(struct pairs *files, const char *path)
{
	struct buf all = { 0 };
	struct buf text = { 0 };
	const char *name = NULL;
	char *p, *line;
	int ret = fileread(path, &all);

	if (ret < 0 && errno == ENOENT)
		ret = 0;
	p = all.data;
	while (ret == 0 && p && (line = strsep(&p, "\n"))) {
		if (*line == '|') {
			bufprintf(&text, "%s\n", line + 1);
		} else if (*line == '>') {
			if (name)
				pairadd(files, name, bufstr(&text));
			bufclear(&text);
			name = line + 1;
		}
	}
	if (name)
		pairadd(files, name, bufstr(&text));
	buffree(&all);
	buffree(&text);
	return ret;
}

int bundlefile(const struct pairs *bundle, const char *path, struct buf *out)
{
	const char *text = bundle ? pairfind(bundle, path) : NULL;

	if (!text)
		return fileread(path, out);
	bufputs(out, text);
	return 0;
}
