// SPDX-License-Identifier: GPL-2.0-or-later
#include "decoded.h"

#include <stdlib.h>
#include <string.h>

#include "oops/annotate.h"

#define LINES_HOW                                                                                  \
	"(no files and lines of the trace: its vmlinux has no debug information, which "           \
	"CONFIG_DEBUG_INFO_DWARF_TOOLCHAIN_DEFAULT adds)\n"

/*
 * Open the first of the files that is a vmlinux with debug information; NULL: there is none. *plain
 * is set if there is one without.
 */
static struct symbols *symbolsof(const struct strlist *files, const struct strlist *modules,
				 bool *plain)
{
	for (size_t i = 0; i < files->len; i++) {
		char *why;
		struct symbols *s = symbolsopen(files->item[i], modules, &why);

		free(why);
		if (s && symbolslines(s))
			return s;
		*plain = *plain || s;
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
	bool plain = false;
	char *other;

	if (!o->decode || !c->trace.len)
		return;
	with.symbols = symbolsof(&o->kernels, &o->symbols, &plain);
	if (!with.symbols)
		with.symbols = symbolsof(&o->found, &o->symbols, &plain);
	if (!with.symbols) {
		if (plain && memmem(c->trace.data, c->trace.len, "+0x", 3))
			bufputs(out, LINES_HOW);
		return;
	}
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
