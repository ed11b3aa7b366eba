/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The newc format of cpio archives, which the kernel unpacks. An entry has a header (a magic number
 * and 13 numbers of 8 hex digits), a name and data. This file has the header and the writer; cpio.h
 * has the reader.
 */
#ifndef ARCHIVE_NEWC_H
#define ARCHIVE_NEWC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NEWC_HEADER  110	  /* bytes */
#define NEWC_TRAILER "TRAILER!!!" /* name of the last entry of an archive */
#define NEWC_ALIGN   4		  /* names and data are padded with zeros to this alignment */

/* The fields, in the order of the format. */
struct newc {
	uint32_t ino;
	uint32_t mode; /* type and permissions, as in st_mode */
	uint32_t uid;
	uint32_t gid;
	uint32_t nlink;
	uint32_t mtime; /* seconds since 1970 */
	uint32_t size;	/* bytes of data */
	uint32_t major; /* of the device that holds the file */
	uint32_t minor;
	uint32_t rmajor; /* of a device node */
	uint32_t rminor;
	uint32_t namesize; /* bytes of the name with its NUL */
	uint32_t check;	   /* sum of all data bytes if the magic number is 070702 */
};

/* Write the header with the magic number 070701, and a NUL, to out. */
void newcformat(const struct newc *h, char out[NEWC_HEADER + 1]);

/* Parse a header. *summed tells if it has a checksum. Returns 0, or -1 if it is not a header. */
int newcparse(const unsigned char *in, struct newc *h, bool *summed);

/* Return n rounded up to a multiple of NEWC_ALIGN. */
uint64_t newcaligned(uint64_t n);

/* An archive that is being written. Set put and to; leave the rest zero. */
struct newcout {
	int (*put)(void *to, const void *data, size_t len); /* write; return 0, or -1 to stop */
	void *to;
	uint64_t written; /* bytes */
};

/*
 * The functions below return 0, or -1 if put does.
 *
 * Begin an entry; h->namesize is set here. If the entry has data, write h->size bytes with
 * newcdata, in any number of calls, then call newcpad.
 */
int newcbegin(struct newcout *o, struct newc *h, const char *name);
int newcdata(struct newcout *o, const void *data, size_t len);
int newcpad(struct newcout *o);

/* Write a whole entry, with h->size bytes at data. */
int newcentry(struct newcout *o, struct newc *h, const char *name, const void *data);

/* End the archive: write the trailer, and pad to a multiple of 512 bytes, as cpio does. */
int newcend(struct newcout *o);

/* Return the bytes of an entry with a name and data of these lengths. */
uint64_t newcsize(size_t name, uint64_t data);

/* Return the bytes of an archive whose entries have this total; add those of newcend. */
uint64_t newctotal(uint64_t entries);

#endif
