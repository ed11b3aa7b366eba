/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The configuration that a kernel was built with, as far as it can be had. */
#ifndef RUNQEMU_IKCONFIG_H
#define RUNQEMU_IKCONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct kconfig {
	struct buf text; /* the .config; empty if not known */
};

/* Read a .config. Returns 0, or -1 with errno set. */
int ikconfigread(struct kconfig *k, const char *path);

/*
 * Find the configuration that CONFIG_IKCONFIG puts into an uncompressed kernel image of len
 * bytes at data. Returns whether there was one.
 */
bool kconfigfind(struct kconfig *k, const void *data, size_t len);

/* The same in the file at path; nothing is found in one that cannot be read. */
bool kconfigfindfile(struct kconfig *k, const char *path);

/* Whether the configuration is known. */
bool kconfigknown(const struct kconfig *k);

/* Whether CONFIG_<symbol> is built in (y). False if nothing is known. */
bool kconfighas(const struct kconfig *k, const char *symbol);

void ikconfigfree(struct kconfig *k);

#endif
