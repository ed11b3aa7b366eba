/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writing of tar archives, in the format pax of POSIX: a header of 512 bytes, and before it, only
 * where a field of that is too small, a header with records "LENGTH NAME=VALUE". Its bytes depend
 * on nothing but what is written.
 */
#ifndef MKINITRAMFS_TAR_H
#define MKINITRAMFS_TAR_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct tarentry {
	const char *name;   /* without a leading slash; a directory's without one at its end */
	const char *target; /* of a symbolic link; of another name of a file, its first; or NULL */
	uint32_t mode;	    /* type and permissions, as in st_mode */
	uint32_t uid, gid;
	uint32_t mtime;		   /* seconds since 1970 */
	uint64_t size;		   /* bytes of data: of a file without target; else 0 */
	uint32_t rmajor, rminor;   /* of a device */
	const struct buf *records; /* more records of the format (tarrecord); or NULL */
};

/* An archive that is being written. Set put and to; leave the rest zero. */
struct tarout {
	int (*put)(void *to, const void *data, size_t len); /* write; return 0, or -1 to stop */
	void *to;
	uint64_t written; /* bytes */
};

/* Append a record to out: its value may have any bytes. */
void tarrecord(struct buf *out, const char *name, const void *value, size_t len);

/*
 * The functions below return 0, or -1 if put does.
 *
 * Begin an entry, which is no socket: the format has none. Then write its data with tardata, in any
 * number of calls, and call tarpad.
 */
int tarbegin(struct tarout *o, const struct tarentry *e);
int tardata(struct tarout *o, const void *data, size_t len);
int tarpad(struct tarout *o);

/* End the archive. */
int tarend(struct tarout *o);

#endif
