/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The root filesystem under computation: names (nodes) for objects (inodes), as a real one
 * has them. Two names of one inode are hard links.
 */
#ifndef MKINITRAMFS_NODE_H
#define MKINITRAMFS_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"

#define SIZE_LIMIT UINT32_MAX /* bytes in a file: a cpio header has 32 bits for it */

struct inode {
	uint32_t mode;		 /* type and permissions, as st_mode */
	uint32_t uid, gid;	 /* owner */
	uint32_t rmajor, rminor; /* device number of a char or block device */
	uint64_t size;		 /* bytes of a file's content */
	char *source;		 /* file: where its content is on the host, owned */
	char *target;		 /* slink: what it points to, owned */
	char digest[DIGESTHEX];	 /* file: sha256 of its content once known, "" before */
	uint32_t number;	 /* in its archive, from 1; set by archivewrite */
	uint32_t heldlinks;	 /* names that a manifest gives it (over.h) */
	/* these are set by treeseal: */
	uint32_t nlink;		   /* names that it has; 0 when it lost them all */
	struct node *first, *last; /* of these names */
	struct inode *next;	   /* the tree's list of all inodes */
};

struct node {
	char *path;	     /* without a leading slash; "" is the root; owned */
	struct inode *inode; /* what the name stands for */
	const char *who;     /* the layer that brought it, borrowed */
	char *where;	     /* FILE:LINE that brought it, or NULL; owned */
	unsigned table;	     /* number of the table that names it in a line, 0 for none */
	unsigned part;	     /* the archive it goes to, as parts.h has it */
	bool held;	     /* it is there already: known by a manifest, and not to be packed */
	struct node *chain;  /* next in the hash bucket */
};

/* Zero-initialise before use. */
struct tree {
	struct node **node; /* all of them; sorted by path bytes once sealed */
	size_t len, cap;    /* nodes in use, and allocated */
	struct node **bucket;
	size_t nbucket;
	struct inode *inodes; /* all of them, last made first */
	struct strlist names; /* of layers, for nodes whose who is not borrowed from elsewhere */
};

/* A new inode of that mode, all else zero; the tree owns it. */
struct inode *inodenew(struct tree *t, uint32_t mode);

/* The node at path, or NULL. */
struct node *nodeget(const struct tree *t, const char *path);

/* The node at path, made (with all fields but path zero) if there is none. */
struct node *nodeput(struct tree *t, const char *path);

/* Whether any node lies below path. Looks at all nodes: for rare questions. */
bool treebelow(const struct tree *t, const char *path);

/* Sort and count links. Nothing may be added after it. */
void treeseal(struct tree *t);

void nodesfree(struct tree *t);

/* The table's word for the type in mode: "file", "dir", "slink", "char", "block" ... */
const char *typename(uint32_t mode);

/* Why a path cannot be in an archive, as text without a full stop; NULL if it can. */
const char *pathreason(const char *path);

#endif
