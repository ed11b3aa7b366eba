// SPDX-License-Identifier: GPL-2.0-or-later
#include "guilty.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "oops/innocent.h"
#include "oops/route.h"

/* A name that counts, and how long it is. */
struct name {
	const char *at;
	size_t len;
};

/* What is found on a line: at most two names. */
struct hit {
	struct name name[2];
	size_t len;
};

static bool isword(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Whether p begins with a function and its offset: "func+" or "func.part". Adds its name. */
static bool function(const char *p, struct hit *h)
{
	size_t len = 0;

	while (isword(p[len]))
		len++;
	if (!len || (p[len] != '+' && p[len] != '.'))
		return false;
	h->name[h->len++] = (struct name){ p, len };
	return true;
}

/* The text behind an address "[<...>]" at p; NULL if there is none. */
static const char *address(const char *p)
{
	const char *end;

	if (*p++ != '[')
		return NULL;
	p += *p == '<';
	p += strncmp(p, "0x", 2) == 0 ? 2 : 0;
	end = p + strspn(p, "0123456789abcdef");
	if (end == p)
		return NULL;
	end += *end == '>';
	return *end == ']' ? end + 1 : NULL;
}

/* A line of a stack: "[<...>] func+", or with the caller, "[<...>] (func) from [<...>] (func+". */
static bool isframe(const char *line, struct hit *h)
{
	const char *p = line + strspn(line, " "), *q;

	for (int i = 0; i < 2 && (q = address(p)) && *q == ' '; i++) {
		if (q[1] == '(' && (p = strstr(q, ") from [")) && (p = address(p + 7)) &&
		    strncmp(p, " (", 2) == 0) {
			h->name[h->len++] = (struct name){ q + 2, strcspn(q + 2, ")") };
			return function(p + 2, h);
		}
		p = q + 1;
		p += i == 0 && !address(p) ? strspn(p, " ") : 0;
	}
	return function(p, h);
}

/* What is behind "IP: " and similar: a segment, addresses, a name; or an address alone. */
static bool isip(const char *line, struct hit *h)
{
	static const char *const marks[] = { "IP: ",	  "IP ",    "NIP ",   "pc : ",
					     "PC is at ", "pc  : ", "epc : ", "epc   : " };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		const char *p = strstr(line, marks[i]), *q;
		size_t digits;

		if (!p)
			continue;
		p += strlen(marks[i]);
		digits = strspn(p, "0123456789");
		p += digits && p[digits] == ':' ? digits + 1 : 0;
		if (strncmp(p, "0x", 2) == 0 ||
		    (digits && strncmp(p + strspn(p, " "), "(null)", 6) == 0))
			return true;
		for (int n = 0; n < 2 && (q = address(p)) && *q == ' '; n++)
			p = q + strspn(q, " ");
		if (function(p, h) || strncmp(p, "(null)", 6) == 0 || strncmp(p, "[<", 2) == 0)
			return true;
	}
	return false;
}

/* A function behind the text, maybe with its address between. */
static bool behind(const char *line, const char *text, struct hit *h)
{
	const char *p = line, *q;

	while ((p = strstr(p, text))) {
		p += strlen(text);
		q = address(p);
		if (function(q ? q + strspn(q, " ") : p, h))
			return true;
	}
	return false;
}

/* A function behind an address, anywhere in the line. */
static bool isplace(const char *line, struct hit *h)
{
	for (const char *p = line; (p = strchr(p, '[')); p++) {
		const char *q = address(p);

		if (q && *q == ' ' && function(q + strspn(q, " "), h))
			return true;
	}
	return false;
}

static bool lastrun(const char *line, struct hit *h)
{
	const char *p = strstr(line, "last function: ");

	if (!p)
		return false;
	p += 15;
	h->name[h->len++] = (struct name){ p, strcspn(p, " \n") };
	return true;
}

static bool iscalls(const char *line)
{
	return strstr(line, "Call Trace:") || strstr(line, "Call trace:") ||
	       strstr(line, "Backtrace:");
}

static bool isbacktrace(const char *line)
{
	const char *p = strstr(line, "backtrace");

	return p && (p[9] == ':' || strncmp(p + 9, " (crc ", 6) == 0);
}

/* "Allocated by task 12:", and "Freed by". */
static bool bytask(const char *line, const char *what)
{
	const char *p = strstr(line, what);
	size_t digits;

	if (!p)
		return false;
	p += strlen(what);
	if (*p == ':')
		return true;
	if (strncmp(p, " by task ", 9) != 0)
		return false;
	digits = strspn(p + 9, "0123456789");
	return digits && p[9 + digits] == ':';
}

/* Whether another stack begins. */
static bool isnext(const char *line)
{
	const char *p = strstr(line, "backtrace");

	if (strstr(line, "Call Trace") || strstr(line, "Call trace") ||
	    strstr(line, "Backtrace:") || strstr(line, "Uninit was stored to memory at") ||
	    bytask(line, "Allocated") || bytask(line, "Freed"))
		return true;
	if (strstr(line, "status: ") && strstr(line, " badaddr: ") && strstr(line, " cause: "))
		return true;
	return p && isbacktrace(p) && p >= line + 2 && p[-1] == ' ' && p[-2] != 'k';
}

static bool has(const char *line, const char *text)
{
	return strstr(line, text);
}

/* Whether the line is what the step looks for; adds its names to h. */
static bool reached(enum step s, const char *line, struct hit *h)
{
	switch (s) {
	case STEP_CALLS:
		return iscalls(line);
	case STEP_IP:
		return isip(line, h);
	case STEP_WARNIP:
		return isip(line, h) || (has(line, "--- interrupt: ") && behind(line, " at ", h));
	case STEP_IN:
		return behind(line, " in ", h) || behind(line, " in: ", h) ||
		       behind(line, "at: ", h);
	case STEP_AT:
		return behind(line, "at: ", h);
	case STEP_PLACE:
		return isplace(line, h);
	case STEP_CREATED:
		return (has(line, "Local variable ") && has(line, " created at:")) ||
		       has(line, "Uninit was created at:");
	case STEP_BACKTRACE:
		return isbacktrace(line);
	case STEP_APIC:
		return has(line, "apic_timer_interrupt");
	case STEP_INTERRUPT:
		return has(line, "apic_timer_interrupt") || has(line, "Exception stack") ||
		       has(line, "el1h_64_irq");
	case STEP_BECAME:
		return has(line, "which became ") && has(line, " at:");
	case STEP_ALLOCATED:
		return has(line, "page last allocated");
	case STEP_LEAVING:
		return has(line, "leaving the kernel with locks still held");
	case STEP_CHANGED:
		return has(line, "just changed the state of lock");
	case STEP_ACQUIRES:
		return has(line, "is trying to acquire");
	case STEP_LAST:
		return lastrun(line, h);
	default:
		return false;
	}
}

/* A walk along a route. */
struct walk {
	const struct route *route;
	const enum step *step;
	const char *const *line;
	size_t left;	      /* lines */
	struct strlist found; /* names that count */
	bool raw;	      /* each name counts */
	bool mixed;	      /* a stack of fault injection is among the lines */
};

/* Fault injection tells of itself in the middle of other reports. */
static bool isinjection(const char *line)
{
	const char *p = line + strspn(line, " "), *q = address(p);

	p = q && *q == ' ' ? q + 1 : p;
	return strncmp(p, "should_fail", 11) == 0 && strstr(p, "+0x") && !strstr(p, "should_fail_");
}

static void take(struct walk *w, const struct hit *h)
{
	for (size_t i = 0; i < h->len; i++) {
		char *name = xstrndup(h->name[i].at, h->name[i].len);

		if (w->raw ||
		    (!innocentfits(name, innocents) && !innocentfits(name, w->route->skip)))
			listadd(&w->found, name);
		free(name);
	}
}

/* Go on to the next line; returns NULL at the end, or at fault injection, which ends a step. */
static const char *forward(struct walk *w)
{
	const char *line;

	if (!w->left)
		return NULL;
	line = *w->line++;
	w->left--;
	if (w->route == &routes[TRAIL_INJECT] || !isinjection(line))
		return line;
	w->mixed = true;
	return NULL;
}

/* Take the functions of a stack; returns whether the line of the next step ended it. */
static bool stacktake(struct walk *w, enum step next)
{
	const char *line;

	while ((line = forward(w))) {
		struct hit h = { 0 };

		if (isnext(line))
			return false;
		if (next != STEP_END && reached(next, line, &h)) {
			take(w, &h);
			return true;
		}
		h.len = 0;
		if (!isframe(line, &h))
			h.len = 0;
		take(w, &h);
	}
	return false;
}

/* The name without the longest of prefixes. */
static const char *unprefixed(const char *name)
{
	size_t most = 0;

	for (const char *p = prefixes; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		if (len > most && strncmp(name, p, len) == 0)
			most = len;
		p += len;
	}
	/* An architecture's own name of a system call. */
	if (!most && strncmp(name, "__", 2) == 0) {
		size_t word = 2;

		while (isalnum((unsigned char)name[word]))
			word++;
		most = strncmp(name + word, "_sys_", 5) == 0 ? word + 1 : 0;
	}
	return name + most;
}

static const char *pickentry(const struct strlist *found)
{
	const char *last = unprefixed(found->item[0]);

	for (size_t i = 0; i < found->len; i++) {
		const char *name = unprefixed(found->item[i]);

		if (innocentfits(name, entries))
			return strstr(name, "smp_call_function") ? "smp_call_function" : last;
		last = name;
	}
	return NULL;
}

static const char *pickwaiter(const struct strlist *found)
{
	static const char rcu[] =
		"synchronize_rcu synchronize_srcu synchronize_net synchronize_sched";

	for (size_t i = 0; i < found->len; i++) {
		if (strstr(found->item[i], "rtnl_lock"))
			return unprefixed(found->item[i]);
		if (innocentfits(found->item[i], rcu))
			return "synchronize_rcu";
	}
	for (size_t i = 0; i < found->len; i++)
		if (!innocentfits(unprefixed(found->item[i]), waits))
			return unprefixed(found->item[i]);
	return NULL;
}

static char *pick(const struct walk *w)
{
	const char *name = NULL;

	if (w->found.len && w->raw)
		name = w->found.item[0];
	else if (w->found.len && w->route->pick == PICK_ENTRY)
		name = pickentry(&w->found);
	else if (w->found.len && w->route->pick == PICK_WAITER)
		name = pickwaiter(&w->found);
	else if (w->found.len)
		name = unprefixed(w->found.item[0]);
	return name ? xstrdup(name) : NULL;
}

/* Walk along the steps, up to the second stack. */
static char *walk(struct walk *w)
{
	bool stack = false;
	char *name;

	for (; *w->step != STEP_END && !(stack && *w->step == STEP_STACK); w->step++) {
		const char *line;

		if (*w->step == STEP_STACK) {
			stack = true;
			w->step += stacktake(w, w->step[1]);
			continue;
		}
		while ((line = forward(w))) {
			struct hit h = { 0 };

			if (!reached(*w->step, line, &h))
				continue;
			take(w, &h);
			break;
		}
	}
	name = pick(w);
	listfree(&w->found);
	return name;
}

char *guilty(enum trail t, const char *const *line, size_t len)
{
	const struct route *r = &routes[t];
	struct walk w = {
		.route = r, .step = r->step, .line = line, .left = len, .raw = t >= TRAIL_NAMED
	};
	char *name = walk(&w), *again;

	if ((name && !w.mixed) || !*r->other)
		return name;
	w = (struct walk){ .route = r, .step = r->other, .line = line, .left = len, .raw = w.raw };
	again = walk(&w);
	if (!again)
		return name;
	free(name);
	return again;
}
