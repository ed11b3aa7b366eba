/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel images that are given, and what they are for an architecture. */
#ifndef RUNQEMU_KERNELS_H
#define RUNQEMU_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

#include "arch/arch.h"
#include "fs/map.h"
#include "kernelimage.h"

struct kernelfile {
	const char *path;
	struct map map;
	struct kernelhead head;
};

/* Zero-initialise before use. */
struct kernelfiles {
	struct kernelfile *item;
	size_t len;
};

/* The images to boot by kind, as machine.NAME.kernel of a description has them; NULL: not given. */
struct kernels {
	const char *image; /* path of the file that the kernel's make builds for booting */
	const char *pvh;   /* path of a vmlinux with a PVH entry */
	const char *elf;   /* path of a vmlinux without one */
};

/* Add the file at path, which must live as long as all. Returns NULL, or an error (caller frees).
 */
char *kernelfileadd(struct kernelfiles *all, const char *path);

/*
 * Whether f is an image for a. If a description says nothing about its image's bytes, any file
 * that is not of a known kind is one: only if unsure is set.
 */
bool kernelfits(const struct kernelfile *f, const struct arch *a, bool unsure);

/* Set the path of k for files of f's kind to that of f. */
void kernelput(struct kernels *k, const struct kernelfile *f);

/* Return those of the files that are images for a; the last one of a kind counts. */
struct kernels kernelsof(const struct kernelfiles *all, const struct arch *a);

/* Return the file of k that m boots best; NULL: none. */
const char *kernelfor(const struct kernels *k, const struct archmachine *m);

/* Return the memory, in bytes, that the image at path needs at least; 0: not known. */
unsigned long long kernelmemory(const struct arch *a, const char *path);

void kernelfilesfree(struct kernelfiles *all);

#endif
