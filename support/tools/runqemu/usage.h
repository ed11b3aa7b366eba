/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What runqemu --help prints. */
#ifndef RUNQEMU_USAGE_H
#define RUNQEMU_USAGE_H

#include "arch/arch.h"

/* Return the text, with the names of these architectures and of their machines. Caller frees. */
char *usageget(const struct archs *all);

#endif
