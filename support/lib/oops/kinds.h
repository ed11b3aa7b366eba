/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of kernel messages that report a trouble. */
#ifndef OOPS_KINDS_H
#define OOPS_KINDS_H

#include "oops/trouble.h"

/* Text that is unique to the kernel: also recognised after a partial line. Up to a NULL start. */
extern const struct kind kindsown[];

/* Text that others may print as well: must begin a line. */
extern const struct kind kindsshared[];

/* As a part: the code and the number of an oops. */
extern const char kinddeath[];

#endif
