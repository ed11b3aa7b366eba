// SPDX-License-Identifier: GPL-2.0-or-later
#include "list.h"

#include <sys/stat.h>
#include <time.h>

#include "mkinitramfs/tree/word.h"

static char typeletter(uint32_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return '-';
	case S_IFDIR:
		return 'd';
	case S_IFLNK:
		return 'l';
	case S_IFCHR:
		return 'c';
	case S_IFBLK:
		return 'b';
	case S_IFIFO:
		return 'p';
	case S_IFSOCK:
		return 's';
	default:
		return '?';
	}
}

/* Return the execute letter of a triple: x, or the letter of a special bit. */
static char execletter(uint32_t mode, uint32_t exec, uint32_t special, char with, char without)
{
	if (mode & special)
		return mode & exec ? with : without;
	return mode & exec ? 'x' : '-';
}

static void modeformat(uint32_t mode, char out[11])
{
	static const char letters[] = "rwxrwxrwx";

	out[0] = typeletter(mode);
	for (int i = 0; i < 9; i++)
		out[i + 1] = mode & (0400u >> i) ? letters[i] : '-';
	out[3] = execletter(mode, S_IXUSR, S_ISUID, 's', 'S');
	out[6] = execletter(mode, S_IXGRP, S_ISGID, 's', 'S');
	out[9] = execletter(mode, S_IXOTH, S_ISVTX, 't', 'T');
	out[10] = '\0';
}

int listpiece(void *context, const char *format, size_t offset)
{
	bufprintf(context, "# %s at %zu\n", format, offset);
	return 0;
}

int listentry(void *context, uint32_t archive, const struct cpioentry *e)
{
	const struct newc *h = &e->head;
	struct buf *out = context;
	time_t mtime = h->mtime;
	char mode[11], date[32];
	struct tm tm;

	(void)archive;
	modeformat(h->mode, mode);
	strftime(date, sizeof(date), "%Y-%m-%d %H:%M", gmtime_r(&mtime, &tm));
	bufprintf(out, "%s %3u %5u %5u ", mode, h->nlink, h->uid, h->gid);
	if (S_ISCHR(h->mode) || S_ISBLK(h->mode))
		bufprintf(out, "%4u, %4u %s ", h->rmajor, h->rminor, date);
	else
		bufprintf(out, "%10u %s ", h->size, date);
	wordquote(out, e->name);
	if (e->target) {
		bufputs(out, " -> ");
		wordquote(out, e->target);
	}
	bufputc(out, '\n');
	return 0;
}
