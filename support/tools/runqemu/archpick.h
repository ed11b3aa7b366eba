/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The architecture of the guest: as it is named, or as the kernel and its configuration tell. */
#ifndef RUNQEMU_ARCHPICK_H
#define RUNQEMU_ARCHPICK_H

#include "arch/arch.h"
#include "ikconfig.h"
#include "kernels.h"

/* What to choose from. */
struct archpick {
	struct archs *all;		 /* the descriptions */
	const char *wish;		 /* a name, or a file with a description; NULL: none */
	const struct kernelfiles *files; /* the kernel images; at least one */
	bool any; /* not all images need to be for the architecture, but one: it is a directory */
	struct ikconfig *config; /* their configuration; searched for in them if not known */
	const char *configpath;	 /* its file, for messages; NULL: it is in the kernel */
};

/*
 * Set *a to the architecture. Returns NULL, or the reason why there is none (caller frees). If
 * several architectures have such a kernel and nothing tells them apart, it is one of 64 bits.
 */
char *archpick(const struct arch **a, const struct archpick *p);

#endif
