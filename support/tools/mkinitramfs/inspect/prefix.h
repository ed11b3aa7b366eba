/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How long bytes become when they are compressed, asked again and again while they come. What a
 * compressor has written so far does not tell: it holds back what it has not decided yet. So its
 * state is copied and the copy told that this was all.
 */
#ifndef MKINITRAMFS_PREFIX_H
#define MKINITRAMFS_PREFIX_H

#include <stddef.h>
#include <stdint.h>

struct prefix; /* bytes under way */

/* None yet. NULL with errno set. */
struct prefix *prefixnew(void);

void prefixadd(struct prefix *p, const void *data, size_t len);

/* Bytes that all so far are as a gzip stream of its own, as --compress gzip makes it. */
uint64_t prefixcost(const struct prefix *p);

void prefixfree(struct prefix *p);

#endif
