/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Search in a table that is sorted by address. */
#ifndef OOPS_ADDRSEARCH_H
#define OOPS_ADDRSEARCH_H

#include <stddef.h>
#include <stdint.h>

/*
 * How many of the len items begin at addr or before, so that the last of these is the one before
 * that index. first is the address in the first item, item the size of an item in bytes.
 */
size_t addrsearch(const uint64_t *first, size_t item, size_t len, uint64_t addr);

#endif
