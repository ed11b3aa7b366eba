// SPDX-License-Identifier: GPL-2.0-or-later
#include "quote.h"

void quotevalue(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == ',')
			bufputc(out, ',');
		bufputc(out, *text);
	}
}
