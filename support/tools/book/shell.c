// SPDX-License-Identifier: GPL-2.0-or-later
#include "shell.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/shellword.h"
#include "fs/file.h"

void shellpath(struct buf *out, const char *var, const char *path)
{
	bufputc(out, '"');
	if (*path != '/')
		bufprintf(out, "$%s/", var);
	shellquoted(out, path);
	bufputc(out, '"');
}

static bool hasline(const char *text, const char *line)
{
	size_t len = strlen(line);

	while (text) {
		if (strncmp(text, line, len) == 0 && (text[len] == '\n' || !text[len]))
			return true;
		text = strchr(text, '\n');
		text += text != NULL;
	}
	return false;
}

void shellhere(struct buf *out, const char *text)
{
	struct buf end = { 0 };

	bufputs(&end, "END");
	while (hasline(text, bufstr(&end)))
		bufputs(&end, "_END");
	bufprintf(out, "<<'%s'\n%s%s%s\n", bufstr(&end), text,
		  *text && text[strlen(text) - 1] != '\n' ? "\n" : "", bufstr(&end));
	buffree(&end);
}

int shellherefile(struct buf *out, const char *path, char **why)
{
	struct buf text = { 0 };
	int ret = fileread(path, &text);

	if (ret < 0) {
		*why = xasprintf("cannot read %s: %s", path, strerror(errno));
	} else if (strlen(bufstr(&text)) != text.len) {
		*why = xasprintf("%s: it is not a text file", path);
		ret = -1;
	} else {
		shellhere(out, bufstr(&text));
	}
	buffree(&text);
	return ret;
}
