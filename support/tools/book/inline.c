// SPDX-License-Identifier: GPL-2.0-or-later
#include "inline.h"

#include <stdbool.h>
#include <string.h>

bool spannext(const char **p, struct span *s)
{
	const char *at = *p;

	if (!*at)
		return false;
	*s = (struct span){ .kind = PLAIN };
	if (*at == '\001') {
		s->kind = CODED;
		s->text = at + 1;
		s->len = strcspn(s->text, "\002");
	} else if (*at == '\003') {
		s->kind = LINKED;
		s->href = at + 1;
		s->hreflen = strcspn(s->href, "\004");
		s->text = s->href + s->hreflen + (s->href[s->hreflen] != '\0');
		s->len = strcspn(s->text, "\005");
	} else {
		s->text = at;
		s->len = strcspn(at, "\001\003");
		*p = at + s->len;
		return true;
	}
	*p = s->text + s->len + (s->text[s->len] != '\0');
	return true;
}

/* Convert the link at s, "[text](href)". Returns its end, or NULL if it is not a link. */
static const char *linkread(struct buf *out, const char *s)
{
	const char *mid = strstr(s, "](");
	const char *end = mid ? strchr(mid, ')') : NULL;

	if (!end)
		return NULL;
	bufprintf(out, LINK("%.*s", "%.*s"), (int)(end - mid - 2), mid + 2, (int)(mid - s - 1),
		  s + 1);
	return end + 1;
}

void inlineread(struct buf *out, const char *s)
{
	while (*s) {
		const char *end = NULL;

		if (*s == '`') {
			end = strchr(s + 1, '`');
			if (end)
				bufprintf(out, CODE("%.*s"), (int)(end - s - 1), s + 1);
			end = end ? end + 1 : NULL;
		} else if (*s == '[') {
			end = linkread(out, s);
		}
		if (end)
			s = end;
		else
			bufputc(out, *s++);
	}
}
