/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The directory that becomes an archive. Functions return 0, or -1 with *why set (caller frees);
 * none prints.
 */
#ifndef REPRO_STAGE_H
#define REPRO_STAGE_H

#include "base/buf.h"
#include "base/digest.h"

/* Name of the directory in the archive. */
#define STAGE_TOP "repro"

struct stage {
	char *base; /* temporary directory; NULL: none; owned */
	char *top;  /* STAGE_TOP in it; owned */
};

/* Create it beside the file at path. */
int stageopen(struct stage *s, const char *path, char **why);

/* Append the file at from to the file name; hex becomes the digest of what was read. */
int stagefile(struct stage *s, const char *name, const char *from, char hex[DIGESTHEX], char **why);

/* Write the file name; mode is 0644 or 0755. */
int stagetext(struct stage *s, const char *name, const char *text, unsigned mode, char **why);

/* Write the digests of all files to the file name, as sha256sum does. */
int stagesums(struct stage *s, const char *name, char **why);

/* Pack it into the file at path: all times are epoch, seconds since 1970. */
int stagepack(struct stage *s, const char *path, long epoch, char **why);

/* Remove it. */
void stageclose(struct stage *s);

#endif
