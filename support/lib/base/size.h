/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parsing and formatting of sizes in bytes. */
#ifndef BASE_SIZE_H
#define BASE_SIZE_H

/*
 * Parse "512", "64K", "4096M" or "4G" (powers of 1024) into *bytes. Returns 0, or -1 if text is not
 * a size.
 */
int sizeparse(const char *text, unsigned long long *bytes);

/* Format bytes as "512 bytes", "1.5 KiB", "60.1 MiB" or "4.0 GiB". Caller frees. */
char *sizeformat(unsigned long long bytes);

#endif
