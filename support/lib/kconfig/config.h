/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A configuration: the settings of a .config file or of fragments of one. */
#ifndef KCONFIG_CONFIG_H
#define KCONFIG_CONFIG_H

#include <stddef.h>

#include "base/buf.h"
#include "base/namemap.h"

/* What one line of a .config file or a fragment sets. */
struct configline {
	const char *name;  /* its symbol without CONFIG_, len bytes; NULL: it sets nothing */
	const char *value; /* as written, a string with its quotes; "n" for "is not set" */
	size_t len;
};

/*
 * Read one line, which loses blanks at its end; *l points into it. Returns what is wrong with it,
 * NULL if nothing is. A value that is no string is of letters, digits and '-', or empty.
 */
const char *configline(struct configline *l, char *line);

struct setting {
	char *name;	  /* without CONFIG_; owned */
	char *value;	  /* as written, strings with their quotes; "n" for "is not set"; owned */
	const char *file; /* where it was made: the path given to configread, not owned */
	unsigned line;
	int gone; /* nonzero: a later setting of the symbol took its place */
};

/* Zero-initialise before use. */
struct config {
	struct setting **setting; /* in the order they were made; owned */
	size_t len, cap;
	struct table byname; /* of the settings that are not gone */
};

/*
 * Apply the settings in the file at path, which must outlive c: a later one replaces an earlier
 * one of the same symbol, and goes to the end. Returns 0; -1 if the file cannot be read or has
 * malformed lines: then lines "FILE:LINE: what is wrong" are added to errors.
 */
int configread(struct config *c, const char *path, struct buf *errors);

/*
 * The same for text, which is cut up and may be NULL; path is what it is called. Where errors is
 * NULL, malformed lines are passed over.
 */
int configparse(struct config *c, const char *path, char *text, struct buf *errors);

/* Apply one more setting: copies of name and value; file as in struct setting. */
void configadd(struct config *c, const char *name, const char *value, const char *file,
	       unsigned line);

/* The setting of the symbol name, NULL if there is none. */
const struct setting *configget(const struct config *c, const char *name);

void configfree(struct config *c);

/* Append "CONFIG_NAME=value", or "# CONFIG_NAME is not set" where value is "n"; no newline. */
void settingprint(struct buf *out, const char *name, const char *value);

/* Nonzero if value is y, m or n. */
int isbool(const char *value);

#endif
