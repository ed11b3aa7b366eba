/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The git state of a directory that is built. A build may ask git for its version, as the kernel's
 * scripts/setlocalversion and callers of 'git describe' do. So the state is an input of the build.
 */
#ifndef INPUTS_GIT_H
#define INPUTS_GIT_H

#include "base/buf.h"
#include "index.h"

/*
 * Compute a digest of the git state that a build in the tree at top can see. For each of repos, the
 * directories in the tree with a .git: the commit and the branch of HEAD, the tags, and whether
 * tracked files differ from the commit. git runs with the environment of a step: it may reject a
 * repository there that the user's configuration allows; the rejection is then the state. content
 * is a digest of the whole tree without .git.
 */
void gitdigest(struct index *x, const char *top, const struct strlist *repos,
	       const char content[DIGESTHEX], char hex[DIGESTHEX]);

#endif
