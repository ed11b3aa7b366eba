/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The subset of Kconfig's language that kconfig-frontends 4.11 and the kernel's own parser (6.x)
 * accept and interpret in the same way. Anything else is reported.
 */
#ifndef CHECKRECIPE_KCONF_H
#define CHECKRECIPE_KCONF_H

#include <stddef.h>

#include "findings.h"
#include "kconfig/kconfig.h"

struct kconfref {
	char *name; /* a symbol that starts with PACKAGE_; owned */
	size_t line;
};

/* Zero-initialise before use. */
struct kconf {
	struct kconfig tree;  /* the definitions of the file */
	struct kconfref *ref; /* the package symbols in its expressions; owned */
	size_t reflen;
	size_t refcap;
};

/* Parse text, called file in reports. */
void kconfparse(struct kconf *k, const char *file, const char *text, struct report *r);
void kconffree(struct kconf *k);

#endif
