// SPDX-License-Identifier: GPL-2.0-or-later
#include "recording.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "fs/file.h"
#include "quote.h"
#include "recordingfile.h"
#include "snapshots.h"

#define EVENTS	  "events"
#define SNAPSHOTS "snapshots.qcow2"
#define INITRD	  "initrd"

/* The identity of the drive that has the snapshots; no device of the guest uses it. */
#define DRIVE "if=none,format=qcow2,id=snapshots,file="

char *recordingcheck(const struct options *o)
{
	const struct {
		bool given;
		const char *option, *why;
	} no[] = {
		{ o->accel == ACCEL_KVM, "--accel kvm", "only TCG can record" },
		{ o->shares.len, "--share (SHARE= of make)",
		  "QEMU does not record files of this machine" },
		{ o->root, "--root (ROOT= of make)", "QEMU does not record files of this machine" },
		{ o->disks.len, "--disk (DISK= of make)", "disks are not recorded" },
		{ o->boot, "--boot (BOOT= of make)", "disks are not recorded" },
		{ o->vsock, "--vsock (VSOCK= of make)", "QEMU does not record vsock" },
		{ o->cpus > 1, "--cpus above 1 (CPUS= of make)", "QEMU records one processor" },
		{ o->lan.on, "--lan (NET=mcast of make)", "other guests are not recorded" },
		{ o->portcount, "--port (PORTS= of make)", "ports would be opened by each replay" },
		{ o->repeat, "--repeat (REPEAT= of make)", "a recording is of one run" },
	};

	if (o->record && !o->command)
		return xasprintf("--record needs a COMMAND (RUN= of make)");
	if (o->replay && (o->command || o->kernels.len || o->images))
		return xasprintf("--replay plays what was recorded: leave out kernel and COMMAND");
	if (!o->record && o->snapshots >= 0)
		return xasprintf("--snapshots (SNAPSHOTS= of make) goes with --record DIR");
	if (o->snapshots > 0 && o->net == NET_ON)
		return xasprintf(
			"there are no snapshots (--snapshots, SNAPSHOTS= of make) of a guest with "
			"a network (--net, NET=y of make): the recording might not play to its end");
	if (o->snapshots == 1)
		return xasprintf("--snapshots (SNAPSHOTS= of make) takes 0, or from 2 to 1000");
	if (o->record && o->debug)
		return xasprintf("--debug is for the replay, not for --record");
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		if (no[i].given)
			return xasprintf("a run with %s cannot be recorded: %s", no[i].option,
					 no[i].why);
	return NULL;
}

unsigned recordingsnapshots(const struct options *o)
{
	/* With a network a recording was seen that stood still when it was played. */
	if (!o->record || o->net == NET_ON)
		return 0;
	return o->snapshots < 0 ? SNAPSHOTS_MAX : (unsigned)o->snapshots;
}

char *recordingmachine(struct machine *m)
{
	m->virtio = false;
	m->uart = m->desc->serial;
	if (m->uart)
		return NULL;
	return xasprintf("a run cannot be recorded on the machine %s: it has no second serial port",
			 m->type);
}

/* Store a number of so many bytes, big-endian. */
static void put(unsigned char *p, size_t bytes, unsigned long long n)
{
	while (bytes--) {
		p[bytes] = n & 0xff;
		n >>= 8;
	}
}

/*
 * Write an empty qcow2 image, version 3: its header, the table of reference counts, the first block
 * of these, and the first table of its clusters, a cluster of 64 KiB each.
 */
static int imagewrite(const char *path)
{
	enum { CLUSTER = 1 << 16, CLUSTERS = 4 };
	unsigned char *image = xcalloc(CLUSTERS, CLUSTER);
	int ret;

	memcpy(image, "QFI\xfb", 4);
	put(image + 4, 4, 3);		    /* version */
	put(image + 20, 4, 16);		    /* bits of a cluster */
	put(image + 24, 8, 1ULL << 30);	    /* bytes of the disk */
	put(image + 36, 4, 2);		    /* entries of its first table, of 512 MiB each */
	put(image + 40, 8, 3ULL * CLUSTER); /* where that is */
	put(image + 48, 8, CLUSTER);	    /* the table of reference counts */
	put(image + 56, 4, 1);		    /* its clusters */
	put(image + 96, 4, 4);		    /* a count has 2^4 bits */
	put(image + 100, 4, 104);	    /* bytes of this header */
	put(image + CLUSTER, 8, 2ULL * CLUSTER);
	for (size_t i = 0; i < CLUSTERS; i++)
		put(image + 2 * CLUSTER + 2 * i, 2, 1);
	ret = filewrite(path, image, (size_t)CLUSTERS * CLUSTER, 0666);
	free(image);
	return ret;
}

/* Copy what is open at from to a new file. */
static int copy(int from, const char *path)
{
	struct outfile out;

	if (outopen(&out, path, 0600) < 0)
		return -1;
	if (lseek(from, 0, SEEK_SET) == 0 && fdcopy(from, out.fd) == 0)
		return outcommit(&out);
	outabort(&out);
	return -1;
}

/* Make the files of dir. */
static int begin(const char *dir, int initrd)
{
	static const char *const old[] = { RECORDING_FILE, EVENTS, SNAPSHOTS, INITRD };
	char *path;
	int ret = mkdirs(dir);

	/* The description goes first, and comes last: where there is one, all is there. */
	for (size_t i = 0; ret == 0 && i < sizeof(old) / sizeof(*old); i++) {
		path = pathjoin(dir, old[i]);
		ret = unlink(path) < 0 && errno != ENOENT ? -1 : 0;
		free(path);
	}
	if (ret == 0) {
		path = pathjoin(dir, SNAPSHOTS);
		ret = imagewrite(path);
		free(path);
	}
	if (ret == 0) {
		path = pathjoin(dir, INITRD);
		ret = copy(initrd, path);
		free(path);
	}
	return ret;
}

char *recordingbegin(const char *dir, int initrd, const char *initramfs)
{
	int fd = initrd >= 0 ? initrd
			     : open(initramfs ? initramfs : "/dev/null", O_RDONLY | O_CLOEXEC);
	char *why = NULL;

	if (fd < 0)
		return xasprintf("cannot read the initramfs %s: %s", initramfs, strerror(errno));
	if (begin(dir, fd) < 0)
		why = xasprintf("cannot record in %s: %s", dir, strerror(errno));
	if (fd != initrd)
		close(fd);
	return why;
}

/* Add the path of the initramfs in dir, as QEMU's argument. */
static void initrdword(const char *dir, struct strlist *argv)
{
	char *path = pathjoin(dir, INITRD);

	listadd(argv, path);
	free(path);
}

static void icountword(const char *dir, const char *how, struct strlist *argv)
{
	char *path = pathjoin(dir, EVENTS);
	struct buf arg = { 0 };

	bufprintf(&arg, "shift=auto,rr=%s,rrsnapshot=init,rrfile=", how);
	quotevalue(&arg, path);
	listadd(argv, bufstr(&arg));
	buffree(&arg);
	free(path);
}

static void driveword(const char *dir, struct strlist *argv)
{
	char *path = pathjoin(dir, SNAPSHOTS);
	struct buf arg = { 0 };

	bufputs(&arg, DRIVE);
	quotevalue(&arg, path);
	listadd(argv, bufstr(&arg));
	buffree(&arg);
	free(path);
}

void recordingargs(const char *dir, const struct machine *m, bool net, struct strlist *argv)
{
	listadd(argv, "-icount");
	icountword(dir, "record", argv);
	listadd(argv, "-drive");
	driveword(dir, argv);
	listadd(argv, "-initrd");
	initrdword(dir, argv);
	if (net) {
		listadd(argv, "-object");
		listadd(argv, "filter-replay,id=replay,netdev=net");
	}
	for (size_t i = 0; i < m->arch->record.len; i++)
		listadd(argv, m->arch->record.item[i]);
}

void recordingreplay(const struct recording *r, const struct options *o, const char *kernel,
		     struct strlist *argv)
{
	const char *before = "", *dir = o->replay;

	listadd(argv, o->qemu);
	for (size_t i = 1; i < r->argv.len; i++) {
		const char *word = r->argv.item[i];

		if (strcmp(before, "-icount") == 0)
			icountword(dir, "replay", argv);
		else if (strcmp(before, "-initrd") == 0)
			initrdword(dir, argv);
		else if (strcmp(before, "-kernel") == 0)
			listadd(argv, kernel);
		else if (strcmp(before, "-drive") == 0 && strncmp(word, DRIVE, strlen(DRIVE)) == 0)
			driveword(dir, argv);
		else
			listadd(argv, word);
		before = word;
	}
}

void recordingfree(struct recording *r)
{
	listfree(&r->argv);
}
