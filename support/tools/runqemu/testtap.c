// SPDX-License-Identifier: GPL-2.0-or-later
#include "testtap.h"

#include "base/clock.h"
#include "fs/file.h"

void testtapstart(struct testtap *t, struct results *into, int copy, struct textcopy *kept)
{
	*t = (struct testtap){ .into = into, .copy = copy, .kept = kept };
	t->output.into = into;
	t->console.into = &t->shown;
}

void testtapconsole(struct testtap *t, const char *data, size_t len)
{
	ktapfeed(&t->console, data, len, clockms());
	textcopywrite(t->kept, data, len);
}

int testtapoutput(struct testtap *t, bool errors, const char *data, size_t len)
{
	if (!errors)
		ktapfeed(&t->output, data, len, clockms());
	textcopywrite(t->kept ? t->kept + 1 : NULL, data, len);
	return t->copy >= 0 ? writeall(t->copy, data, len) : 0;
}

void testtapend(struct testtap *t)
{
	ktapend(&t->output);
	ktapend(&t->console);
	resultsmerge(t->into, &t->shown);
}
