// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/near.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

unsigned editdistance(const char *a, const char *b, unsigned max)
{
	size_t la = strlen(a), lb = strlen(b), width = lb + 1;
	unsigned *row, ret;

	if ((la > lb ? la - lb : lb - la) > max || la > NEARMAX || lb > NEARMAX)
		return max + 1;
	/* Three rows of the dynamic programming table: for a's first i - 2, i - 1 and i letters. */
	row = xcalloc(3 * width, sizeof(*row));
	for (size_t i = 0; i <= la; i++) {
		unsigned *now = row + i % 3 * width, *up = row + (i + 2) % 3 * width;
		unsigned *upup = row + (i + 1) % 3 * width;

		now[0] = (unsigned)i;
		for (size_t j = 1; j <= lb; j++) {
			if (i == 0) {
				now[j] = (unsigned)j;
				continue;
			}
			now[j] = least(least(up[j], now[j - 1]) + 1,
				       up[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = least(now[j], upup[j - 2] + 1);
		}
	}
	ret = row[la % 3 * width + lb];
	free(row);
	return ret > max ? max + 1 : ret;
}

unsigned nearletters(const char *name)
{
	return least(2, (unsigned)strlen(name) / 3);
}

void nearstart(struct near *n, const char *name, unsigned max)
{
	*n = (struct near){ .name = name, .best = max + 1 };
}

void neartry(struct near *n, const char *candidate)
{
	unsigned d;

	if (n->best == 0)
		return;
	d = strcasecmp(n->name, candidate) == 0 ? 0 : editdistance(n->name, candidate, n->best - 1);
	if (d < n->best) {
		n->best = d;
		n->found = candidate;
	}
}
