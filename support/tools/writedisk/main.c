// SPDX-License-Identifier: GPL-2.0-or-later
/* writedisk: writes an image to a removable disk, and to no other. */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/getoption.h"
#include "base/msg.h"
#include "base/size.h"
#include "fs/file.h"
#include "removable.h"
#include "transfer.h"

static const char usage[] =
	"usage: writedisk [OPTION]... IMAGE DEVICE\n"
	"Write IMAGE, a raw disk image or an ISO, to the removable disk DEVICE, and read it back.\n"
	"DEVICE is shown, and the answer 'yes' is wanted, before anything is written. A disk that is\n"
	"mounted or used, and one that cannot be removed, is refused.\n"
	"  --yes          do not ask\n"
	"  --sysfs DIR    for tests: read this in place of /sys; DEVICE may be a file\n"
	"  --mounts FILE  for tests: read this in place of /proc/self/mountinfo\n"
	"  --swaps FILE   for tests: read this in place of /proc/swaps\n"
	"  --help         show this\n"
	"  --version      show the version\n"
	"\n"
	"Exit status: 0 written and verified, 1 refused or failed, 2 usage.\n";

enum { OPT_YES = OPTION_FIRST, OPT_SYSFS, OPT_MOUNTS, OPT_SWAPS };

static const struct option longopts[] = {
	{ "yes", no_argument, NULL, OPT_YES },
	{ "sysfs", required_argument, NULL, OPT_SYSFS },
	{ "mounts", required_argument, NULL, OPT_MOUNTS },
	{ "swaps", required_argument, NULL, OPT_SWAPS },
	OPTIONS_END,
};

struct command {
	bool yes;
	struct places places;
	const char *image, *device;
	unsigned long long bytes; /* of the image */
};

/* The bytes of the image, for the progress. */
static unsigned long long total;

static void commandparse(struct command *c, int argc, char **argv)
{
	int opt;

	*c = (struct command){ .places = { "/sys", "/proc/self/mountinfo", "/proc/swaps" } };
	while ((opt = getoption(argc, argv, "+:h", longopts, usage)) != -1) {
		if (opt == OPT_YES)
			c->yes = true;
		else if (opt == OPT_SYSFS)
			c->places.sysfs = optarg;
		else if (opt == OPT_MOUNTS)
			c->places.mounts = optarg;
		else if (opt == OPT_SWAPS)
			c->places.swaps = optarg;
	}
	if (argc - optind != 2)
		dieusage("expected IMAGE and DEVICE");
	c->image = argv[optind];
	c->device = argv[optind + 1];
}

/* Images of virtual machines, by how they begin: written as they are they boot nothing. */
static const char *virtualimage(int fd)
{
	char head[4] = "";

	if (pread(fd, head, sizeof(head), 0) != sizeof(head))
		return NULL;
	if (memcmp(head, "QFI\xfb", sizeof(head)) == 0)
		return "a qcow2 image";
	return memcmp(head, "KDMV", sizeof(head)) == 0 ? "a vmdk image" : NULL;
}

static int imageopen(struct command *c)
{
	int fd = regopen(c->image, O_RDONLY, 0);
	const char *kind;
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		die("cannot read the image %s:", c->image);
	if (st.st_size == 0)
		die("the image %s is empty", c->image);
	kind = virtualimage(fd);
	if (kind)
		die("%s is %s, for virtual machines: write the raw image", c->image, kind);
	c->bytes = total = (unsigned long long)st.st_size;
	return fd;
}

/* Describe the disk and end, if it must not be written to. */
static void disklook(struct disk *d, const struct command *c)
{
	char *why = diskread(d, c->device, &c->places), *size, *image;

	if (why)
		die("%s", why);
	size = sizeformat(d->bytes);
	image = sizeformat(c->bytes);
	tell(stderr, "%s: %s, %s%s%s\n", c->device,
	     d->title.len ? d->title.data : "a disk without a name", size,
	     d->removable ? ", removable" : "", d->plugged ? ", plugged in" : "");
	for (size_t i = 1; i < d->parts.len; i++)
		tell(stderr, "  it has a partition %s\n", d->parts.item[i].name);
	why = diskrefuse(d, &c->places);
	if (why)
		die("%s is not written to: %s", c->device, why);
	if (c->bytes > d->bytes)
		die("%s has %s, but %s has %s: it does not fit", c->device, size, c->image, image);
	tell(stderr, "%s, %s, goes there; all that is on the disk will be lost\n", c->image, image);
	free(size);
	free(image);
}

static void ask(const struct command *c)
{
	char answer[16] = "";

	if (c->yes)
		return;
	if (!isatty(STDIN_FILENO))
		die("nobody can be asked whether to write to %s: --yes (YES=1 of make) means that it is right",
		    c->device);
	fprintf(stderr, "write to %s? (yes or no) ", c->device);
	if (!fgets(answer, sizeof(answer), stdin) || strcmp(answer, "yes\n") != 0)
		die("nothing was written: the answer was not 'yes'");
}

/*
 * Open the disk for us alone: the kernel refuses that while something has mounted it or made
 * something of it. Look once more whether it is still the disk that was shown.
 */
static int deviceopen(const struct command *c, const struct disk *shown)
{
	struct disk now = { 0 };
	struct stat st;
	bool block = stat(c->device, &st) == 0 && S_ISBLK(st.st_mode);
	int fd = open(c->device, O_RDWR | O_CLOEXEC | (block ? O_EXCL : 0));
	char *why;

	if (fd < 0 && errno == EBUSY)
		die("%s is not written to: something uses it", c->device);
	if (fd < 0)
		die("cannot write to %s:", c->device);
	why = diskread(&now, c->device, &c->places);
	if (why || !disksame(&now, shown))
		die("%s is another disk now: nothing was written", c->device);
	diskfree(&now);
	return fd;
}

/* Show how far it is, where somebody sees it. */
static void show(unsigned long long done)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r%3llu %%", done * 100 / total);
}

static void showend(const char *what)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r%s\n", what);
}

static void writeimage(const struct command *c, int from, int to)
{
	unsigned long long bytes, at;
	char hex[DIGESTHEX];
	int differs;

	if (transferwrite(from, to, &bytes, hex, show) < 0)
		die("%s: after %llu bytes:", c->device, bytes);
	showend("written, now reading it back");
	differs = transferverify(from, to, &at, show);
	if (differs < 0)
		die("cannot read back %s, after %llu bytes:", c->device, at);
	if (differs)
		die("%s does not keep what is written to it: byte %llu is another. The disk is damaged, or smaller than it says",
		    c->device, at);
	showend("read back");
	ioctl(to, BLKRRPART); /* fails for a file */
	printf("%s: %llu bytes written and verified, sha256 %s\n", c->device, bytes, hex);
}

int main(int argc, char **argv)
{
	struct command c;
	struct disk d = { 0 };
	int from, to;

	progname = "writedisk";
	commandparse(&c, argc, argv);
	from = imageopen(&c);
	disklook(&d, &c);
	ask(&c);
	to = deviceopen(&c, &d);
	writeimage(&c, from, to);
	if (close(to) < 0 || fflush(stdout) == EOF)
		die("%s:", c.device);
	close(from);
	diskfree(&d);
	return EXIT_OK;
}
