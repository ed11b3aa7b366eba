/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Run another program and take what it writes, in bounded time. */
#ifndef FS_CAPTURE_H
#define FS_CAPTURE_H

#include "base/buf.h"

enum {
	CAPTURE_FILE = 3, /* the descriptor that the program has capture.file as */
};

/*
 * What to run. The program has no terminal: it cannot ask for anything. It is found by PATH. The
 * strings belong to the caller.
 */
struct capture {
	char **argv; /* its arguments, argv[0] being its name; NULL-terminated */
	char **env;  /* its environment; NULL-terminated */
	int in;	     /* its standard input; -1: /dev/null */
	int file;    /* its descriptor CAPTURE_FILE; -1: none */
	int wait;    /* milliseconds after which it is killed */
};

/*
 * Run it. Append at most 1 MiB of its standard output to out, and of its standard error to err
 * (NULL: not kept). Returns its exit status, 128+N if signal N ended it; or -1 with errno, and
 * nothing is appended, if it cannot be started or had to be killed (ETIME).
 */
int capture(const struct capture *c, struct buf *out, struct buf *err);

/* Return an unnamed file in memory with that content, at its start; or -1 with errno. */
int memoryfile(const void *data, size_t len);

#endif
