// SPDX-License-Identifier: GPL-2.0-or-later
#include "suggest.h"

#include <stdbool.h>
#include <string.h>

#include "base/near.h"

/* Return whether whole is name with more words, separated by _, before it. */
static bool endsin(const char *whole, const char *name)
{
	size_t lw = strlen(whole), ln = strlen(name);

	return ln >= 3 && lw >= ln + 2 && memcmp(whole + lw - ln, name, ln) == 0 &&
	       whole[lw - ln - 1] == '_';
}

/* Return whether whole is name with more words after it. */
static bool beginswith(const char *whole, const char *name)
{
	size_t lw = strlen(whole), ln = strlen(name);

	return ln >= 6 && lw >= ln + 2 && memcmp(whole, name, ln) == 0 && whole[ln] == '_';
}

const char *suggest(const struct kconfig *k, const char *name)
{
	unsigned max = (unsigned)strlen(name) / 4, ends = 0, begins = 0;
	const char *ending = NULL, *beginning = NULL;
	struct near n;

	if (strlen(name) > NEARMAX)
		return NULL;
	nearstart(&n, name, max > 3 ? 3 : max);
	for (size_t i = 0; i < k->len; i++) {
		const struct kentry *e = k->entry[i];

		if (e->kind != KENTRY_CONFIG || ksymbol(k, e->name) != e)
			continue;
		neartry(&n, e->name);
		if (endsin(e->name, name)) {
			ends++;
			ending = e->name;
		} else if (beginswith(e->name, name)) {
			begins++;
			beginning = e->name;
		}
	}
	/* If several symbols contain the name, none of them is more likely than the others. */
	if (n.found)
		return n.found;
	return ends == 1 ? ending : ends == 0 && begins == 1 ? beginning : NULL;
}
