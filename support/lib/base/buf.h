/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A growable byte string and a growable list of strings. Memory that cannot be had ends
 * the program (xmalloc): no tool here can do anything sensible without it.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

/* Zero-initialise before use: struct buf b = { 0 }. */
struct buf {
	char *data; /* NUL-terminated once anything was added; owned; NULL while empty */
	size_t len; /* bytes in use, the NUL not counted */
	size_t cap; /* bytes allocated */
};

void bufadd(struct buf *b, const void *data, size_t len); /* append len bytes */
void bufputs(struct buf *b, const char *s);		  /* append a C string */
void bufputc(struct buf *b, char c);
void bufprintf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void bufclear(struct buf *b);	   /* length to zero, memory kept */
void buffree(struct buf *b);	   /* give the memory back; b is empty and usable after */
const char *bufstr(struct buf *b); /* its text, "" while empty; valid until the next change */
char *bufsteal(struct buf *b);	   /* its text as malloc'd string, caller frees; b is empty after */

/* Zero-initialise before use. */
struct strlist {
	char **item; /* owned strings, NULL-terminated array once anything was added */
	size_t len;
	size_t cap;
};

void listadd(struct strlist *l, const char *s); /* append a copy of s */
void listsort(struct strlist *l);		/* by bytes (strcmp) */
bool listhas(const struct strlist *l, const char *s);
void listfree(struct strlist *l);

void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t len);
/* printf into a new string; caller frees. */
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
