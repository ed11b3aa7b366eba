// SPDX-License-Identifier: GPL-2.0-or-later
#include "create.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "archive.h"
#include "decompress.h"
#include "file.h"
#include "layer.h"
#include "manifest.h"
#include "table.h"

#define BETWEEN 4 /* zero bytes before an appended archive: lz4 data needs as many to end */

static const char *volatile doomed; /* temporary file to remove when a signal ends us */

static void interrupted(int sig)
{
	if (doomed)
		unlink(doomed);
	signal(sig, SIG_DFL);
	raise(sig);
}

static void catchsignals(void)
{
	static const int sigs[] = { SIGHUP, SIGINT, SIGTERM };

	for (size_t i = 0; i < sizeof(sigs) / sizeof(*sigs); i++) {
		if (signal(sigs[i], interrupted) == SIG_IGN)
			signal(sigs[i], SIG_IGN);
	}
}

/* Merge all layers, then what overrides them. */
static void treebuild(struct tree *t, const struct plan *plan, struct problems *p)
{
	for (size_t i = 0; i < plan->nlayer; i++) {
		const struct layer *l = &plan->layer[i];
		struct scan s = { .from = { .rank = RANK_LAYER, .who = l->name }, .prefix = "" };

		if (l->kind == KIND_LAYER)
			layerscan(t, &s, l->path, p);
	}
	for (size_t i = 0; i < plan->nlayer; i++) {
		const struct layer *l = &plan->layer[i];
		struct scan s = { .from = { .rank = RANK_OVERLAY, .who = l->name }, .prefix = "" };

		if (l->kind == KIND_OVERLAY)
			layerscan(t, &s, l->path, p);
		else if (l->kind == KIND_TABLE)
			tableread(t, l->name, (unsigned)i + 1, l->path, p);
	}
	if (p->count == 0)
		mergeparents(t, plan->makeparents, p);
}

/* Whether data begins as something that the kernel would take. */
static bool isarchive(const char *data, size_t len)
{
	if (len >= 6 && (memcmp(data, "070701", 6) == 0 || memcmp(data, "070702", 6) == 0))
		return true;
	return formatfind((const unsigned char *)data, len);
}

/* Add the archive in file to o, which has *offset bytes. */
static int appendfile(struct outfile *o, uint64_t *offset, const char *file, struct problems *p)
{
	static const char zeros[2 * BETWEEN];
	size_t pad = BETWEEN + (BETWEEN - *offset % BETWEEN) % BETWEEN;
	struct buf data = { 0 };
	int ret = 0;

	if (fileread(file, &data) < 0)
		ret = problemadd(p, "%s: cannot read:", file);
	else if (!isarchive(data.data, data.len))
		ret = problemadd(p, "%s: neither a newc cpio archive nor compressed data", file);
	else if (writeall(o->fd, zeros, pad) < 0 || writeall(o->fd, data.data, data.len) < 0)
		ret = problemadd(p, "%s: cannot write:", o->path);
	*offset += pad + data.len;
	buffree(&data);
	return ret;
}

/* Write the archive under a temporary name. */
static int archivemake(const struct plan *plan, const struct tree *t, struct outfile *o,
		       struct problems *p)
{
	uint64_t offset;
	struct sink s;
	int ret;

	if (outopen(o, plan->out, 0666) < 0)
		return problemadd(p, "%s: cannot create:", plan->out);
	doomed = o->temp;
	if (sinkopen(&s, o->fd, plan->codec, plan->level, archivesize(t)) < 0)
		return problemadd(p, "cannot begin to compress with %s:", plan->codec->name);
	ret = archivewrite(t, plan->mtime, plan->manifest != NULL, &s, plan->out, p);
	offset = s.written;
	sinkclose(&s);
	for (size_t i = 0; ret == 0 && i < plan->append.len; i++)
		ret = appendfile(o, &offset, plan->append.item[i], p);
	return ret;
}

/* Write the manifest under a temporary name; not if the one that is there says the same. */
static int manifestmake(const char *path, const struct tree *t, struct outfile *o,
			struct problems *p)
{
	struct buf now = { 0 }, old = { 0 };
	int ret = 0;

	manifestformat(t, &now);
	if (fileread(path, &old) < 0 || old.len != now.len ||
	    memcmp(bufstr(&old), bufstr(&now), now.len) != 0) {
		if (outopen(o, path, 0666) < 0)
			ret = problemadd(p, "%s: cannot create:", path);
		else if (writeall(o->fd, now.data, now.len) < 0)
			ret = problemadd(p, "%s: cannot write:", path);
	}
	buffree(&now);
	buffree(&old);
	return ret;
}

/* Give both their names, or take the manifest away again. */
static int commit(const struct plan *plan, struct outfile *archive, struct outfile *manifest,
		  struct problems *p)
{
	bool renamed = manifest->temp;

	doomed = NULL;
	if (renamed && outcommit(manifest) < 0)
		return problemadd(p, "%s: cannot put the manifest in place:", plan->manifest);
	if (outcommit(archive) == 0)
		return 0;
	problemadd(p, "%s: cannot put the archive in place:", plan->out);
	if (renamed)
		unlink(plan->manifest);
	return -1;
}

int create(const struct plan *plan, struct problems *p)
{
	struct outfile archive = { .fd = -1 }, manifest = { .fd = -1 };
	struct tree t = { 0 };
	int ret = -1;

	treebuild(&t, plan, p);
	if (p->count == 0) {
		treeseal(&t);
		catchsignals();
		if (archivemake(plan, &t, &archive, p) == 0 &&
		    (!plan->manifest || manifestmake(plan->manifest, &t, &manifest, p) == 0))
			ret = commit(plan, &archive, &manifest, p);
	}
	doomed = NULL;
	outabort(&archive);
	outabort(&manifest);
	treefree(&t);
	return ret;
}
