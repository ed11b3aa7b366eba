/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A growable byte string and a growable list of strings. The functions end the program when memory
 * runs out (xmalloc), because no tool here can continue without it.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

/* Zero-initialise before use: struct buf b = { 0 }. */
struct buf {
	char *data; /* owned; NUL-terminated after the first append; NULL before */
	size_t len; /* bytes in use, without the NUL */
	size_t cap; /* bytes allocated */
};

void bufadd(struct buf *b, const void *data, size_t len); /* append len bytes */
void bufputs(struct buf *b, const char *s);		  /* append a C string */
void bufputc(struct buf *b, char c);
void bufprintf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void bufclear(struct buf *b);	   /* set the length to 0, keep the memory */
void buffree(struct buf *b);	   /* free the memory; b is empty and usable afterwards */
const char *bufstr(struct buf *b); /* return the text, "" if empty; valid until the next change */
char *bufsteal(struct buf *b); /* return the text, allocated; caller frees; b is empty afterwards */

/* Zero-initialise before use. */
struct strlist {
	char **item; /* owned strings; the array is NULL-terminated after the first append */
	size_t len;
	size_t cap;
};

void listadd(struct strlist *l, const char *s); /* append a copy of s */
void listsort(struct strlist *l);		/* sort by bytes (strcmp) */
bool listhas(const struct strlist *l, const char *s);
void listaddonce(struct strlist *l, const char *s); /* append it if it is not there yet */
void listfree(struct strlist *l);

void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t len);
/* Format into a new string, as printf does. Caller frees. */
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
