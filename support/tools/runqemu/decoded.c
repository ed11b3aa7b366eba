// SPDX-License-Identifier: GPL-2.0-or-later
#include "decoded.h"

#include <stdlib.h>

#include "oops/annotate.h"

/* Open the first of the files that is a vmlinux with debug information; NULL: there is none. */
static struct symbols *symbolsof(const struct strlist *files, const struct strlist *modules)
{
	for (size_t i = 0; i < files->len; i++) {
		char *why;
		struct symbols *s = symbolsopen(files->item[i], modules, &why);

		free(why);
		if (s && symbolslines(s))
			return s;
		symbolsclose(s);
	}
	return NULL;
}

void decodedshow(const struct console *c, const struct options *o, struct buf *out)
{
	struct annotate with = { .tree = o->source, .maps = &o->maps };
	struct annotated found = { 0 };
	struct buf text = { 0 };
	struct klog log = { 0 };
	char *other;

	if (!o->decode || !c->trace.len)
		return;
	with.symbols = symbolsof(&o->kernels, &o->symbols);
	if (!with.symbols)
		with.symbols = symbolsof(&o->found, &o->symbols);
	if (!with.symbols)
		return;
	klogadd(&log, c->trace.data, c->trace.len);
	other = annotatediffers(&log, with.symbols);
	if (!other)
		annotate(&with, &log, 0, &text, &found);
	if (found.lines && 2 * found.other <= found.places)
		bufadd(out, text.data, text.len);
	buffree(&text);
	free(other);
	annotatedfree(&found);
	klogfree(&log);
	symbolsclose(with.symbols);
}
