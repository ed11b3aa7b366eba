/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a text starts and ends. */
#ifndef BASE_AFFIX_H
#define BASE_AFFIX_H

#include <stdbool.h>

/* Return whether text starts with start, or ends with end. */
bool startswith(const char *text, const char *start);
bool endswith(const char *text, const char *end);

#endif
