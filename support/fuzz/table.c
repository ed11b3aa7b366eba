// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as a device table and as a manifest, for mkinitramfs: entries or what is wrong, and no
 * more. A line that would read elsewhere than in the scratch directory is not tried.
 */
#include <stdint.h>
#include <string.h>

#include "fuzzdir.h"
#include "mkinitramfs/create/merge.h"
#include "mkinitramfs/create/table.h"
#include "mkinitramfs/tree/basemanifest.h"
#include "mkinitramfs/tree/writelist.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whether a line reads elsewhere: a "tree" or an "include" may, or what is in quotes. */
static int leaves(const char *text)
{
	for (; text; text = strchr(text, '\n')) {
		size_t first, len;

		text += strspn(text, " \t\n\v\f\r");
		first = strcspn(text, " \t\n\v\f\r");
		len = strcspn(text, "\n");
		if ((first == 4 && memcmp(text, "tree", 4) == 0) ||
		    (first == 7 && memcmp(text, "include", 7) == 0) || *text == '"') {
			char *line = xstrndup(text, len);
			int bad = strpbrk(line, "/\"$") || strstr(line, "..");

			free(line);
			if (bad)
				return 1;
		}
	}
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct problems p = { 0 };
	struct tree table = { 0 }, over = { 0 };
	struct buf lines = { 0 };

	scratchenter();
	if (!leaves(text)) {
		mkdirs("d");
		scratchput("d/f", "x", 1);
		scratchput("t", data, size);
		tableread(&table, "fuzz", 1, "t", &p);
		basemanifestread(&over, "t", &p);
		mergeparents(&table, true, &p);
		treeseal(&table);
		treeseal(&over);
		listformat(&table, "${ROOT}", &lines);
	}
	nodesfree(&table);
	nodesfree(&over);
	problemfree(&p);
	buffree(&lines);
	free(text);
	return 0;
}
