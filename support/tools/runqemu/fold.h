/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Marks for the web page of a CI system, on standard error: sections of the log that it folds, and
 * failures. What a guest prints is kept from being taken for such marks, as far as the CI system
 * can do so.
 */
#ifndef RUNQEMU_FOLD_H
#define RUNQEMU_FOLD_H

#include <stdbool.h>

enum foldkind { FOLD_NONE, FOLD_GITHUB, FOLD_GITLAB };

/* Zero-initialise before use, and set kind. */
struct fold {
	enum foldkind kind;
	char name[40];	/* of the open section, for GitLab */
	char token[40]; /* GitHub ignores marks until it reads this; empty: it does not */
};

/* Begin a section; what follows is not our text. */
void foldbegin(struct fold *f, const char *title);
void foldend(struct fold *f);

/* From here on, up to foldours, text may be that of a guest. */
void foldguests(struct fold *f);
void foldours(struct fold *f);

/* Mark a failure of a test. */
void foldfailure(const struct fold *f, const char *title, const char *text);

#endif
