// SPDX-License-Identifier: GPL-2.0-or-later
#include "kconfig/expr.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* Limits for the recursion. No expression of the kernel has 100 operands. */
enum {
	DEPTHMAX = 200, /* nested parentheses and ! */
	NODESMAX = 2000 /* operands and operators */
};

/* An expression that is being parsed. */
struct parser {
	const char *p; /* the rest of the text */
	int nodes;     /* created so far */
};

static const char *blanks(const char *p)
{
	return p + strspn(p, " \t");
}

/* Return the end of the macro $(...) at p. */
static const char *macroend(const char *p)
{
	int depth = 0;

	for (; *p; p++) {
		if (*p == '(')
			depth++;
		else if (*p == ')' && --depth == 0)
			return p + 1;
	}
	return p;
}

static const char *quotedend(const char *p)
{
	char quote = *p++;

	while (*p && *p != quote) {
		if (p[0] == '$' && p[1] == '(')
			p = macroend(p);
		else
			p += p[0] == '\\' && p[1] ? 2 : 1;
	}
	return *p ? p + 1 : p;
}

const char *wordend(const char *p)
{
	if (*p == '"' || *p == '\'')
		return quotedend(p);
	while (isalnum((unsigned char)*p) || (*p && strchr("_-./$", *p)))
		p = p[0] == '$' && p[1] == '(' ? macroend(p) : p + 1;
	return p;
}

static bool isif(const char *p, const char *end)
{
	return end - p == 2 && memcmp(p, "if", 2) == 0;
}

const char *exprcondition(const char *p)
{
	const char *end;

	for (p = blanks(p); *p; p = blanks(end)) {
		end = wordend(p);
		if (isif(p, end))
			return blanks(end);
		if (end == p)
			end++;
	}
	return NULL;
}

/*
 * Create an expression, which takes ownership of the operands. If there are too many, free the
 * operands and return NULL.
 */
static struct expr *exprnew(struct parser *ps, enum exprop op, struct expr *left,
			    struct expr *right)
{
	struct expr *e;

	if (++ps->nodes > NODESMAX) {
		exprfree(left);
		exprfree(right);
		return NULL;
	}
	e = xcalloc(1, sizeof(*e));
	e->op = op;
	e->left = left;
	e->right = right;
	return e;
}

/*
 * Set the text of e to start up to end, without surrounding blanks. Returns e, which may be NULL.
 */
static struct expr *exprspan(struct expr *e, const char *start, const char *end)
{
	if (!e)
		return NULL;
	start = blanks(start);
	while (end > start && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	e->text = start;
	e->len = (size_t)(end - start);
	return e;
}

static struct expr *orparse(struct parser *ps, int depth);

static struct expr *leafparse(struct parser *ps)
{
	const char *start = blanks(ps->p), *end = wordend(start);

	if (end == start || isif(start, end))
		return NULL;
	ps->p = end;
	return exprspan(exprnew(ps, EXPR_LEAF, NULL, NULL), start, end);
}

static enum exprop compareop(struct parser *ps)
{
	static const struct {
		const char *text;
		enum exprop op;
	} ops[] = {
		{ "!=", EXPR_NE }, { "<=", EXPR_LE }, { ">=", EXPR_GE },
		{ "=", EXPR_EQ },  { "<", EXPR_LT },  { ">", EXPR_GT },
	};
	const char *at = blanks(ps->p);

	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++) {
		if (strncmp(at, ops[i].text, strlen(ops[i].text)) == 0) {
			ps->p = at + strlen(ops[i].text);
			return ops[i].op;
		}
	}
	return EXPR_LEAF;
}

/* Parse a symbol or constant, or a comparison of two. */
static struct expr *compareparse(struct parser *ps)
{
	const char *start = ps->p;
	struct expr *left = leafparse(ps), *right;
	enum exprop op;

	if (!left)
		return NULL;
	op = compareop(ps);
	if (op == EXPR_LEAF)
		return left;
	right = leafparse(ps);
	if (!right) {
		exprfree(left);
		return NULL;
	}
	return exprspan(exprnew(ps, op, left, right), start, ps->p);
}

static struct expr *unaryparse(struct parser *ps, int depth)
{
	const char *start = blanks(ps->p);
	struct expr *e;

	if (depth > DEPTHMAX)
		return NULL;
	if (start[0] == '!' && start[1] != '=') {
		ps->p = start + 1;
		e = unaryparse(ps, depth + 1);
		return e ? exprspan(exprnew(ps, EXPR_NOT, e, NULL), start, ps->p) : NULL;
	}
	if (*start != '(') {
		ps->p = start;
		return compareparse(ps);
	}
	ps->p = start + 1;
	e = orparse(ps, depth + 1);
	ps->p = blanks(ps->p);
	if (e && *ps->p == ')') {
		ps->p++;
		return exprspan(e, start, ps->p);
	}
	exprfree(e);
	return NULL;
}

/* Parse operands with next, joined by an operator that is the character sign twice. */
static struct expr *chainparse(struct parser *ps, int depth, char sign, enum exprop op,
			       struct expr *(*next)(struct parser *ps, int depth))
{
	const char *start = ps->p;
	struct expr *e = next(ps, depth), *right;

	while (e) {
		const char *at = blanks(ps->p);

		if (at[0] != sign || at[1] != sign)
			break;
		ps->p = at + 2;
		right = next(ps, depth);
		if (!right) {
			exprfree(e);
			return NULL;
		}
		e = exprspan(exprnew(ps, op, e, right), start, ps->p);
	}
	return e;
}

static struct expr *andparse(struct parser *ps, int depth)
{
	return chainparse(ps, depth, '&', EXPR_AND, unaryparse);
}

static struct expr *orparse(struct parser *ps, int depth)
{
	return chainparse(ps, depth, '|', EXPR_OR, andparse);
}

struct expr *exprparse(const char *text, const char **rest)
{
	struct parser ps = { .p = text };
	struct expr *e = orparse(&ps, 0);

	if (rest)
		*rest = blanks(ps.p);
	return e;
}

void exprfree(struct expr *e)
{
	if (!e)
		return;
	exprfree(e->left);
	exprfree(e->right);
	free(e);
}

bool valueisnumber(const char *text, size_t len)
{
	const char *digits = "0123456789";
	size_t skip = *text == '-';

	if (len > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
		digits = "0123456789abcdefABCDEF";
		skip = 2;
	}
	return len > skip && strspn(text + skip, digits) >= len - skip;
}

static bool isconstant(const struct expr *e)
{
	return *e->text == '"' || *e->text == '\'' || (e->len == 1 && strchr("ymn", *e->text)) ||
	       valueisnumber(e->text, e->len);
}

bool exprissymbol(const struct expr *e)
{
	return e->op == EXPR_LEAF && !isconstant(e) && !memchr(e->text, '$', e->len);
}

/* Return the value of leaf e as a new string; NULL if it is unknown. */
static char *leafvalue(const struct expr *e, const struct scope *s)
{
	char *name, *value;

	if (memchr(e->text, '$', e->len))
		return NULL;
	if (*e->text == '"' || *e->text == '\'')
		return e->len < 2 ? NULL : xstrndup(e->text + 1, e->len - 2);
	if (isconstant(e))
		return xstrndup(e->text, e->len);
	name = xstrndup(e->text, e->len);
	value = s->value(s->arg, name);
	free(name);
	return value;
}

static enum tri leafeval(const struct expr *e, const struct scope *s)
{
	char *value = leafvalue(e, s);
	enum tri t = !value		       ? TRI_UNKNOWN
		     : strcmp(value, "y") == 0 ? TRI_Y
		     : strcmp(value, "m") == 0 ? TRI_M
					       : TRI_N;

	free(value);
	return t;
}

int valuecompare(const char *a, const char *b)
{
	char *enda, *endb;
	long long x = strtoll(a, &enda, 0), y = strtoll(b, &endb, 0);

	if (*a && *b && !*enda && !*endb)
		return x < y ? -1 : x > y;
	return strcmp(a, b);
}

static enum tri compareeval(const struct expr *e, const struct scope *s)
{
	char *a = leafvalue(e->left, s), *b = leafvalue(e->right, s);
	int known = a && b, c = known ? valuecompare(a, b) : 0, ret;

	free(a);
	free(b);
	if (!known)
		return TRI_UNKNOWN;
	switch (e->op) {
	case EXPR_EQ:
		ret = c == 0;
		break;
	case EXPR_NE:
		ret = c != 0;
		break;
	case EXPR_LT:
		ret = c < 0;
		break;
	case EXPR_LE:
		ret = c <= 0;
		break;
	case EXPR_GT:
		ret = c > 0;
		break;
	default:
		ret = c >= 0;
		break;
	}
	return ret ? TRI_Y : TRI_N;
}

enum tri expreval(const struct expr *e, const struct scope *s)
{
	enum tri a, b;

	if (e->op == EXPR_LEAF)
		return leafeval(e, s);
	if (e->op > EXPR_OR)
		return compareeval(e, s);
	a = expreval(e->left, s);
	if (e->op == EXPR_NOT)
		return a == TRI_UNKNOWN ? a : TRI_Y - a;
	b = expreval(e->right, s);
	if (e->op == EXPR_AND) {
		if (a == TRI_N || b == TRI_N)
			return TRI_N;
		return a == TRI_UNKNOWN || b == TRI_UNKNOWN ? TRI_UNKNOWN : a < b ? a : b;
	}
	if (a == TRI_Y || b == TRI_Y)
		return TRI_Y;
	return a == TRI_UNKNOWN || b == TRI_UNKNOWN ? TRI_UNKNOWN : a > b ? a : b;
}
