/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text in HTML. */
#ifndef XML_MARKUP_H
#define XML_MARKUP_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Append the len bytes at s to out, escaped for an element or a quoted attribute. Control
 * characters, which HTML does not allow, are left out.
 */
void markupescape(struct buf *out, const char *s, size_t len);

#endif
