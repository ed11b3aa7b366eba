// SPDX-License-Identifier: GPL-2.0-or-later
#include "removable.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/number.h"
#include "fs/file.h"

#define SECTOR	  512 /* what sysfs counts in, whatever the disk's own sectors are */
#define DEPTH_MAX 16  /* of disks that are made of disks */

/* The text of the attribute NAME of the device that is described in dir, "" if there is none. */
static char *attribute(const char *dir, const char *name)
{
	char *path = pathjoin(dir, name);
	struct buf text = { 0 };

	if (fileread(path, &text) < 0)
		bufclear(&text);
	free(path);
	while (text.len && strchr(" \n", text.data[text.len - 1]))
		text.data[--text.len] = '\0';
	return text.data ? bufsteal(&text) : xstrdup("");
}

static bool attributeis(const char *dir, const char *name, const char *value)
{
	char *text = attribute(dir, name);
	bool is = strcmp(text, value) == 0;

	free(text);
	return is;
}

static bool has(const char *dir, const char *name)
{
	char *path = pathjoin(dir, name);
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

static const char *lastpart(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Where sysfs describes the device at path. Returns NULL, or the reason why there is no such. */
static char *describe(char **dir, const char *path, const struct places *places)
{
	bool fake = strcmp(places->sysfs, "/sys") != 0;
	struct stat st;
	char *link;

	if (stat(path, &st) < 0)
		return xasprintf("%s: %s", path, strerror(errno));
	if (S_ISBLK(st.st_mode))
		link = xasprintf("%s/dev/block/%u:%u", places->sysfs, major(st.st_rdev),
				 minor(st.st_rdev));
	else if (fake && S_ISREG(st.st_mode))
		link = xasprintf("%s/block/%s", places->sysfs, lastpart(path));
	else
		return xasprintf("%s is no disk: a device such as /dev/sdb is expected", path);
	*dir = realpath(link, NULL);
	free(link);
	return *dir ? NULL : xasprintf("%s: %s has no such disk", path, places->sysfs);
}

/* Add what is made of the device in dir, and what is made of that. */
static void usersadd(struct disk *d, const char *dir, const struct places *places, int depth)
{
	char *holders = pathjoin(dir, "holders");
	struct strlist names = { 0 };

	if (depth < DEPTH_MAX && dirlist(holders, &names) == 0) {
		for (size_t i = 0; i < names.len; i++) {
			char *user = xasprintf("%s/block/%s", places->sysfs, names.item[i]);
			char *number = attribute(user, "dev");

			if (!pairfind(&d->users, names.item[i])) {
				pairadd(&d->users, names.item[i], number);
				usersadd(d, user, places, depth + 1);
			}
			free(number);
			free(user);
		}
	}
	listfree(&names);
	free(holders);
}

static void partadd(struct disk *d, const char *dir, const struct places *places)
{
	char *number = attribute(dir, "dev");

	pairadd(&d->parts, lastpart(dir), number);
	usersadd(d, dir, places, 0);
	free(number);
}

static void partsadd(struct disk *d, const char *dir, const struct places *places)
{
	struct strlist names = { 0 };

	partadd(d, dir, places);
	if (dirlist(dir, &names) < 0)
		return;
	for (size_t i = 0; i < names.len; i++) {
		char *part = pathjoin(dir, names.item[i]);

		if (has(part, "partition"))
			partadd(d, part, places);
		free(part);
	}
	listfree(&names);
}

/* Whether a part of the path of a device is on a bus that people plug things into. */
static bool isplugged(const char *dir)
{
	const char *usb = dir;

	while ((usb = strstr(usb, "/usb")))
		if (strchr("0123456789", *(usb += strlen("/usb"))) && *usb)
			return true;
	return strstr(dir, "/mmc_host/") != NULL;
}

char *diskread(struct disk *d, const char *path, const struct places *places)
{
	static const char *const words[] = { "device/vendor", "device/model", "device/name" };
	char *dir = NULL, *why = describe(&dir, path, places), *size;
	long long sectors = 0;

	if (!why && has(dir, "partition"))
		why = xasprintf("%s is a partition: give the whole disk", path);
	if (why) {
		free(dir);
		return why;
	}
	d->name = xstrdup(lastpart(dir));
	d->removable = attributeis(dir, "removable", "1");
	d->plugged = isplugged(dir);
	d->readonly = attributeis(dir, "ro", "1");
	size = attribute(dir, "size");
	if (numberparse(size, 0, 1LL << 53, &sectors))
		d->bytes = (unsigned long long)sectors * SECTOR;
	free(size);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		char *word = attribute(dir, words[i]);

		if (*word)
			bufprintf(&d->title, "%s%s", d->title.len ? " " : "", word);
		free(word);
	}
	partsadd(d, dir, places);
	free(dir);
	return NULL;
}

/* Which of the devices in all is meant by a name in /dev or a number; NULL: none. */
static const char *among(const struct pairs *all, const char *source, const char *number)
{
	char *path = *source == '/' ? realpath(source, NULL) : NULL;
	const char *name = lastpart(path ? path : source), *found = NULL;

	for (size_t i = 0; !found && i < all->len; i++)
		if (strcmp(all->item[i].value, number) == 0 ||
		    (*source == '/' && strcmp(all->item[i].name, name) == 0))
			found = all->item[i].name;
	free(path);
	return found;
}

static const char *used(const struct disk *d, const char *source, const char *number)
{
	const char *name = among(&d->parts, source, number);

	return name ? name : among(&d->users, source, number);
}

/* Cut off the next word of *text; "" at the end. */
static char *word(char **text)
{
	char *w = strsep(text, " \t");

	while (w && !*w && *text)
		w = strsep(text, " \t");
	return w ? w : (char *)"";
}

/*
 * Look at a line of mountinfo: "ID PARENT MAJOR:MINOR ROOT POINT OPTIONS [FIELD...] - TYPE SOURCE
 * OPTIONS". File systems of several disks have a number of their own there: then SOURCE counts.
 */
static char *mountcheck(const struct disk *d, char *line)
{
	char *number, *point, *w;
	const char *name;

	word(&line);
	word(&line);
	number = word(&line);
	word(&line);
	point = word(&line);
	do
		w = word(&line);
	while (*w && strcmp(w, "-") != 0);
	word(&line);
	name = used(d, word(&line), number);
	if (!name)
		return NULL;
	if (strcmp(point, "/") == 0)
		return xasprintf("the system that runs is on it (%s)", name);
	return xasprintf("%s is mounted on %s: unmount it first", name, point);
}

/* Look at a line of swaps: "PATH TYPE ...". */
static char *swapcheck(const struct disk *d, char *line)
{
	const char *name = used(d, word(&line), "");

	return name ? xasprintf("%s is used for swapping: 'swapoff -a' first", name) : NULL;
}

/* Let check look at each line of the file. Returns the first reason. */
static char *linescheck(const struct disk *d, const char *path,
			char *(*check)(const struct disk *, char *))
{
	struct buf text = { 0 };
	char *rest, *line, *why = NULL;

	if (fileread(path, &text) < 0) {
		why = xasprintf("cannot tell what is mounted: %s: %s", path, strerror(errno));
		buffree(&text);
		return why;
	}
	rest = text.data;
	while (!why && (line = strsep(&rest, "\n")))
		why = check(d, line);
	buffree(&text);
	return why;
}

char *diskrefuse(const struct disk *d, const struct places *places)
{
	char *why = linescheck(d, places->mounts, mountcheck);

	if (!why && access(places->swaps, F_OK) == 0)
		why = linescheck(d, places->swaps, swapcheck);
	if (!why && d->users.len)
		why = xasprintf("%s is made of it: stop that first", d->users.item[0].name);
	if (!why && !d->removable && !d->plugged)
		why = xstrdup("it is neither removable, nor on USB, nor a memory card");
	if (!why && !d->bytes)
		why = xstrdup("there is no medium in it");
	if (!why && d->readonly)
		why = xstrdup("it is read-only");
	return why;
}

bool disksame(const struct disk *a, const struct disk *b)
{
	const char *ours = a->title.data ? a->title.data : "";

	return strcmp(a->name, b->name) == 0 && a->bytes == b->bytes &&
	       strcmp(ours, b->title.data ? b->title.data : "") == 0;
}

void diskfree(struct disk *d)
{
	free(d->name);
	buffree(&d->title);
	pairsfree(&d->parts);
	pairsfree(&d->users);
	*d = (struct disk){ 0 };
}
