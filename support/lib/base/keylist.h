/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists that make writes for tools: one "KEY VALUE" a line. A key without a value is ignored, so
 * that make need not check for empty values. A table names the fields of a struct that the keys
 * fill.
 */
#ifndef BASE_KEYLIST_H
#define BASE_KEYLIST_H

#include <stdbool.h>
#include <stddef.h>

/* The type of a key's field. */
enum keyform {
	KEY_STRING,   /* char *; may be given only once */
	KEY_LIST,     /* struct strlist: each value is an item */
	KEY_WORDS,    /* struct strlist: each word is an item */
	KEY_DIGESTS,  /* struct strlist: each value is a sha256 */
	KEY_PAIRS,    /* struct pairs, of "NAME PATH" */
	KEY_SETTINGS, /* struct pairs, of "NAME VALUE" or "NAME" */
};

struct key {
	const char *name;
	enum keyform form;
	size_t offset; /* of the field in the struct */
};

/*
 * Store a line's value in the field of *into that the table gives for key. The table ends with a
 * NULL name. value is modified. *known is false if the table has no such key. Returns NULL, or an
 * error message.
 */
const char *keyput(const struct key *keys, void *into, const char *key, char *value, bool *known);

/* Free the fields of *of that the table names. */
void keysfree(const struct key *keys, void *of);

/*
 * Read the file at path and call put with each key and its value. put may modify the value; it
 * returns NULL, or an error message. Returns 0, or -1 with *why set (caller frees), which names the
 * file and line.
 */
int keylistread(const char *path, const char *(*put)(void *context, const char *key, char *value),
		void *context, char **why);

/* Do the same for text, which is modified and may be NULL. path is its name in messages. */
int keylistparse(const char *path, char *text,
		 const char *(*put)(void *context, const char *key, char *value), void *context,
		 char **why);

#endif
