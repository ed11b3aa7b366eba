/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text as QEMU's command line takes it. */
#ifndef RUNQEMU_QUOTE_H
#define RUNQEMU_QUOTE_H

#include "base/buf.h"

/* Append text to out as the value of one of QEMU's suboptions, which commas divide. */
void quotevalue(struct buf *out, const char *text);

#endif
