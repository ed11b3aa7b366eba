// SPDX-License-Identifier: GPL-2.0-or-later
#include "symbols.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "base/packageprefix.h"
#include "lines.h"

/* Return whether s is prefix, or prefix followed by '_' and more. */
static bool belongsto(const char *s, const char *prefix)
{
	size_t len = strlen(prefix);

	return startswith(s, prefix) && (!s[len] || s[len] == '_');
}

/* Return whether symbol, which starts with PACKAGE_, belongs to a package in known. */
static bool ispackage(const char *symbol, const struct strlist *known)
{
	bool found = false;

	for (size_t i = 0; i < known->len && !found; i++) {
		char *prefix = packageprefix(known->item[i]);

		found = belongsto(symbol + strlen("PACKAGE_"), prefix);
		free(prefix);
	}
	return found;
}

static void checknames(const char *file, const struct kconf *k, const char *package,
		       struct report *r)
{
	char *prefix = packageprefix(package);
	char *main = xasprintf("PACKAGE_%s", prefix);
	bool found = false;

	for (size_t i = 0; i < k->tree.len; i++) {
		const struct kentry *s = k->tree.entry[i];

		if (s->kind != KENTRY_CONFIG)
			continue;
		if (strcmp(s->name, main) == 0) {
			found = true;
			if (s->type != KTYPE_BOOL ||
			    (!khasprompt(s) && !endswith(package, "-host")))
				reportadd(r, file, s->line, "%s is not a bool with a prompt", main);
		} else if (!belongsto(s->name, main) && !belongsto(s->name, prefix)) {
			reportadd(r, file, s->line,
				  "%s: symbols of this package begin with %s_ or %s_", s->name,
				  main, prefix);
		}
	}
	if (!found)
		reportadd(r, file, 1, "%s is not defined here", main);
	free(main);
	free(prefix);
}

void symbolscheck(const char *file, const struct kconf *k, const char *package,
		  const struct strlist *known, struct report *r)
{
	for (size_t i = 0; i < k->tree.len; i++) {
		const struct kentry *s = k->tree.entry[i];

		if (s->kind == KENTRY_CONFIG && !s->help)
			reportadd(r, file, s->line, "%s has no help text", s->name);
	}
	for (size_t i = 0; i < k->reflen; i++) {
		if (!ispackage(k->ref[i].name, known))
			reportadd(r, file, k->ref[i].line, "%s is the symbol of no package",
				  k->ref[i].name);
	}
	if (package)
		checknames(file, k, package, r);
}
