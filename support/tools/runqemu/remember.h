/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is kept of a run in the directory of --remember, from which the tool repro makes an archive
 * (docs/repro.md): its texts, the layer of its initramfs, the state of the files that it booted,
 * and a command line for QEMU that boots copies of them. run.json is written last: a run without it
 * was not completed.
 */
#ifndef RUNQEMU_REMEMBER_H
#define RUNQEMU_REMEMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "launch.h"
#include "result.h"
#include "textcopy.h"

#define REMEMBER_FILES 5 /* most files that a guest boots */

/* Zero-initialise before use. */
struct remember {
	const char *dir;	  /* NULL: nothing is kept */
	struct textcopy texts[2]; /* copies of the console and the output */
	const char *names[REMEMBER_FILES];
	char *paths[REMEMBER_FILES];  /* absolute, owned */
	char *states[REMEMBER_FILES]; /* filestate.h; NULL: it is no regular file; owned */
	size_t files;
	bool layer;   /* there is a layer */
	long started; /* seconds since 1970 */
};

/* Remove what an earlier run left in dir. Returns 0, or -1 with errno. */
int rememberfresh(const char *dir);

/*
 * Begin, if l's options say so and its directory is not busy: the state of the files that it
 * boots is noted, and spec gets copies of the texts. A run does not fail if this does: it is
 * printed, and nothing is kept.
 */
void rememberbegin(struct remember *r, struct guestspec *spec, const struct launch *l, bool busy);

/* The guest has ended: write its record, and all that boots it again. Prints what failed. */
void rememberend(struct remember *r, const struct launch *l, const struct result *record,
		 const struct guestspec *spec);

#endif
