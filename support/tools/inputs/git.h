/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What git says of a directory that is built. A build may ask it for its version, as the kernel's
 * scripts/setlocalversion does and what calls 'git describe': that has to be known beforehand.
 */
#ifndef INPUTS_GIT_H
#define INPUTS_GIT_H

#include "base/buf.h"
#include "index.h"

/*
 * Digest of what a build in the tree at top can hear of git: for each of repos, the directories in
 * it that have a .git, the commit and the branch of HEAD, the tags, and whether tracked files
 * differ from the commit. git is asked with the environment that a step has: it may refuse there
 * what the user allowed, and what it refuses counts as that. content is a digest of all that is in
 * the tree less .git.
 */
void gitdigest(struct index *x, const char *top, const struct strlist *repos,
	       const char content[DIGESTHEX], char hex[DIGESTHEX]);

#endif
