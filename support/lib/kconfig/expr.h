/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kconfig's expressions: A && !(B || C = "x"). */
#ifndef KCONFIG_EXPR_H
#define KCONFIG_EXPR_H

#include <stddef.h>

/* Values of an expression, in the order that && takes the lesser of and || the greater. */
enum tri { TRI_N, TRI_M, TRI_Y, TRI_UNKNOWN };

enum exprop {
	EXPR_LEAF, /* a symbol, a constant, a macro */
	EXPR_NOT,
	EXPR_AND,
	EXPR_OR,
	EXPR_EQ,
	EXPR_NE,
	EXPR_LT,
	EXPR_LE,
	EXPR_GT,
	EXPR_GE,
};

struct expr {
	enum exprop op;
	struct expr *left, *right; /* operands, owned; NULL where there is none */
	const char *text;	   /* the expression as written: len bytes at text; not owned */
	size_t len;
};

/*
 * Where the values of symbols come from: an answer is y, m, n, a bare number or a string without
 * its quotes, as a new string that is freed by who asked; NULL where it cannot be told.
 */
struct scope {
	char *(*value)(void *arg, const char *name);
	void *arg;
};

/*
 * The expression at the start of text, which must outlive it; NULL if there is none. What
 * follows it is at *rest (which may be NULL). End with exprfree.
 */
struct expr *exprparse(const char *text, const char **rest);

void exprfree(struct expr *e);

enum tri expreval(const struct expr *e, const struct scope *s);

/* Nonzero if the len bytes at text are a number: 12, -1, 0x1f; but not 64BIT or 9P_FS. */
int valueisnumber(const char *text, size_t len);

/* As strcmp, but numbers are compared as such. */
int valuecompare(const char *a, const char *b);

/* Nonzero if e is a symbol, not a constant nor a macro. */
int exprissymbol(const struct expr *e);

/* The part of an attribute's text after its own "if"; NULL if it has none. */
const char *exprcondition(const char *text);

/* The end of the word, quoted string or macro at text. */
const char *wordend(const char *text);

#endif
