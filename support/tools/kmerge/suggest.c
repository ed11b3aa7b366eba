// SPDX-License-Identifier: GPL-2.0-or-later
#include "suggest.h"

#include <stdlib.h>
#include <string.h>

enum { NAMEMAX = 200 }; /* letters of a name that is worth comparing: the kernel has none of 100 */

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

unsigned editdistance(const char *a, const char *b, unsigned max)
{
	size_t la = strlen(a), lb = strlen(b), width = lb + 1;
	unsigned *row, ret;

	if ((la > lb ? la - lb : lb - la) > max)
		return max + 1;
	/* Three rows of the usual table: for a's first i - 2, i - 1 and i letters. */
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

/* Nonzero if the words of name, divided by _, are at the start or the end of those of whole. */
static int haswords(const char *whole, const char *name)
{
	size_t lw = strlen(whole), ln = strlen(name);

	if (lw < ln + 2 || ln < 6)
		return 0;
	return (memcmp(whole, name, ln) == 0 && whole[ln] == '_') ||
	       (memcmp(whole + lw - ln, name, ln) == 0 && whole[lw - ln - 1] == '_');
}

const char *suggest(const struct kconfig *k, const char *name)
{
	unsigned max = least(3, (unsigned)strlen(name) / 4), best = max + 1, words = 0;
	const char *found = NULL, *longer = NULL;

	if (strlen(name) > NAMEMAX)
		return NULL;
	for (size_t i = 0; i < k->len; i++) {
		const struct kentry *e = k->entry[i];
		unsigned d;

		if (e->kind != KENTRY_CONFIG || ksymbol(k, e->name) != e)
			continue;
		d = editdistance(name, e->name, max);
		if (d < best) {
			best = d;
			found = e->name;
		}
		if (haswords(e->name, name)) {
			words++;
			longer = e->name;
		}
	}
	/* Of many symbols that hold the name, none is likelier than the others. */
	return found ? found : words == 1 ? longer : NULL;
}
