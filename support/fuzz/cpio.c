// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as an initramfs: reading them gives its content or an error, and no more.
 */
#include <stddef.h>
#include <stdint.h>

#include "mkinitramfs/inspect/list.h"
#include "mkinitramfs/tree/image.h"
#include "mkinitramfs/tree/writelist.h"

#define LIMIT ((size_t)1 << 20) /* bytes to decompress to: keeps bombs short */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf lines = { 0 }, why = { 0 };
	struct problems problems = { 0 };
	struct unpacked u = { .problems = &problems };
	const struct visitor list = { .context = &lines, .piece = listpiece, .entry = listentry };
	const struct visitor unpack = { .context = &u, .entry = unpackentry };

	imageread(data, size, LIMIT, &list, &why);
	imageread(data, size, LIMIT, &unpack, &why);
	treeseal(&u.tree);
	listformat(&u.tree, "${ROOT}", &lines);
	linksfree(&u.links);
	nodesfree(&u.tree);
	problemfree(&problems);
	buffree(&lines);
	buffree(&why);
	return 0;
}
