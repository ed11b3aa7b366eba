/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Digests of what is made of files and trees. There is one for each use of a tree, and it changes
 * just when what that use makes of the tree may: see layer.c of mkinitramfs, and what a build can
 * read. No .git counts, at whatever depth: what a build reads of it has a digest of its own
 * (git.h).
 */
#ifndef INPUTS_CONTENT_H
#define INPUTS_CONTENT_H

#include "index.h"

/*
 * Of what is packed: of a file, its content; of a directory, the sorted list of all below it:
 * relative name, kind, the owner's x bit, content, target of a link, number of a device, other
 * names of the same file. Returns 0, or -1 with errno; *where (if not NULL) then names the file in
 * trouble (caller frees).
 */
int contentdigest(struct index *x, const char *path, char hex[DIGESTHEX], char **where);

/* The same of something that need not be there, or be a file or directory: that counts as such. */
int contentany(struct index *x, const char *path, char hex[DIGESTHEX], char **where);

/* Of what is built. */
struct sources {
	char hex[DIGESTHEX]; /* as contentdigest, with all bits of modes, and with what links lead
			      * to outside of the tree (outside.h) */
	char configs[DIGESTHEX]; /* of just those files of a directory that decide on its
				  * configuration, where it is one of kbuild's: Kconfig*,
				  * *_defconfig, *.config, the Makefile at the top, scripts; "" of a
				  * file */
	char git[DIGESTHEX];	 /* what git says of it (git.h); "" where there is no .git */
};

/* except is not looked at where links lead to it (outside.h). Returns as contentdigest. */
int sourcesdigest(struct index *x, const char *path, const char *except, struct sources *s,
		  char **where);

#endif
