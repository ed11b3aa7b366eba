// SPDX-License-Identifier: GPL-2.0-or-later
#include "sourceline.h"

#include <stdlib.h>
#include <string.h>

#include "fs/file.h"

#define BLANKS " \t\r\f"

/* A file, each line of which ends with a NUL. */
struct source {
	char *path;
	struct buf text;
	const char **line;
	int lines;
};

static void split(struct source *f)
{
	char *p = f->text.data, *end = p + f->text.len;
	size_t room = 0;

	while (p < end) {
		char *next = memchr(p, '\n', (size_t)(end - p)), *last;

		if ((size_t)f->lines == room) {
			room = room ? 2 * room : 256;
			f->line = xrealloc(f->line, room * sizeof(*f->line));
		}
		f->line[f->lines++] = p + strspn(p, BLANKS);
		if (!next)
			break;
		*next = '\0';
		for (last = next; last > p && strchr(BLANKS, last[-1]); last--)
			last[-1] = '\0';
		p = next + 1;
	}
}

static struct source *sourceof(struct sources *s, const char *path)
{
	struct source *f;

	for (size_t i = 0; i < s->len; i++)
		if (strcmp(s->item[i].path, path) == 0)
			return &s->item[i];
	s->item = xrealloc(s->item, (s->len + 1) * sizeof(*s->item));
	f = &s->item[s->len++];
	*f = (struct source){ .path = xstrdup(path) };
	if (fileread(path, &f->text) < 0)
		bufclear(&f->text);
	if (f->text.len)
		split(f);
	return f;
}

const char *sourceline(struct sources *s, const char *path, int line)
{
	const struct source *f = sourceof(s, path);

	return line > 0 && line <= f->lines ? f->line[line - 1] : NULL;
}

void sourcesfree(struct sources *s)
{
	for (size_t i = 0; i < s->len; i++) {
		free(s->item[i].path);
		buffree(&s->item[i].text);
		free(s->item[i].line);
	}
	free(s->item);
	*s = (struct sources){ 0 };
}
