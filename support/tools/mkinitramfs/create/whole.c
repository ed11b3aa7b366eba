// SPDX-License-Identifier: GPL-2.0-or-later
#include "whole.h"

#include <stdbool.h>

#include "mkinitramfs/tree/image.h"

/* The state of the check. */
struct progress {
	bool found; /* an archive was found */
	bool open;  /* an archive started and has not ended */
	bool cut;   /* an archive had not ended when the next piece started */
};

static int piecebegin(void *context, const char *format, size_t offset)
{
	struct progress *g = context;

	(void)format;
	(void)offset;
	g->cut = g->cut || g->open;
	return 0;
}

static int entrypass(void *context, uint32_t archive, const struct cpioentry *e)
{
	struct progress *g = context;

	(void)archive;
	(void)e;
	g->found = g->open = true;
	return 0;
}

static void trailerpass(void *context)
{
	struct progress *g = context;

	g->found = true;
	g->open = false;
}

int wholecheck(const char *file, const struct buf *data, struct problems *p)
{
	struct progress g = { 0 };
	const struct visitor v = {
		.context = &g, .piece = piecebegin, .entry = entrypass, .trailer = trailerpass
	};
	struct buf why = { 0 };
	int ret = 0;

	if (imageread(data->data, data->len, UNPACK_LIMIT, &v, &why) < 0)
		ret = problemadd(p, "%s: %s", file, bufstr(&why));
	else if (!g.found)
		ret = problemadd(p, "%s: there is no archive in it", file);
	else if (g.open || g.cut)
		ret = problemadd(p,
				 "%s: an archive in it ends without a trailer, so it is cut off: "
				 "get or make it again",
				 file);
	buffree(&why);
	return ret;
}
