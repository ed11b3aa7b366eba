/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is left of a matrix: a table as text, and the same as JSON and JUnit XML. */
#ifndef MATRIX_SUMMARY_H
#define MATRIX_SUMMARY_H

#include "row.h"

/* Write it to the file at path, atomically. Return 0, or -1 with errno. */
int summarytext(const struct rows *all, const char *path);
int summaryjson(const struct rows *all, const char *path);
int summaryjunit(const struct rows *all, const char *path);

#endif
