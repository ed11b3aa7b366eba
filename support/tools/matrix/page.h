/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The summary of a matrix as one page of HTML, which needs no other file. */
#ifndef MATRIX_PAGE_H
#define MATRIX_PAGE_H

#include "row.h"

/*
 * Write it to the file at path, atomically. Links to logs are relative to the page's directory, if
 * they are below it. Returns 0, or -1 with errno.
 */
int pagewrite(const struct rows *all, const char *path);

#endif
