// SPDX-License-Identifier: GPL-2.0-or-later
#include "trouble.h"

#include <stddef.h>
#include <string.h>

#include "oops/kinds.h"

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

/* What subsystems, and processors, have before a message. */
static const char *const labels[] = { "NMI watchdog: ", "watchdog: ", "rcu: ", "smp: ", "traps: " };
static const char number[] = "CPU";

/* The text after the prefix of a subsystem. */
static const char *unprefixed(const char *text)
{
	for (size_t i = 0; i < COUNT(labels); i++)
		if (strncmp(text, labels[i], strlen(labels[i])) == 0)
			return text + strlen(labels[i]);
	return text;
}

/* "CPU3: Watchdog detected hard LOCKUP on cpu 3": newer kernels put the processor first. */
static const char *unnumbered(const char *text)
{
	size_t digits = strncmp(text, number, 3) == 0 ? strspn(text + 3, "0123456789") : 0;

	return digits && strncmp(text + 3 + digits, ": ", 2) == 0 ? text + 3 + digits + 2 : text;
}

/* Whether text is the end of the message on an unhandled exception: "0000 [#1] PREEMPT SMP". */
static bool isdeath(const char *text)
{
	size_t digits = strspn(text, "0123456789abcdef");

	return digits >= 4 && strncmp(text + digits, " [#", 3) == 0;
}

/* Whether text has the parts, which stand between asterisks, in this order. */
static bool hasparts(const char *text, const char *parts)
{
	while (*parts) {
		size_t len = strcspn(parts, "*");
		const char *found = memmem(text, strlen(text), parts, len);

		if (!found)
			return false;
		text = found + len;
		parts += len + (parts[len] == '*');
	}
	return true;
}

static bool fits(const struct kind *k, const char *text)
{
	size_t len = strlen(k->start);

	if (strncmp(text, k->start, len) != 0)
		return false;
	if (k->part == kinddeath)
		return isdeath(text + len);
	return !k->part || hasparts(text + len, k->part);
}

/*
 * Whether a kind, or what may be before it, has the first two bytes of text. Each place of a log is
 * looked at, and hardly one has them.
 */
static bool mayfit(const char *text)
{
	static bool table[256][256], filled;
	const unsigned char *p = (const unsigned char *)text;

#define FILL(start) table[(unsigned char)(start)[0]][(unsigned char)(start)[1]] = true
	if (!filled) {
		for (const struct kind *k = kindsown; k->start; k++)
			FILL(k->start);
		for (const struct kind *k = kindsshared; k->start; k++)
			FILL(k->start);
		for (size_t i = 0; i < COUNT(labels); i++)
			FILL(labels[i]);
		FILL(number);
		filled = true;
	}
	return *p && table[p[0]][p[1]];
}

const struct kind *kindof(const char *text, bool begins, bool titled)
{
	const struct kind *k;

	if (!mayfit(text))
		return NULL;
	text = unnumbered(unprefixed(text));
	for (k = kindsown; k->start; k++)
		if (*text == *k->start && (k->title || !titled) && fits(k, text))
			return titled && !*k->title ? NULL : k;
	for (k = kindsshared; begins && k->start; k++)
		if ((k->title || !titled) && fits(k, text))
			return titled && !*k->title ? NULL : k;
	return NULL;
}

enum trouble troubleof(const char *text, bool begins)
{
	const struct kind *k = kindof(text, begins, false);

	return k ? k->is : TROUBLE_NONE;
}

const char *troublename(enum trouble t)
{
	static const char *const names[] = { "none", "warning",	  "fault",
					     "oops", "hung task", "lockup" };

	return names[t];
}

const char *troublewords(enum trouble t)
{
	static const char *const words[] = { "nothing", "a warning",   "a fault",
					     "an oops", "a hung task", "a lockup" };

	return words[t];
}
