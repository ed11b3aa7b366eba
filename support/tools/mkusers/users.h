/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Users and groups, from lines 'NAME UID GROUP GID HOME SHELL [COMMENT]' or '- - GROUP GID'
 * (docs/mkusers.md), for the files of passwd(5), group(5) and shadow(5).
 */
#ifndef MKUSERS_USERS_H
#define MKUSERS_USERS_H

#include <stddef.h>

#include "base/buf.h"

/* A name with its number and origin. */
struct identity {
	char *name;	  /* owned */
	unsigned long id; /* uid or gid */
	char *rest;	  /* the rest of its line in passwd; "" for a group; owned */
	char *from;	  /* FILE:LINE, owned */
};

/* In order of definition. Zero-initialise before use. */
struct identities {
	struct identity *item; /* owned */
	size_t len;
};

struct users {
	struct identities user, group;
	struct strlist errors; /* messages */
};

/* Add the lines of text from file (for messages). Errors are added to u->errors. */
void usersadd(struct users *u, const char *file, const char *text);
/*
 * Append the text of the file passwd, group or shadow (which) to out. The user name has the
 * password hash; no other user can log in by password.
 */
void userswrite(const struct users *u, const char *which, const char *name, const char *hash,
		struct buf *out);
void usersfree(struct users *u);

#endif
