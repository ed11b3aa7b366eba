/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of an image by what is in them, each read once. */
#ifndef MKINITRAMFS_OBJECT_H
#define MKINITRAMFS_OBJECT_H

#include "elf.h"
#include "fs/links.h"
#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"
#include "shebang.h"

enum content {
	CONTENT_UNKNOWN, /* not at hand: what is held, or from an archive; or it is broken */
	CONTENT_SCRIPT,
	CONTENT_ELF,
	CONTENT_OTHER,
};

struct object {
	const struct node *node; /* the name that it was first seen by */
	enum content content;
	struct elf elf;	       /* of an ELF file, else empty */
	struct shebang script; /* of a script, else empty */
	bool loaded;	       /* some program has it as a library */
	struct strlist told;   /* names of libraries that were said to be missing */
};

/* Zero-initialise before use. */
struct objects {
	struct object **item; /* owned */
	size_t len;
	struct links seen; /* from inodes to objects */
};

/* The object that the regular file n is, read if it was not; what is wrong with it goes to p. */
struct object *objectget(struct objects *all, const struct node *n, struct problems *p);

/* What messages name it by: its path and who brought it. The caller frees it. */
char *objectname(const struct object *o);

void objectsfree(struct objects *all);

#endif
