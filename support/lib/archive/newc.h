/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The newc format of cpio archives, which kernels unpack: of each entry a header of 13 numbers of
 * 8 hex digits after a magic, its name and its data. Here are the header and the writer; cpio.h
 * has the reader.
 */
#ifndef ARCHIVE_NEWC_H
#define ARCHIVE_NEWC_H

#include <stdbool.h>
#include <stddef.h>
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

/* n rounded up to a multiple of NEWC_ALIGN. */
uint64_t newcaligned(uint64_t n);

/* An archive being written. Set put and to; leave the rest zero. */
struct newcout {
	int (*put)(void *to, const void *data, size_t len); /* 0, or -1: the writing ends */
	void *to;
	uint64_t written; /* bytes */
};

/*
 * The functions below return 0, or -1 if put does.
 *
 * Begin an entry: h->namesize is set. h->size bytes of data follow by newcdata, in any number of
 * calls, then newcpad; without data nothing does.
 */
int newcbegin(struct newcout *o, struct newc *h, const char *name);
int newcdata(struct newcout *o, const void *data, size_t len);
int newcpad(struct newcout *o);

/* A whole entry, with h->size bytes at data. */
int newcentry(struct newcout *o, struct newc *h, const char *name, const void *data);

/* End the archive: the trailer, and zeros up to a multiple of 512 bytes, as is the custom. */
int newcend(struct newcout *o);

/* The bytes that an entry takes whose name and data have that many. */
uint64_t newcsize(size_t name, uint64_t data);

/* The bytes of an archive whose entries take that many: those of newcend are added. */
uint64_t newctotal(uint64_t entries);

#endif
