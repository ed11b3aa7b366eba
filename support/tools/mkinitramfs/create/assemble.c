// SPDX-License-Identifier: GPL-2.0-or-later
#include "assemble.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive.h"
#include "cleanup.h"
#include "kept.h"
#include "parts.h"
#include "whole.h"

#define BETWEEN                                                                                    \
	4 /* zero bytes before an archive that follows one: lz4 data needs as many to end          \
	   */

/* A file that is being written. */
struct output {
	struct outfile *file;
	uint64_t offset; /* bytes written */
	struct problems *problems;
};

/* The positions of the parts in an uncompressed file. */
struct pieces {
	struct range *item; /* owned */
	size_t len;
};

static int outputopen(struct output *o, struct outfile *file, const char *path, struct problems *p)
{
	int ret;

	*o = (struct output){ .file = file, .problems = p };
	cleanuphold();
	ret = outopen(file, path, 0666);
	if (ret < 0)
		problemadd(p, "%s: cannot create:", path);
	else
		cleanupadd(file->temp);
	cleanupresume();
	return ret;
}

/* Write the padding between two archives. */
static int outputgap(struct output *o)
{
	static const char zeros[2 * BETWEEN];
	size_t pad = BETWEEN + (BETWEEN - o->offset % BETWEEN) % BETWEEN;

	if (o->offset == 0)
		return 0;
	o->offset += pad;
	if (writeall(o->file->fd, zeros, pad) < 0)
		return problemadd(o->problems, "%s: cannot write:", o->file->path);
	return 0;
}

/* Append the archives of --append unchanged. */
static int outputappend(struct output *o, const struct strlist *files)
{
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < files->len; i++) {
		const char *file = files->item[i];
		struct buf data = { 0 };

		if (fileread(file, &data) < 0)
			ret = problemadd(o->problems, "%s: cannot read:", file);
		else if (wholecheck(file, &data, o->problems) == 0)
			ret = outputgap(o);
		else
			ret = -1;
		if (ret == 0 && writeall(o->file->fd, data.data, data.len) < 0)
			ret = problemadd(o->problems, "%s: cannot write:", o->file->path);
		o->offset += data.len;
		buffree(&data);
	}
	return ret;
}

/* Write the parts of the tree, compressed. If pieces is set, record their positions in it. */
static int outputparts(struct output *o, const struct plan *plan, const struct tree *t,
		       const struct compressor *compressor, struct pieces *pieces)
{
	int ret = 0;

	for (unsigned part = 0; ret == 0 && part <= plan->apart.len; part++) {
		struct sink s;

		if (!partused(t, part) &&
		    !(part == plan->apart.len && o->offset == 0 && plan->nlayer))
			continue; /* but at least one archive is needed */
		if (outputgap(o) < 0)
			return -1;
		if (sinkopen(&s, o->file->fd, compressor, plan->level, archivesize(t, part)) < 0)
			return problemadd(o->problems,
					  "cannot begin to compress with %s:", compressor->name);
		ret = archivewrite(t, part, plan->mtime, plan->manifest != NULL, &s, o->file->path,
				   o->problems);
		if (ret == 0 && pieces) {
			pieces->item =
				xrealloc(pieces->item, (pieces->len + 1) * sizeof(*pieces->item));
			pieces->item[pieces->len++] = (struct range){ -1, o->offset, s.written };
		}
		o->offset += s.written;
		sinkclose(&s);
	}
	return ret;
}

/* Compress the content of the plain file, one piece at a time. */
static int outputpieces(struct output *o, const struct plan *plan, const struct pieces *pieces)
{
	bool keeping = plan->kept && plan->compressor->most;
	struct kept kept = { 0 };
	int ret = 0;

	if (keeping && keptopen(&kept, plan->kept) < 0)
		return problemadd(o->problems, "%s: cannot keep archives there:", plan->kept);
	for (size_t i = 0; ret == 0 && i < pieces->len; i++) {
		const struct range *r = &pieces->item[i];
		uint64_t written = 0;

		if (outputgap(o) < 0)
			ret = -1;
		else if (keeping)
			ret = keptcompress(&kept, r, plan->compressor, plan->level, o->file->fd,
					   &written);
		else
			ret = rangecompress(r, plan->compressor, plan->level, o->file->fd,
					    &written);
		if (ret < 0)
			problemadd(o->problems, "%s: cannot compress with %s:", o->file->path,
				   plan->compressor->name);
		o->offset += written;
	}
	if (keeping)
		keptclose(&kept, ret < 0);
	return ret;
}

/* Compress the plain file to out. The file is complete, except for the appended archives. */
static int compressplain(const struct plan *plan, struct output *plain, struct pieces *pieces,
			 struct outfile *out, struct problems *p)
{
	int fd = open(plain->file->temp, O_RDONLY | O_CLOEXEC);
	struct output o;
	int ret = -1;

	if (fd < 0)
		return problemadd(p, "%s: cannot open:", plain->file->temp);
	for (size_t i = 0; i < pieces->len; i++)
		pieces->item[i].fd = fd;
	if (outputopen(&o, out, plan->out, p) == 0 && outputpieces(&o, plan, pieces) == 0 &&
	    outputappend(&o, &plan->append) == 0)
		ret = outputappend(plain, &plan->append);
	close(fd);
	return ret;
}

int pack(const struct plan *plan, const struct tree *t, struct outfile *out, struct outfile *plain,
	 struct problems *p)
{
	struct pieces pieces = { 0 };
	struct output o;
	int ret = -1;

	if (!plan->plain) {
		if (outputopen(&o, out, plan->out, p) == 0 &&
		    outputparts(&o, plan, t, plan->compressor, NULL) == 0)
			ret = outputappend(&o, &plan->append);
		return ret;
	}
	if (outputopen(&o, plain, plan->plain, p) == 0 &&
	    outputparts(&o, plan, t, compressfind("none"), &pieces) == 0)
		ret = compressplain(plan, &o, &pieces, out, p);
	free(pieces.item);
	return ret;
}
