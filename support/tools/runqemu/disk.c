// SPDX-License-Identifier: GPL-2.0-or-later
#include "disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "quote.h"

/* The header of a qcow2 image; numbers are big-endian. */
#define QCOW2_MAGIC	   "QFI\xfb"
#define QCOW2_HEAD	   104
#define QCOW2_VERSION_AT   4
#define QCOW2_BACKING_AT   8  /* offset of the backing file's name; 0: none */
#define QCOW2_FEATURES_AT  72 /* since version 3 */
#define QCOW2_DATA_FEATURE 4  /* its data is in another file */

#define SUFFIX ".qcow2"

static uint64_t number(const unsigned char *p, size_t bytes)
{
	uint64_t n = 0;

	while (bytes--)
		n = n << 8 | *p++;
	return n;
}

static bool called(const char *path, const char *suffix)
{
	size_t len = strlen(path), end = strlen(suffix);

	return len >= end && strcmp(path + len - end, suffix) == 0;
}

/*
 * Find the format of the disk. A guest that may write to a raw disk can turn it into a qcow2 image
 * that refers to any file of the host. So a qcow2 image that uses other files must be named as one.
 */
static char *formatget(struct disk *d, int fd, const char *given)
{
	unsigned char head[QCOW2_HEAD] = { 0 };
	ssize_t n = pread(fd, head, sizeof(head), 0);
	bool others;

	if (n < 0)
		return xasprintf("cannot read the disk %s: %s", given, strerror(errno));
	d->qcow2 = memcmp(head, QCOW2_MAGIC, strlen(QCOW2_MAGIC)) == 0;
	if (!d->qcow2 && called(d->path, SUFFIX))
		return xasprintf("the disk %s is named " SUFFIX " but is not a qcow2 image", given);
	if (!d->qcow2)
		return NULL;
	others = number(head + QCOW2_BACKING_AT, 8) != 0 ||
		 (number(head + QCOW2_VERSION_AT, 4) > 2 &&
		  number(head + QCOW2_FEATURES_AT, 8) & QCOW2_DATA_FEATURE);
	if (!others || called(d->path, SUFFIX))
		return NULL;
	return xasprintf("the disk %s is a qcow2 image that uses another file, which a guest may "
			 "have written there: if it is yours, let its name end in " SUFFIX,
			 given);
}

/* Return why its type or size is wrong for a disk; NULL: they are fine. */
static char *kindcheck(struct disk *d, int fd, const char *given)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return xasprintf("cannot use the disk %s: %s", given, strerror(errno));
	d->device = S_ISBLK(st.st_mode);
	if (!d->device && !S_ISREG(st.st_mode))
		return xasprintf("cannot use the disk %s: neither a file nor a block device",
				 given);
	if (!d->device && st.st_size == 0)
		return xasprintf("the disk %s is empty: 'truncate -s 1G' gives it a size", given);
	return formatget(d, fd, given);
}

/* Return why given cannot be a disk; NULL: it can. */
static char *filecheck(struct disk *d, const char *given)
{
	struct stat st;
	char *why;
	int fd;

	d->path = realpath(given, NULL);
	if (!d->path || stat(d->path, &st) < 0)
		return xasprintf("cannot use the disk %s: %s", given, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return xasprintf("the disk %s is a directory: --share gives it to the guest "
				 "(SHARE= of make)",
				 given);
	/* Opening a fifo would block. */
	fd = open(d->path,
		  (d->readonly || d->snapshot ? O_RDONLY : O_RDWR) | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return xasprintf("cannot use the disk %s: %s%s", given, strerror(errno),
				 !d->readonly && (errno == EACCES || errno == EROFS)
					 ? " (with :ro behind it, it is only read)"
					 : "");
	why = kindcheck(d, fd, given);
	close(fd);
	return why;
}

/* Cut an ending off text, if it has that. Returns whether it had. */
static bool cut(char *text, const char *end)
{
	bool has = called(text, end);

	if (has)
		text[strlen(text) - strlen(end)] = '\0';
	return has;
}

/* Cut off what follows the name of the file. */
static void endingstake(struct disk *d, char *text)
{
	bool more = true;

	while (more) {
		more = cut(text, ":rw") || cut(text, ":virtio");
		if (cut(text, ":ro"))
			more = d->readonly = true;
		if (cut(text, ":nvme")) {
			d->kind = DISK_NVME;
			more = true;
		}
	}
}

bool disksnvme(const struct strlist *texts)
{
	bool nvme = false;

	for (size_t i = 0; i < texts->len; i++) {
		char *text = xstrdup(texts->item[i]);
		struct disk d = { 0 };

		endingstake(&d, text);
		nvme = nvme || d.kind == DISK_NVME;
		free(text);
	}
	return nvme;
}

/* Add the disk d, whose file is given, which is freed. */
static char *add(struct disks *all, struct disk d, char *given)
{
	char *why = filecheck(&d, given);

	for (size_t i = 0; !why && i < all->len; i++)
		if (strcmp(all->item[i].path, d.path) == 0)
			why = xasprintf("the disk %s is given twice", given);
	free(given);
	if (why) {
		free(d.path);
		return why;
	}
	all->item = xrealloc(all->item, (all->len + 1) * sizeof(d));
	all->item[all->len++] = d;
	return NULL;
}

char *diskadd(struct disks *all, const char *text)
{
	struct disk d = { 0 };
	char *given = xstrdup(text);

	endingstake(&d, given);
	return add(all, d, given);
}

char *diskboot(struct disks *all, const char *path, enum diskkind kind, bool firmware, bool keep)
{
	struct disk d = { .kind = kind, .boot = firmware, .snapshot = !keep };

	d.readonly = kind == DISK_CD;
	return add(all, d, xstrdup(path));
}

/* Append the backend of disk number i. Only -drive makes a snapshot without a file of ours. */
static void driveargs(const struct disk *d, size_t i, struct strlist *argv)
{
	struct buf arg = { 0 };

	listadd(argv, d->snapshot ? "-drive" : "-blockdev");
	if (d->snapshot)
		bufprintf(&arg, "if=none,id=disk%zu,format=%s,snapshot=on,file=", i,
			  d->qcow2 ? "qcow2" : "raw");
	else
		bufprintf(&arg,
			  "driver=%s,node-name=disk%zu,read-only=%s,file.driver=%s,file.filename=",
			  d->qcow2 ? "qcow2" : "raw", i, d->readonly ? "on" : "off",
			  d->device ? "host_device" : "file");
	quotevalue(&arg, d->path);
	listadd(argv, bufstr(&arg));
	buffree(&arg);
}

/* Append the device of disk number i, behind the controller that it needs. */
static void deviceargs(const struct disk *d, size_t i, const char *bus, struct strlist *argv)
{
	struct buf arg = { 0 };

	if (d->kind == DISK_USB || d->kind == DISK_CD) {
		listadd(argv, "-device");
		if (d->kind == DISK_USB)
			bufprintf(&arg, "qemu-xhci,id=port%zu", i);
		else
			bufprintf(&arg, "virtio-scsi-%s,id=port%zu", bus, i);
		listadd(argv, bufstr(&arg));
		bufclear(&arg);
	}
	listadd(argv, "-device");
	if (d->kind == DISK_NVME)
		bufprintf(&arg, "nvme,serial=disk%zu,drive=disk%zu", i, i);
	else if (d->kind == DISK_USB)
		bufprintf(&arg, "usb-storage,bus=port%zu.0,removable=on,drive=disk%zu", i, i);
	else if (d->kind == DISK_CD)
		bufprintf(&arg, "scsi-cd,bus=port%zu.0,drive=disk%zu", i, i);
	else
		bufprintf(&arg, "virtio-blk-%s,drive=disk%zu", bus, i);
	if (d->boot)
		bufputs(&arg, ",bootindex=0");
	listadd(argv, bufstr(&arg));
	buffree(&arg);
}

void diskargs(const struct disks *all, const char *bus, struct strlist *argv)
{
	for (size_t i = 0; i < all->len; i++) {
		driveargs(&all->item[i], i, argv);
		deviceargs(&all->item[i], i, bus, argv);
	}
}

void disksfree(struct disks *all)
{
	for (size_t i = 0; i < all->len; i++)
		free(all->item[i].path);
	free(all->item);
	*all = (struct disks){ 0 };
}
