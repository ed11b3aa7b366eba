// SPDX-License-Identifier: GPL-2.0-or-later
#include "hush.h"

#include <string.h>

/* Kernels for other machines look for PCI, which microvm does not have. */
static const char *const lines[] = {
	"PCI: Fatal: No config space access function found",
	"PCI: System does not support PCI",
};

#define LINES (sizeof(lines) / sizeof(*lines))

/*
 * The text of a line after the kernel's time, "[    0.123456] "; NULL: the time may be incomplete
 * yet.
 */
static const char *untimed(const char *line)
{
	size_t n;

	if (*line != '[')
		return line;
	n = 1 + strspn(line + 1, " 0123456789.");
	if (!line[n] || (line[n] == ']' && !line[n + 1]))
		return NULL;
	return strncmp(line + n, "] ", 2) == 0 ? line + n + 2 : line;
}

/* Whether the line is, or may become, one of those: then its bit is set in *which. */
static bool maybe(struct hush *h, unsigned *which)
{
	const char *text = untimed(bufstr(&h->held));

	for (size_t i = 0; text && i < LINES; i++) {
		size_t want = strlen(lines[i]), len = strlen(text);

		if (h->gone & 1U << i || strncmp(text, lines[i], len < want ? len : want) != 0)
			continue;
		if (len > want && strcmp(text + want, "\r") != 0 &&
		    strcmp(text + want, "\n") != 0 && strcmp(text + want, "\r\n") != 0)
			continue;
		if (len > want && text[len - 1] == '\n')
			*which |= 1U << i;
		return true;
	}
	return !text;
}

void hushfeed(struct hush *h, const char *data, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len; i++) {
		unsigned which = 0;

		if (!h->on || h->middle) {
			bufputc(out, data[i]);
			h->middle = data[i] != '\n';
			continue;
		}
		bufputc(&h->held, data[i]);
		if (!data[i] || !maybe(h, &which)) {
			bufadd(out, h->held.data, h->held.len);
			bufclear(&h->held);
			h->middle = data[i] != '\n';
		} else if (which) {
			h->gone |= which;
			h->on = h->gone != (1U << LINES) - 1;
			bufclear(&h->held);
		}
	}
}

void hushend(struct hush *h, struct buf *out)
{
	bufadd(out, h->held.data, h->held.len);
	buffree(&h->held);
	h->on = false;
}
