// SPDX-License-Identifier: GPL-2.0-or-later
#include "create.h"

#include <stdlib.h>

#include "assemble.h"
#include "cleanup.h"
#include "fs/file.h"
#include "layer.h"
#include "manifest.h"
#include "mkinitramfs/needs/needs.h"
#include "mkinitramfs/tree/basemanifest.h"
#include "parts.h"
#include "table.h"
#include "tarball.h"

/* Merge all layers, then the overlays and tables. */
static void treebuild(struct tree *t, const struct plan *plan, struct problems *p)
{
	if (plan->over)
		basemanifestread(t, plan->over, p);
	for (size_t i = 0; i < plan->nlayer; i++) {
		const struct layer *l = &plan->layer[i];
		struct scan s = { .from = { .rank = RANK_LAYER, .who = l->name }, .prefix = "" };

		s.checkout = l->kind == KIND_SKELETON;
		if (l->kind == KIND_LAYER || l->kind == KIND_SKELETON)
			layerscan(t, &s, l->path, p);
	}
	for (size_t i = 0; i < plan->nlayer; i++) {
		const struct layer *l = &plan->layer[i];
		struct scan s = { .from = { .rank = RANK_OVERLAY, .who = l->name },
				  .prefix = "",
				  .checkout = true };

		if (l->kind == KIND_OVERLAY)
			layerscan(t, &s, l->path, p);
		else if (l->kind == KIND_TABLE)
			tableread(t, l->name, (unsigned)i + 1, l->path, p);
	}
	if (p->count == 0)
		mergeparents(t, plan->makeparents, p);
}

/* Write the manifest under a temporary name, unless the existing one has the same content. */
static int manifestmake(const char *path, const struct tree *t, struct outfile *o,
			struct problems *p)
{
	struct buf now = { 0 };
	int ret = 0;

	manifestformat(t, &now);
	if (!fileholds(path, now.data, now.len)) {
		if (outopen(o, path, 0666) < 0)
			ret = problemadd(p, "%s: cannot create:", path);
		else if (writeall(o->fd, now.data, now.len) < 0)
			ret = problemadd(p, "%s: cannot write:", path);
	}
	buffree(&now);
	return ret;
}

/* The output files. */
struct outputs {
	struct outfile archive;
	struct outfile plain;	 /* the uncompressed archive; not open if not requested */
	struct outfile tar;	 /* not open if not requested */
	struct outfile manifest; /* not open if it is up to date */
};

/* Write the tar archive under a temporary name. */
static int tarmake(const struct plan *plan, const struct tree *t, struct outfile *o,
		   struct problems *p)
{
	int ret;

	cleanuphold();
	ret = outopen(o, plan->tar, 0666);
	if (ret < 0)
		problemadd(p, "%s: cannot create:", plan->tar);
	else
		cleanupadd(o->temp);
	cleanupresume();
	return ret < 0 ? ret : tarball(t, plan->mtime, o, p);
}

/* Rename one file to its final name. */
static int nameone(struct outfile *o, struct problems *p)
{
	char *path = xstrdup(o->path);
	int ret = outcommit(o);

	if (ret < 0)
		problemadd(p, "%s: cannot put it in place:", path);
	free(path);
	return ret;
}

/*
 * Rename all files to their final names, the archive last. On an error, remove those that were
 * renamed.
 */
static int commit(const struct plan *plan, struct outputs *o, struct problems *p)
{
	bool manifest = o->manifest.temp, plain = o->plain.temp, tar = o->tar.temp;

	cleanupclear();
	if (manifest && nameone(&o->manifest, p) < 0)
		return -1;
	if ((!plain || nameone(&o->plain, p) == 0) && (!tar || nameone(&o->tar, p) == 0) &&
	    nameone(&o->archive, p) == 0)
		return 0;
	if (manifest)
		outremove(plan->manifest);
	if (plain)
		outremove(plan->plain);
	if (tar)
		outremove(plan->tar);
	return -1;
}

/* A cpio archive holds no capabilities: without a tar archive they would be lost. */
static void capabilitiescheck(const struct plan *plan, const struct tree *t, struct problems *p)
{
	for (size_t i = 0; !plan->tar && i < t->len; i++) {
		const struct node *n = t->node[i];

		if (n->inode->capabilities && !n->held)
			problemadd(p,
				   "/%s has capabilities, which an initramfs cannot hold: choose "
				   "an image of another format, or make it set-user-id",
				   n->path);
	}
}

int create(const struct plan *plan, struct problems *p)
{
	struct outputs o = { { .fd = -1 }, { .fd = -1 }, { .fd = -1 }, { .fd = -1 } };
	struct tree t = { 0 };
	int ret = -1;

	treebuild(&t, plan, p);
	if (p->count == 0) {
		treeseal(&t);
		partsassign(&t, &plan->apart);
		capabilitiescheck(plan, &t, p);
		if (plan->checkneeds)
			needscheck(&t, &plan->append, plan->target.class ? &plan->target : NULL, p);
		if (p->count == 0 && pack(plan, &t, &o.archive, &o.plain, p) == 0 &&
		    (!plan->tar || tarmake(plan, &t, &o.tar, p) == 0) &&
		    (!plan->manifest || manifestmake(plan->manifest, &t, &o.manifest, p) == 0))
			ret = commit(plan, &o, p);
	}
	cleanupclear();
	outabort(&o.archive);
	outabort(&o.plain);
	outabort(&o.tar);
	outabort(&o.manifest);
	nodesfree(&t);
	return ret;
}
