/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The places of code that a line of the kernel names: "func+0x12/0x34", "func+0x12/0x34 [module]",
 * and addresses alone, in the forms of all architectures.
 */
#ifndef OOPS_CODE_H
#define OOPS_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place of code. Texts are copies, cut if they are too long to be true. */
struct code {
	char name[256];	      /* function; "": only the address is known */
	uint64_t offset;      /* bytes from its beginning */
	uint64_t size;	      /* of the function, as the kernel counts it */
	char module[64];      /* "": the kernel itself */
	char buildid[48];     /* the module's, in hexadecimal; "": not told */
	uint64_t address;     /* where it was in the guest; 0: not told */
	bool exact;	      /* the instruction itself; if not, what a call returns to */
	bool guess;	      /* the kernel marks it as doubtful ("? ") */
	const char *at, *end; /* the text, in the line */
};

/*
 * Find the next place of code from *next on in a line, which is a C string from line on; *next is
 * at first its beginning. Returns whether there is one.
 */
bool codenext(const char *line, const char **next, struct code *c);

/* Whether the line is one of a stack that the kernel marks as doubtful. */
bool codedoubtful(const char *line);

#endif
