/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages about rows, beside the table. */
#ifndef MATRIX_NOTICE_H
#define MATRIX_NOTICE_H

#include <stdbool.h>

#include "base/buf.h"
#include "row.h"

/* live: the table is on the terminal and shows it; only what it does not show is told. */
void noticebegin(const struct row *r, bool live);
void noticeend(const struct row *r, bool live);
/* It is told to end, since it is not wanted any more. */
void noticedrop(const struct row *r, bool live);
/* Its host has gone; more: there are others. */
void noticegone(const char *host, const struct row *r, bool more, bool live);

/* Append the last lines of the log that tells of its failure. */
void noticelog(struct buf *out, const struct row *r, unsigned lines);

#endif
