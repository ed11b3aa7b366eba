// SPDX-License-Identifier: GPL-2.0-or-later
#include "trouble.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* The first that fits is it: a line begins with start and has part, unless NULL, after that. */
static const struct pattern {
	const char *start, *part;
	enum trouble is;
} patterns[] = {
	{ "BUG: soft lockup", NULL, TROUBLE_LOCKUP },
	{ "BUG: workqueue lockup", NULL, TROUBLE_LOCKUP },
	{ "Watchdog detected hard LOCKUP", NULL, TROUBLE_LOCKUP },
	{ "INFO: rcu", "stall", TROUBLE_LOCKUP },
	{ "INFO: task ", " blocked ", TROUBLE_HUNG },
	{ "BUG: ", NULL, TROUBLE_OOPS },
	{ "BUG ", " (", TROUBLE_OOPS }, /* the slab allocators': BUG kmalloc-64 (Not tainted) */
	{ "kernel BUG at ", NULL, TROUBLE_OOPS },
	{ "Oops: ", NULL, TROUBLE_OOPS },
	{ "Oops - ", NULL, TROUBLE_OOPS },
	{ "Internal error: ", NULL, TROUBLE_OOPS },
	{ "Unable to handle kernel ", NULL, TROUBLE_OOPS },
	{ "general protection fault", NULL, TROUBLE_OOPS },
	{ "invalid opcode: ", NULL, TROUBLE_OOPS },
	{ "divide error: ", NULL, TROUBLE_OOPS },
	{ "double fault: ", NULL, TROUBLE_OOPS },
	{ "stack segment: ", NULL, TROUBLE_OOPS },
	{ "PANIC: double fault", NULL, TROUBLE_OOPS },
	{ "WARNING: ", NULL, TROUBLE_WARNING },
	{ "UBSAN: ", NULL, TROUBLE_WARNING },
};

/* The text after a watchdog's or RCU's name. */
static const char *unprefixed(const char *text)
{
	static const char *const names[] = { "NMI watchdog: ", "watchdog: ", "rcu: " };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strncmp(text, names[i], strlen(names[i])) == 0)
			return text + strlen(names[i]);
	return text;
}

/* "CPU3: Watchdog detected hard LOCKUP on cpu 3": newer kernels put the processor first. */
static const char *unnumbered(const char *text)
{
	size_t digits = strncmp(text, "CPU", 3) == 0 ? strspn(text + 3, "0123456789") : 0;

	return digits && strncmp(text + 3 + digits, ": ", 2) == 0 ? text + 3 + digits + 2 : text;
}

enum trouble troubleof(const char *text)
{
	text = unnumbered(unprefixed(text));
	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		const struct pattern *p = &patterns[i];
		size_t len = strlen(p->start);

		if (strncmp(text, p->start, len) == 0 && (!p->part || strstr(text + len, p->part)))
			return p->is;
	}
	return TROUBLE_NONE;
}

const char *troublename(enum trouble t)
{
	static const char *const names[] = { "none", "warning", "oops", "hung task", "lockup" };

	return names[t];
}

const char *troublewords(enum trouble t)
{
	static const char *const words[] = { "nothing", "a warning", "an oops", "a hung task",
					     "a lockup" };

	return words[t];
}
