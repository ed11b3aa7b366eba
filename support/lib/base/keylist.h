/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists that make writes for tools: a line "KEY VALUE" each. A key without a value is as none, so
 * that make need not look. The fields of a struct that keys fill are named in a table.
 */
#ifndef BASE_KEYLIST_H
#define BASE_KEYLIST_H

#include <stdbool.h>
#include <stddef.h>

/* What the field of a key is. */
enum keyform {
	KEY_STRING,   /* char *, to be given once */
	KEY_LIST,     /* struct strlist: each value is an item */
	KEY_WORDS,    /* struct strlist: each word is an item */
	KEY_DIGESTS,  /* struct strlist: each value is a sha256 */
	KEY_PAIRS,    /* struct pairs, of "NAME PATH" */
	KEY_SETTINGS, /* struct pairs, of "NAME VALUE" or "NAME" */
};

struct key {
	const char *name;
	enum keyform form;
	size_t offset; /* of the field */
};

/*
 * Put a line's value into the field of that key of *into, by a table that ends with a NULL name;
 * value is changed. Returns what is wrong with it, NULL if nothing is; *known is 0 if the table
 * has no such key.
 */
const char *keyput(const struct key *keys, void *into, const char *key, char *value, bool *known);

/* Free the fields of *of that the table names. */
void keysfree(const struct key *keys, void *of);

/*
 * Read the file at path and call put with each key and its value, which put may change; it returns
 * what is wrong, or NULL. 0, or -1 with *why (caller frees), which names file and line.
 */
int keylistread(const char *path, const char *(*put)(void *context, const char *key, char *value),
		void *context, char **why);

/* The same for text, which is cut up and may be NULL; path is what it is called. */
int keylistparse(const char *path, char *text,
		 const char *(*put)(void *context, const char *key, char *value), void *context,
		 char **why);

#endif
