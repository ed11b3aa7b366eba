// SPDX-License-Identifier: GPL-2.0-or-later
#include "suffix.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "base/near.h"
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
	"LOG_LINES",
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

const char *suffixnear(const char *suffix)
{
	static const char *const *const tables[] = { steps, known };
	struct near n;

	nearstart(&n, suffix, nearletters(suffix));
	for (size_t t = 0; t < sizeof(tables) / sizeof(*tables); t++) {
		for (size_t i = 0; tables[t][i]; i++)
			neartry(&n, tables[t][i]);
	}
	return n.found;
}
