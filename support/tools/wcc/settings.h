/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The settings of the wrapper, from the environment. */
#ifndef WCC_SETTINGS_H
#define WCC_SETTINGS_H

#include <stdbool.h>

#include "base/buf.h"
#include "prefixmap.h"

struct settings {
	const char *gcc;      /* WCC_GCC: the real compiler, a name for PATH or a path */
	const char *sysroot;  /* WCC_SYSROOT or SYSROOT: absolute; may be NULL in kernel mode */
	const char *probes;   /* WCC_PROBES: the directory of the probe cache; NULL: no cache. See
				 probe.h */
	const char *compiler; /* WCC_COMPILER: text that identifies the compiler, or "" */
	const char *triplet;  /* WCC_TRIPLET: what -dumpmachine answers; NULL: gcc's, with musl for
				 gnu */
	const char *loader; /* WCC_LOADER: the dynamic loader, a file in /lib; NULL: gcc's choice */
	const char *libgcc; /* WCC_LIBGCC: libgcc.a for a gcc that has none for musl; NULL: gcc's */
	struct strlist flags; /* WCC_FLAGS: options for every compilation and link of the target */
	bool kernel;	      /* WCC_MODE=kernel: only map paths */
	bool dynamic;	      /* WCC_LINK=dynamic: link programs dynamically, gcc's default */
	bool show;	      /* WCC_SHOW: print the command instead of running it */
	struct places places; /* WCC_SRC or SRC, and so on; WCC_NAME */
};

/*
 * Read the settings. Returns 0, or -1 with *why set (caller frees), which names the wrong variable.
 */
int settingsread(struct settings *s, char **why);
void settingsfree(struct settings *s);

/* Remove the environment variables that change gcc's search paths and output. */
void environmentclean(void);

#endif
