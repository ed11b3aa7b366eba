/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The functions at a place of code: one, and those that are inlined into it there. */
#ifndef OOPS_FRAMES_H
#define OOPS_FRAMES_H

#include <stdbool.h>
#include <stddef.h>

/* A function at a place of code. Texts are owned by the list that it is in. */
struct frame {
	char *function;
	char *path;   /* of the source file, as the build named it, without ".."; NULL: not known */
	int line;     /* from 1 on; 0: not known */
	bool inlined; /* into the next frame of the list */
};

/* Zero-initialise before use. The innermost function is first. */
struct frames {
	struct frame *item;
	size_t len;
	bool unsure; /* the name and the size are those of several functions: this is one of them */
};

/* Append a frame, with copies of the texts; path may be NULL. */
void framesadd(struct frames *f, const char *function, const char *path, int line);

/* Free what is in it; it is empty and usable afterwards. */
void framesfree(struct frames *f);

#endif
