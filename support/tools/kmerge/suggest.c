// SPDX-License-Identifier: GPL-2.0-or-later
#include "suggest.h"

#include <string.h>

#include "base/near.h"

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
	unsigned max = (unsigned)strlen(name) / 4, words = 0;
	const char *longer = NULL;
	struct near n;

	if (strlen(name) > NEARMAX)
		return NULL;
	nearstart(&n, name, max > 3 ? 3 : max);
	for (size_t i = 0; i < k->len; i++) {
		const struct kentry *e = k->entry[i];

		if (e->kind != KENTRY_CONFIG || ksymbol(k, e->name) != e)
			continue;
		neartry(&n, e->name);
		if (haswords(e->name, name)) {
			words++;
			longer = e->name;
		}
	}
	/* Of many symbols that hold the name, none is likelier than the others. */
	return n.found ? n.found : words == 1 ? longer : NULL;
}
