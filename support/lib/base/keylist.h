/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists that make writes for tools: one "KEY VALUE" a line. A key without a value is ignored, so
 * that make need not check for empty values. A table names the fields of a struct that the keys
 * fill. A line "package NAME" starts a package; the lines below it may have keys of packages.
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

/* The keys of a list. Tables end with a NULL name. */
struct keylist {
	const struct key *whole; /* keys of *into */
	void *into;
	const struct key *each; /* keys of a package; NULL if the list has no packages */
	/* Add a package to into. Returns its struct, or NULL if there is one of that name. */
	void *(*begin)(void *into, const char *name);
};

/*
 * Store a line's value in the field of *into that the table gives for key. The table ends with a
 * NULL name. value is modified. Returns whether the table has the key; *bad is set to an error
 * message if the value is wrong.
 */
bool keyput(const struct key *keys, void *into, const char *key, char *value, const char **bad);

/* Free the fields of *of that the table names. */
void keysfree(const struct key *keys, void *of);

/*
 * Read the file at path into the fields. Returns 0, or -1 with *why set (caller frees), which names
 * the file and line. The fields that were filled are to be freed in both cases.
 */
int keylistread(const struct keylist *l, const char *path, char **why);

/* Do the same for text, which is modified and may be NULL. path is its name in messages. */
int keylistparse(const struct keylist *l, const char *path, char *text, char **why);

#endif
