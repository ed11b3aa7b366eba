/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The book as one self-contained HTML page. */
#ifndef BOOK_HTML_H
#define BOOK_HTML_H

#include "doc.h"

/* Append the page to out. title is plain text; style is a style sheet, inserted unchanged. */
void htmlwrite(struct buf *out, const struct doc *d, const char *title, const char *style);

#endif
