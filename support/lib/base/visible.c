// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/visible.h"

#include <stdbool.h>
#include <string.h>

/* Return the length of the UTF-8 sequence at p (RFC 3629), or 0 if it is invalid. */
static size_t sequence(const unsigned char *p, size_t len)
{
	size_t n = *p < 0x80   ? 1
		   : *p < 0xc2 ? 0
		   : *p < 0xe0 ? 2
		   : *p < 0xf0 ? 3
		   : *p < 0xf5 ? 4
			       : 0;

	if (n > len)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	}
	/* overlong form, surrogate, or beyond U+10FFFF */
	if ((*p == 0xe0 && p[1] < 0xa0) || (*p == 0xed && p[1] > 0x9f) ||
	    (*p == 0xf0 && p[1] < 0x90) || (*p == 0xf4 && p[1] > 0x8f))
		return 0;
	return n;
}

static bool iscontrol(const unsigned char *p, size_t n)
{
	if (n == 1)
		return (*p < 0x20 && *p != '\t' && *p != '\n') || *p == 0x7f;
	return n == 2 && *p == 0xc2 && p[1] < 0xa0;
}

void bufvisible(struct buf *out, const char *text, size_t len)
{
	const unsigned char *p = (const unsigned char *)text;

	while (len) {
		size_t n = sequence(p, len);

		if (n && !iscontrol(p, n)) {
			bufadd(out, (const char *)p, n);
		} else {
			n = n ? n : 1;
			for (size_t i = 0; i < n; i++)
				bufprintf(out, "\\x%02x", p[i]);
		}
		p += n;
		len -= n;
	}
}

bool isvisible(const char *text)
{
	struct buf b = { 0 };
	bool ret;

	bufvisible(&b, text, strlen(text));
	ret = strcmp(bufstr(&b), text) == 0;
	buffree(&b);
	return ret;
}
