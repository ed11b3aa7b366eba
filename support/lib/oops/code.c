// SPDX-License-Identifier: GPL-2.0-or-later
#include "code.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define HEX "0123456789abcdefABCDEF"

/* What stands before the instruction itself, on the architectures; not before what calls return to.
 */
static const char *const exact[] = {
	"IP: ", "IP is at ", "pc : ", "pc: ",	"PC is at ",
	"PC: ", "epc ",	     "NIP ",  "PSW : ", "WARNING: ",
};

/* What stands before an address of code that has no name. */
static const char *const markers[] = {
	"IP: ", "IP is at ", "pc : ", "lr : ", "PC is at ", "LR is at ", "PR is at ",
	"PC: ", "epc ",	     "ra ",   "NIP ",  "LR ",	    "PSW : ",
};

/* Lines of registers: their addresses were told by name before. */
static const char *const registers[] = { " sp : ", " psr: ", "GPRS: ", "Code: ",
					 "RSP: ",  " SR: ",  "SP: " };

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

static bool isname(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '$';
}

static void copy(char *to, size_t room, const char *from, size_t len)
{
	len = len < room ? len : room - 1;
	memcpy(to, from, len);
	to[len] = '\0';
}

/* Whether one of these texts is in the line before p. */
static bool before(const char *line, const char *p, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *found = strstr(line, texts[i]);

		if (found && found < p)
			return true;
	}
	return false;
}

/* Read a number in hexadecimal of at least least digits; NULL if there is none, or it is too long.
 */
static const char *hex(const char *p, size_t least, uint64_t *value)
{
	size_t n = strspn(p, HEX);

	if (n < least || n > 16)
		return NULL;
	*value = strtoull(p, NULL, 16);
	return p + n;
}

/* The module in brackets at p, with its build ID. Returns where that ends; p if there is none. */
static const char *modulein(const char *p, struct code *c)
{
	const char *q = p + (*p == ' '), *end;
	size_t len, id;

	if (*q++ != '[')
		return p;
	len = strspn(q, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");
	end = q + len;
	if (!len || (*end != ']' && *end != ' '))
		return p;
	if (*end == ' ') {
		id = strspn(end + 1, HEX);
		if (!id || end[1 + id] != ']')
			return p;
		copy(c->buildid, sizeof(c->buildid), end + 1, id);
		end += 1 + id;
	}
	copy(c->module, sizeof(c->module), q, len);
	return end + 1;
}

/* The address that stands before the name at p: "[<c0112345>] ", "(c0112345) ", "c0112345 (". */
static uint64_t addressbefore(const char *line, const char *p)
{
	const char *end, *start;
	uint64_t value;

	while (p > line && strchr(" ?([]<>)", p[-1]))
		p--;
	end = p;
	while (p > line && isxdigit((unsigned char)p[-1]))
		p--;
	start = p;
	if ((end - start != 8 && end - start != 16) || (p > line && isname(p[-1]) && p[-1] != 'x'))
		return 0;
	return hex(start, 8, &value) ? value : 0;
}

/* A name with offset and size, whose "+0x" is at plus. */
static bool named(const char *line, const char *plus, struct code *c)
{
	const char *p = plus, *end;

	while (p > line && isname(p[-1]))
		p--;
	if (p == plus || isdigit((unsigned char)*p))
		return false;
	*c = (struct code){ .at = p };
	copy(c->name, sizeof(c->name), p, (size_t)(plus - p));
	end = hex(plus + 3, 1, &c->offset);
	if (!end || strncmp(end, "/0x", 3) != 0)
		return false;
	end = hex(end + 3, 1, &c->size);
	if (!end || c->offset > c->size)
		return false;
	c->end = modulein(end, c);
	c->address = addressbefore(line, p);
	return true;
}

/* Whether what is before p in the line is a marker, with what may stand between. */
static bool marked(const char *line, const char *p)
{
	for (size_t i = 0; i < COUNT(markers); i++) {
		const char *m = strstr(line, markers[i]), *q;

		if (!m || m >= p)
			continue;
		q = m + strlen(markers[i]);
		q += strspn(q, " :0123456789");
		if (q >= p || q + strspn(q, "x[<") >= p)
			return true;
	}
	return false;
}

/* An address alone at p: in "[<...>]", as all of a line, or behind a marker. */
static const char *bare(const char *line, const char *p, struct code *c)
{
	bool bracket = strncmp(p, "[<", 2) == 0, zero = strncmp(p, "0x", 2) == 0;
	const char *digits = p + (bracket || zero ? 2 : 0), *end;
	bool alone = strspn(line, " ?") == (size_t)(p - line);
	uint64_t value;

	if (p > line && isname(p[-1]))
		return NULL;
	end = hex(digits, 8, &value);
	if (!end || isname(*end) || (bracket && strncmp(end, ">]", 2) != 0))
		return NULL;
	end += bracket ? 2 : 0;
	if (!bracket && !(zero && alone && !end[strspn(end, " )")]) && !marked(line, p))
		return NULL;
	*c = (struct code){ .address = value, .at = p, .end = end };
	return end;
}

bool codedoubtful(const char *line)
{
	const char *p = line + strspn(line, " ");
	size_t len = strlen(line);

	if (strncmp(p, "[<", 2) == 0) {
		p = p + 2 + strspn(p + 2, HEX);
		p = strncmp(p, ">] ", 3) == 0 ? p + 3 : p;
		p += strspn(p, " ");
	}
	return strncmp(p, "? ", 2) == 0 ||
	       (len > 13 && strcmp(line + len - 13, " (unreliable)") == 0);
}

bool codenext(const char *line, const char **next, struct code *c)
{
	bool hasname = strstr(line, "+0x"), told = false;
	const char *p = *next;

	if (!hasname && before(line, line + strlen(line), registers, COUNT(registers)))
		return false;
	for (; !told && (hasname ? (p = strstr(p, "+0x")) != NULL : *p); p++)
		told = hasname ? named(line, p, c) : bare(line, p, c) != NULL;
	if (!told)
		return false;
	*next = c->end;
	c->exact = !c->offset || before(line, c->at, exact, COUNT(exact));
	if (!*c->name)
		c->exact = before(line, c->at, exact, COUNT(exact));
	c->guess = codedoubtful(line);
	return true;
}
