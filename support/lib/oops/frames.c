// SPDX-License-Identifier: GPL-2.0-or-later
#include "frames.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* The path without "." and "..". */
static char *straight(const char *path)
{
	struct buf out = { 0 };
	const char *p = path;

	while (*p) {
		size_t slashes = strspn(p, "/"), len = strcspn(p + slashes, "/");
		const char *last = out.len ? strrchr(out.data, '/') : NULL;

		p += slashes;
		if (len == 2 && strncmp(p, "..", 2) == 0 && last && strcmp(last, "/..") != 0) {
			out.len = (size_t)(last - out.data);
			out.data[out.len] = '\0';
		} else if (len && !(len == 1 && *p == '.')) {
			if (slashes || out.len)
				bufputc(&out, '/');
			bufadd(&out, p, len);
		}
		p += len;
	}
	return bufsteal(&out);
}

void framesadd(struct frames *f, const char *function, const char *path, int line)
{
	f->item = xrealloc(f->item, (f->len + 1) * sizeof(*f->item));
	f->item[f->len++] = (struct frame){
		.function = xstrdup(function),
		.path = path ? straight(path) : NULL,
		.line = line,
	};
}

void framesfree(struct frames *f)
{
	for (size_t i = 0; i < f->len; i++) {
		free(f->item[i].function);
		free(f->item[i].path);
	}
	free(f->item);
	*f = (struct frames){ 0 };
}
