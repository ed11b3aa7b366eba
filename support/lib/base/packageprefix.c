// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/packageprefix.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/buf.h"

char *packageprefix(const char *name)
{
	char *prefix = xstrdup(name);

	for (char *p = prefix; *p; p++)
		*p = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
	return prefix;
}

char *packagevar(const char *name, const char *suffix)
{
	char *prefix = packageprefix(name);
	char *var = xasprintf("%s_%s", prefix, suffix);

	free(prefix);
	return var;
}
