/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kconfig expressions: A && !(B || C = "x"). */
#ifndef KCONFIG_EXPR_H
#define KCONFIG_EXPR_H

#include <stdbool.h>
#include <stddef.h>

/* Values of an expression, in ascending order: && is the minimum, || the maximum. */
enum tri { TRI_N, TRI_M, TRI_Y, TRI_UNKNOWN };

enum exprop {
	EXPR_LEAF, /* a symbol, a constant or a macro */
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
	struct expr *left, *right; /* operands, owned; NULL if unused */
	const char *text;	   /* the expression as written, len bytes; not owned */
	size_t len;
};

/*
 * The source of symbol values. value returns y, m, n, a bare number or a string without quotes, as
 * a new string that the caller frees; NULL if the value is unknown.
 */
struct scope {
	char *(*value)(void *arg, const char *name);
	void *arg;
};

/*
 * Parse the expression at the start of text, which must outlive it. Sets *rest (rest may be NULL)
 * to the text after it. Returns NULL if there is no expression. Free it with exprfree.
 */
struct expr *exprparse(const char *text, const char **rest);

void exprfree(struct expr *e);

enum tri expreval(const struct expr *e, const struct scope *s);

/* Return whether the len bytes at text are a number: 12, -1, 0x1f, but not 64BIT or 9P_FS. */
bool valueisnumber(const char *text, size_t len);

/* Compare as strcmp does, but numbers by their value. */
int valuecompare(const char *a, const char *b);

/* Return whether e is a symbol, neither a constant nor a macro. */
bool exprissymbol(const struct expr *e);

/* Return the condition of an attribute's text, which follows its "if"; NULL if it has none. */
const char *exprcondition(const char *text);

/* Return the end of the word, quoted string or macro at text. */
const char *wordend(const char *text);

#endif
