// SPDX-License-Identifier: GPL-2.0-or-later
#include "suffix.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "lines.h"

static const char *const steps[] = { "UNPACK",	"POST_UNPACK", "CONFIGURE", "BUILD",
				     "INSTALL", "OLDCONFIG",   NULL };

static const char *const known[] = {
	"VERSION",
	"VERSIONS",
	"SITE",
	"SOURCE",
	"POOL",
	"DL",
	"SHA256",
	"GIT_URL",
	"GIT_REF",
	"GIT_COMMIT",
	"DIR",
	"DIR_READS",
	"SRC_OF",
	"SUBDIR",
	"PATCHES",
	"UNPACK_ONLY",
	"LICENSE",
	"LICENSE_FILES",
	"HOMEPAGE",
	"DESCRIPTION",
	"CPE",
	"PURL",
	"DEPENDS",
	"TYPE",
	"MODE",
	"KEEP_BUILD",
	"LAYER",
	"TAKES_ROOTFS",
	"CONF_OPTS",
	"CONF_ENV",
	"MAKE_OPTS",
	"INSTALL_OPTS",
	"CFLAGS",
	"LDFLAGS",
	"KCONFIG",
	"KCONFIG_BASE",
	"KCONFIG_FRAGMENTS",
	"SAVEDEFCONFIG",
	"STRICT",
	"USERS",
	"PERMISSIONS",
	"DEVICES",
	"FILES",
	"START",
	"TARGET_FILES",
	"SYSROOT_FILES",
	"REPLACES",
	NULL,
};

int suffixisstep(const char *suffix)
{
	return tablehas(steps, suffix, strlen(suffix));
}

int suffixknown(const char *suffix)
{
	return islower((unsigned char)*suffix) || suffixisstep(suffix) ||
	       tablehas(known, suffix, strlen(suffix));
}

static size_t least(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

/* How many letters have to be changed, added or left out to make b of a (Levenshtein). */
static size_t distance(const char *a, const char *b)
{
	size_t row[32];
	size_t len = strlen(b);

	if (len >= sizeof(row) / sizeof(*row))
		return len;
	for (size_t j = 0; j <= len; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= len; j++) {
			size_t above = row[j];

			row[j] =
				least(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
			diagonal = above;
		}
	}
	return row[len];
}

const char *suffixnear(const char *suffix)
{
	static const char *const *const tables[] = { steps, known };
	const char *best = NULL;
	size_t bestdistance = 3;

	for (size_t t = 0; t < sizeof(tables) / sizeof(*tables); t++) {
		for (size_t i = 0; tables[t][i]; i++) {
			size_t d = distance(suffix, tables[t][i]);

			if (d < bestdistance && d < strlen(tables[t][i])) {
				bestdistance = d;
				best = tables[t][i];
			}
		}
	}
	return best;
}
