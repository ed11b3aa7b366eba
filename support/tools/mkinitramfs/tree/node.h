/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tree: the root filesystem that is being assembled. As in a real one, names (nodes) refer to
 * objects (inodes). Two names of one inode are hard links.
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
	uint32_t mode;		 /* type and permissions, as in st_mode */
	uint32_t uid, gid;	 /* owner */
	uint32_t rmajor, rminor; /* device number of a char or block device */
	uint64_t size;		 /* bytes of a file's content */
	char *source;		 /* file: path of its content on the host, owned */
	char *target;		 /* slink: its target, owned */
	char *capabilities;	 /* file: as capability.h parses them, owned; or NULL */
	char digest[DIGESTHEX];	 /* file: sha256 of its content; "" until it is computed */
	uint32_t number;	 /* inode number in its archive, from 1; set by archivewrite */
	uint32_t heldlinks;	 /* number of its names in the base manifest (basemanifest.h) */
	/* set by treeseal: */
	uint32_t nlink;		   /* number of names; 0 if all were replaced */
	struct node *first, *last; /* the list of its names */
	struct inode *next;	   /* next in the tree's list of all inodes */
};

struct node {
	char *path;	     /* without a leading slash; "" is the root; owned */
	struct inode *inode; /* the object of the name */
	const char *who;     /* the layer that it comes from, borrowed */
	char *where;	     /* FILE:LINE that it comes from, or NULL; owned */
	unsigned table;	     /* number of the table with a line for it, 0 for none */
	unsigned part;	     /* the archive that it belongs to, see parts.h */
	bool held; /* it exists already, according to the base manifest, and is not packed */
	struct node *chain; /* next in the hash bucket */
};

/* Zero-initialise before use. */
struct tree {
	struct node **node; /* all nodes; sorted by the bytes of their paths after treeseal */
	size_t len, cap;    /* nodes in use; nodes allocated */
	struct node **bucket;
	size_t nbucket;
	struct inode *inodes; /* all inodes, the newest first */
	struct strlist names; /* names of layers that the tree owns, for the nodes' who */
};

/* Create an inode with that mode and all other fields zero. The tree owns it. */
struct inode *inodenew(struct tree *t, uint32_t mode);

/* Return the node at path, or NULL. */
struct node *nodeget(const struct tree *t, const char *path);

/* Return the node at path. If there is none, create it with all fields but path zero. */
struct node *nodeput(struct tree *t, const char *path);

/* Return whether any node is below path. Slow: it looks at all nodes. */
bool treebelow(const struct tree *t, const char *path);

/* Sort the nodes and count links. No node may be added afterwards. */
void treeseal(struct tree *t);

void nodesfree(struct tree *t);

/* Return the name of the type in mode, as in tables: "file", "dir", "slink", "char", "block" ... */
const char *typename(uint32_t mode);

/* Check that an archive can contain path. Returns NULL, or an error message without a full stop. */
const char *pathreason(const char *path);

#endif
