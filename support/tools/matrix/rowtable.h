/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of a matrix as text. */
#ifndef MATRIX_ROWTABLE_H
#define MATRIX_ROWTABLE_H

#include "base/buf.h"
#include "row.h"

/* Numbers of rows by how they stand. */
struct tally {
	unsigned done, failed, running, waiting;
};

struct tally tallyof(const struct rows *all);

/* Whether some row has this field. The table has a column for it then. */
bool tablehasfield(const struct rows *all, enum rowfield field);

/*
 * The line with the names of the columns, and that of a row, with their newlines. A narrow table
 * has no sizes, and columns that are no wider than needed.
 */
void tablehead(struct buf *out, const struct rows *all, bool narrow);
void tablerow(struct buf *out, const struct rows *all, const struct row *r, bool narrow);
/* All lines. */
void tablewrite(struct buf *out, const struct rows *all);

/* What the columns of numbers have for a row, or "-". Static until the next call of the same. */
const char *cellsize(const struct row *r, const char *name);
const char *cellbuilt(const struct row *r);
const char *cellboot(const struct row *r);

#endif
