/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The traces of a kernel's log once more, with what ksymbols.h tells of each place of code in them:
 * function, file and line, what is inlined, and the line of the source itself.
 */
#ifndef OOPS_ANNOTATE_H
#define OOPS_ANNOTATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "oops/klog.h"
#include "oops/ksymbols.h"

/* What is needed; all is the caller's. */
struct annotate {
	struct symbols *symbols;
	const char *tree; /* directory of the kernel's sources; NULL: where the build had them */
	const struct strlist
		*maps; /* "FROM=TO": where directories of the build are now; may be NULL */
};

/* What was found. Zero-initialise. */
struct annotated {
	size_t traces;
	size_t places; /* of code, in the traces */
	size_t lines;  /* of these, so many have a file and line */
	size_t other;  /* so many are in no function of vmlinux, or in one of another size */
	struct strlist modules; /* no file was found of these; the first thousand */
	struct strlist changed; /* of these, the file is of another build than the guest's */
	struct strlist sources; /* the first file that could not be read; then empty or one */
};

/*
 * Return what of the log says that it is of another kernel than vmlinux: its banner, its release
 * and number in a trace, or its build ID. NULL if nothing does. Caller frees.
 */
char *annotatediffers(const struct klog *log, struct symbols *s);

/*
 * Append the traces from the line of index from on to out, with what is known of them; control
 * characters are escaped as by bufvisible.
 */
void annotate(const struct annotate *a, const struct klog *log, size_t from, struct buf *out,
	      struct annotated *found);

/* Append the titles of all reports in the log, a line each. Returns their number. */
size_t annotatetitles(const struct klog *log, struct buf *out);

void annotatedfree(struct annotated *found);

#endif
