// SPDX-License-Identifier: GPL-2.0-or-later
#include "quote.h"

#include <string.h>

void quoteword(struct buf *out, const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "%+,-./:=@_";

	if (*text && !text[strspn(text, plain)]) {
		bufputs(out, text);
		return;
	}
	bufputc(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			bufputs(out, "'\\''");
		else
			bufputc(out, *text);
	}
	bufputc(out, '\'');
}

void quotevalue(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == ',')
			bufputc(out, ',');
		bufputc(out, *text);
	}
}
