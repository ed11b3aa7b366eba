/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parsing of whole numbers. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>

/*
 * Parse text, a whole decimal number from min to max, into *n. A negative one has a minus sign;
 * nothing else may stand before or after the digits. Returns false if text is no such number.
 */
bool numberparse(const char *text, long long min, long long max, long long *n);

#endif
