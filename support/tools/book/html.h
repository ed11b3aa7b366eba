/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The book as one page of HTML that needs nothing else. */
#ifndef BOOK_HTML_H
#define BOOK_HTML_H

#include "doc.h"

/* Append the page. title is plain text; style, a style sheet, is taken as it is. */
void htmlwrite(struct buf *out, const struct doc *d, const char *title, const char *style);

#endif
