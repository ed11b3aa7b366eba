/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of Kconfig's language that both kconfig-frontends 4.11 and the kernel's own
 * parser (6.x) take, and take alike. Anything else is reported.
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
	struct kconfig tree;  /* what the file defines */
	struct kconfref *ref; /* the packages that it asks for or asks about; owned */
	size_t reflen;
	size_t refcap;
};

/* Read text, called file in what is reported. */
void kconfparse(struct kconf *k, const char *file, const char *text, struct report *r);
void kconffree(struct kconf *k);

#endif
