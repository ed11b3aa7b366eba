/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compressed size of a growing prefix of data. The output of a compressor so far does not give it,
 * because the compressor holds back data. So its state is copied, and the copy is finished.
 */
#ifndef MKINITRAMFS_PREFIX_H
#define MKINITRAMFS_PREFIX_H

#include <stddef.h>
#include <stdint.h>

struct prefix; /* the state of one measurement */

/* Start with no bytes. Returns NULL with errno set on error. */
struct prefix *prefixnew(void);

void prefixadd(struct prefix *p, const void *data, size_t len);

/*
 * Return the size of all bytes so far as a complete gzip stream, as --compress gzip would write it.
 */
uint64_t prefixcost(const struct prefix *p);

void prefixfree(struct prefix *p);

#endif
