/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What DWARF, read by libdw, tells of an address. */
#ifndef OOPS_DWARFPLACE_H
#define OOPS_DWARFPLACE_H

#include <elfutils/libdwfl.h>
#include <stdbool.h>

#include "oops/frames.h"

/* The compilation units of a module by address, for files without .debug_aranges. Zero-initialise.
 */
struct units {
	struct unit *item; /* owned; sorted by address */
	size_t len;
	bool read;
};

/*
 * Append the functions at an address of the module, as libdwfl places it. Returns whether debug
 * information covers it.
 */
bool dwarfframes(Dwfl_Module *module, struct units *units, Dwarf_Addr addr, struct frames *out);

/* Whether the module has debug information that libdw can read. */
bool dwarfthere(Dwfl_Module *module);

/*
 * Return the directory of the sources that the module was built of, as its debug information names
 * it: what is before file in the name of a unit, with a slash at the end; NULL if no unit is that.
 * Caller frees.
 */
char *dwarfroot(Dwfl_Module *module, const char *file);

void unitsfree(struct units *u);

#endif
