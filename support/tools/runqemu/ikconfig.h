/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The configuration that a kernel was built with, as far as it can be had. */
#ifndef RUNQEMU_IKCONFIG_H
#define RUNQEMU_IKCONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "kconfig/config.h"

/* Zero-initialise before use. */
struct ikconfig {
	bool known;
	bool modules;	      /* what is a module (m) counts as built in; set by the caller */
	struct config config; /* its settings; lines that are none are passed over */
};

/* Take the .config in text, which is cut up; NULL or empty: not known. */
void ikconfigparse(struct ikconfig *k, char *text);

/* Read a .config. Returns 0, or -1 with errno set. */
int ikconfigread(struct ikconfig *k, const char *path);

/*
 * Find the configuration that CONFIG_IKCONFIG puts into an uncompressed kernel image of len
 * bytes at data. Returns whether there was one.
 */
bool ikconfigfind(struct ikconfig *k, const void *data, size_t len);

/* Whether the configuration is known. */
bool ikconfigknown(const struct ikconfig *k);

/* Whether CONFIG_<symbol> is built in (y), or is a module and these count. False if nothing is
 * known. */
bool ikconfighas(const struct ikconfig *k, const char *symbol);

void ikconfigfree(struct ikconfig *k);

#endif
