/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The descriptions in support/arch, which support/make/tools.mk makes a source of. */
#ifndef ARCH_ARCHTEXTS_H
#define ARCH_ARCHTEXTS_H

struct archtext {
	const char *file; /* the name of the file, without its directory */
	const char *text;
};

/* Sorted by name; the last one has a file of NULL. */
extern const struct archtext archtexts[];

#endif
