/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Users and groups, from lines 'NAME UID GROUP GID HOME SHELL [COMMENT]' or '- - GROUP GID'
 * (docs/mkusers.md), to the files of passwd(5), group(5) and shadow(5).
 */
#ifndef MKUSERS_USERS_H
#define MKUSERS_USERS_H

#include <stddef.h>

#include "base/buf.h"

/* A name with its number, and who brought it. */
struct identity {
	char *name;	  /* owned */
	unsigned long id; /* uid or gid */
	char *rest; /* what else stands in its line of passwd, as it stands there; owned; "" for a
		       group */
	char *from; /* FILE:LINE, owned */
};

/* In the order in which they came. Zero-initialise before use. */
struct identities {
	struct identity *item; /* owned */
	size_t len;
};

struct users {
	struct identities user, group;
	struct strlist errors; /* what was wrong, a message each */
};

/* Add the lines of text, which came from file; file is for messages. Errors are noted in u. */
void usersadd(struct users *u, const char *file, const char *text);
/* The file passwd, group or shadow (which: "passwd" ...) as text, appended to out. hash is that of
 * the user called name; all others have none that fits. */
void userswrite(const struct users *u, const char *which, const char *name, const char *hash,
		struct buf *out);
void usersfree(struct users *u);

#endif
