// SPDX-License-Identifier: GPL-2.0-or-later
#include "findings.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/msg.h"

void reportadd(struct report *r, const char *file, size_t line, const char *fmt, ...)
{
	struct finding *f;
	va_list ap;

	if (r->len == r->cap) {
		r->cap = r->cap ? 2 * r->cap : 16;
		r->item = xrealloc(r->item, r->cap * sizeof(*r->item));
	}
	f = &r->item[r->len++];
	f->file = xstrdup(file);
	f->line = line;
	va_start(ap, fmt);
	if (vasprintf(&f->text, fmt, ap) < 0)
		f->text = xstrdup(fmt);
	va_end(ap);
}

void reportprint(const struct report *r, FILE *out)
{
	for (size_t i = 0; i < r->len; i++)
		tell(out, "%s:%zu: %s\n", r->item[i].file, r->item[i].line, r->item[i].text);
}

void reportfree(struct report *r)
{
	for (size_t i = 0; i < r->len; i++) {
		free(r->item[i].file);
		free(r->item[i].text);
	}
	free(r->item);
	*r = (struct report){ 0 };
}
