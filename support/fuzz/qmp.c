// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as what QEMU says over its machine protocol, in pieces whose size is the first byte;
 * how they are cut must not matter.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "runqemu/qmp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct qmp pieces = { 0 }, whole = { 0 };

	if (!size)
		return 0;
	for (size_t at = 1, piece = data[0] ? data[0] : 1; at < size; at += piece)
		qmpfeed(&pieces, (const char *)data + at, size - at < piece ? size - at : piece);
	qmpfeed(&whole, (const char *)data + 1, size - 1);
	if (pieces.end != whole.end || pieces.stopped != whole.stopped || pieces.asks != whole.asks)
		abort();
	qmpfree(&pieces);
	qmpfree(&whole);
	return 0;
}
