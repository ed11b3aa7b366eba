/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values of options. One that is not valid is a usage error, which ends the program. */
#ifndef RUNQEMU_OPTIONVALUE_H
#define RUNQEMU_OPTIONVALUE_H

/* Parse MiB, or a number with M or G. Returns MiB. */
unsigned optionmemory(const char *text);

/* Return the index of text in names, which ends with NULL. */
int optiononeof(const char *option, const char *text, const char *const *names);

#endif
