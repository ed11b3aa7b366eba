// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void nomemory(void)
{
	fputs("whittle: out of memory\n", stderr);
	abort();
}

void *xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		nomemory();
	return p;
}

void *xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (!p)
		nomemory();
	return p;
}

void *xrealloc(void *p, size_t size)
{
	p = realloc(p, size ? size : 1);
	if (!p)
		nomemory();
	return p;
}

char *xstrndup(const char *s, size_t len)
{
	char *p = xmalloc(len + 1);

	memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

char *xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

static void vbufprintf(struct buf *b, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));

char *xasprintf(const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	vbufprintf(&b, fmt, ap);
	va_end(ap);
	return bufsteal(&b);
}

static void bufgrow(struct buf *b, size_t more)
{
	size_t need = b->len + more + 1;

	if (need <= more || need > SIZE_MAX / 2)
		nomemory();
	if (need <= b->cap)
		return;
	b->cap = need > 2 * b->cap ? need : 2 * b->cap;
	b->data = xrealloc(b->data, b->cap);
}

void bufadd(struct buf *b, const void *data, size_t len)
{
	bufgrow(b, len);
	if (len)
		memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void bufputs(struct buf *b, const char *s)
{
	bufadd(b, s, strlen(s));
}

void bufputc(struct buf *b, char c)
{
	bufadd(b, &c, 1);
}

static void vbufprintf(struct buf *b, const char *fmt, va_list ap)
{
	char *text = NULL;
	int n = vasprintf(&text, fmt, ap);

	if (n < 0)
		nomemory();
	bufadd(b, text, (size_t)n);
	free(text);
}

void bufprintf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vbufprintf(b, fmt, ap);
	va_end(ap);
}

void bufclear(struct buf *b)
{
	b->len = 0;
	if (b->data)
		b->data[0] = '\0';
}

void buffree(struct buf *b)
{
	free(b->data);
	*b = (struct buf){ 0 };
}

const char *bufstr(struct buf *b)
{
	return b->data ? b->data : "";
}

char *bufsteal(struct buf *b)
{
	char *s = b->data ? b->data : xstrdup("");

	*b = (struct buf){ 0 };
	return s;
}

void listadd(struct strlist *l, const char *s)
{
	if (l->len + 2 > l->cap) {
		l->cap = l->cap ? 2 * l->cap : 16;
		l->item = xrealloc(l->item, l->cap * sizeof(*l->item));
	}
	l->item[l->len++] = xstrdup(s);
	l->item[l->len] = NULL;
}

static int bybytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void listsort(struct strlist *l)
{
	if (l->len)
		qsort(l->item, l->len, sizeof(*l->item), bybytes);
}

bool listhas(const struct strlist *l, const char *s)
{
	for (size_t i = 0; i < l->len; i++) {
		if (strcmp(l->item[i], s) == 0)
			return true;
	}
	return false;
}

void listaddonce(struct strlist *l, const char *s)
{
	if (!listhas(l, s))
		listadd(l, s);
}

void listfree(struct strlist *l)
{
	for (size_t i = 0; i < l->len; i++)
		free(l->item[i]);
	free(l->item);
	*l = (struct strlist){ 0 };
}
