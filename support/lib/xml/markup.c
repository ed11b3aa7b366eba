// SPDX-License-Identifier: GPL-2.0-or-later
#include "xml/markup.h"

void markupescape(struct buf *out, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		switch (s[i]) {
		case '&':
			bufputs(out, "&amp;");
			break;
		case '<':
			bufputs(out, "&lt;");
			break;
		case '>':
			bufputs(out, "&gt;");
			break;
		case '"':
			bufputs(out, "&quot;");
			break;
		default:
			if ((unsigned char)s[i] >= ' ' || s[i] == '\n' || s[i] == '\t')
				bufputc(out, s[i]);
		}
	}
}
