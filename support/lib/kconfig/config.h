/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A configuration: the settings of a .config file or of configuration fragments. */
#ifndef KCONFIG_CONFIG_H
#define KCONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/namemap.h"

/* The setting in one line of a .config file or a fragment. */
struct configline {
	const char *name;  /* symbol without CONFIG_, len bytes; NULL: the line has no setting */
	const char *value; /* as written, strings with quotes; "n" for "is not set" */
	size_t len;
};

/*
 * Parse one line. Blanks at its end are removed, and *l points into it. A value without quotes
 * consists of letters, digits and '-', or is empty. Returns NULL, or an error message.
 */
const char *configline(struct configline *l, char *line);

struct setting {
	char *name;	  /* without CONFIG_; owned */
	char *value;	  /* as written, strings with quotes; "n" for "is not set"; owned */
	const char *file; /* its file: the path given to configread; not owned */
	unsigned line;
	bool gone;    /* overridden by a later setting of the symbol */
	bool ifknown; /* only for trees that have the symbol: "# kmerge: if known" stands above it
		       */
};

/* Zero-initialise before use. */
struct config {
	struct setting **setting; /* in order of appearance; owned */
	size_t len, cap;
	struct table byname; /* the settings that are not gone, by symbol */
};

/*
 * Add the settings of the file at path, which must outlive c. A later setting of a symbol overrides
 * an earlier one and goes to the end. A comment "# kmerge: if known" applies to the next line.
 * Returns 0, or -1 if the file cannot be read or has malformed lines; then a line "FILE:LINE:
 * message" is appended to errors for each.
 */
int configread(struct config *c, const char *path, struct buf *errors);

/*
 * Do the same for text, which is modified and may be NULL. path is its name in messages. If errors
 * is NULL, malformed lines are ignored.
 */
int configparse(struct config *c, const char *path, char *text, struct buf *errors);

/* Add one setting. name and value are copied; file is as in struct setting. */
void configadd(struct config *c, const char *name, const char *value, const char *file,
	       unsigned line);

/* Return the setting of the symbol name, or NULL if there is none. */
const struct setting *configget(const struct config *c, const char *name);

void configfree(struct config *c);

/* Append "CONFIG_NAME=value", or "# CONFIG_NAME is not set" if value is "n", without a newline. */
void settingprint(struct buf *out, const char *name, const char *value);

/* Return whether value is y, m or n. */
bool isbool(const char *value);

#endif
