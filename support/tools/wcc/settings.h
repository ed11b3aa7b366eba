/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the environment tells the wrapper. */
#ifndef WCC_SETTINGS_H
#define WCC_SETTINGS_H

#include <stdbool.h>

#include "prefixmap.h"

struct settings {
	const char *gcc;      /* WCC_GCC: the real compiler, a name for PATH or a path */
	const char *sysroot;  /* WCC_SYSROOT or SYSROOT: absolute; may be NULL in kernel mode */
	const char *probes;   /* WCC_PROBES: where probes are kept; NULL: nowhere. See probe.h */
	const char *compiler; /* WCC_COMPILER: what tells this compiler from another one, or "" */
	bool kernel;	      /* WCC_MODE=kernel: only map paths */
	bool dynamic;	      /* WCC_LINK=dynamic: link programs as gcc would by itself */
	bool show;	      /* WCC_SHOW: print the command, do not run it */
	struct places places; /* WCC_SRC or SRC, and so on; WCC_NAME */
};

/* Read them. Returns 0, or -1 with *why (caller frees) telling which variable is wrong. */
int settingsread(struct settings *s, char **why);
void settingsfree(struct settings *s);

/* Drop from the environment what would change gcc's search paths and output behind our back. */
void environmentclean(void);

#endif
