/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The header of an entry in a newc cpio archive: 13 numbers of 8 hex digits after a magic. */
#ifndef MKINITRAMFS_NEWC_H
#define MKINITRAMFS_NEWC_H

#include <stdbool.h>
#include <stdint.h>

#define NEWC_HEADER  110	  /* bytes */
#define NEWC_TRAILER "TRAILER!!!" /* name of the entry that ends an archive */
#define NEWC_ALIGN   4		  /* names and data are padded with zeros to a multiple of this */

/* In the order of the format. */
struct newc {
	uint32_t ino;
	uint32_t mode; /* type and permissions, as st_mode */
	uint32_t uid;
	uint32_t gid;
	uint32_t nlink;
	uint32_t mtime; /* seconds since 1970 */
	uint32_t size;	/* bytes of data */
	uint32_t major; /* of the device that the file was on */
	uint32_t minor;
	uint32_t rmajor; /* of the device that the node stands for */
	uint32_t rminor;
	uint32_t namesize; /* bytes of the name, its NUL counted */
	uint32_t check;	   /* sum of all data bytes, when the magic is 070702 */
};

/* Write the header, magic 070701, to out (and a NUL after it). */
void newcformat(const struct newc *h, char out[NEWC_HEADER + 1]);

/* Read a header; *summed says if it has a checksum. 0, or -1 if it is not one. */
int newcparse(const unsigned char *in, struct newc *h, bool *summed);

#endif
