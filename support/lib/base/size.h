/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sizes in bytes as people write and read them. */
#ifndef BASE_SIZE_H
#define BASE_SIZE_H

/* Read "512", "64K", "4096M" or "4G" (powers of 1024) into *bytes. 0, or -1: it is none. */
int sizeparse(const char *text, unsigned long long *bytes);

/* bytes as "512 bytes", "1.5 KiB", "60.1 MiB" or "4.0 GiB"; caller frees. */
char *sizeformat(unsigned long long bytes);

#endif
