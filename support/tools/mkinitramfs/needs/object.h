/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files of an image by their content. Each is read once. */
#ifndef MKINITRAMFS_OBJECT_H
#define MKINITRAMFS_OBJECT_H

#include "elf.h"
#include "fs/links.h"
#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/problem.h"
#include "shebang.h"

enum content {
	CONTENT_UNKNOWN, /* not available: held, or from an archive; or broken */
	CONTENT_SCRIPT,
	CONTENT_ELF,
	CONTENT_OTHER,
};

struct object {
	const struct node *node; /* the name by which it was first found */
	enum content content;
	struct elf elf;	       /* of an ELF file, else empty */
	struct shebang script; /* of a script, else empty */
	bool loaded;	       /* a program uses it as a library */
	struct strlist told;   /* names of libraries that were reported as missing */
};

/* Zero-initialise before use. */
struct objects {
	struct object **item; /* owned */
	size_t len;
	struct links seen; /* maps inodes to objects */
};

/*
 * Return the object of the regular file n; read it if it was not read before. Errors are added to
 * p.
 */
struct object *objectget(struct objects *all, const struct node *n, struct problems *p);

/* Return the object's name for messages: its path and its origin. Caller frees. */
char *objectname(const struct object *o);

void objectsfree(struct objects *all);

#endif
