/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is made of the sources that changed, by kbuild's records. */
#ifndef REPLAY_AFFECTED_H
#define REPLAY_AFFECTED_H

#include "decide.h"

/*
 * Fill p's lists with the targets that are made of k->changed, of what the last run left undone,
 * and of each other; or set p->reason if something is made of them in a way that replay does not
 * know. k->commands, k->base and k->makes are set.
 */
void affectedfind(const struct known *k, struct plan *p);

#endif
