// SPDX-License-Identifier: GPL-2.0-or-later
#include "sourceentry.h"

#include <archive_entry.h>
#include <stdint.h>

#define TIME_MAX ((long long)UINT32_MAX)

static mode_t typerefuse(const char **why, const char *text)
{
	*why = text;
	return 0;
}

mode_t entrytype(struct archive_entry *e, const char **why)
{
	if (archive_entry_hardlink(e))
		return S_IFREG;
	switch (archive_entry_filetype(e)) {
	case AE_IFREG:
		if (archive_entry_perm(e) & (S_ISUID | S_ISGID))
			return typerefuse(why, "it has a set-id bit");
		return S_IFREG;
	case AE_IFDIR:
		return S_IFDIR;
	case AE_IFLNK:
		return S_IFLNK;
	case AE_IFCHR:
	case AE_IFBLK:
		return typerefuse(why, "it is a device node");
	case AE_IFIFO:
		return typerefuse(why, "it is a fifo");
	case AE_IFSOCK:
		return typerefuse(why, "it is a socket");
	default:
		return typerefuse(why, "it is of a kind that is not known here");
	}
}

const char *entrytime(struct archive_entry *e)
{
	if (archive_entry_mtime(e) > TIME_MAX)
		return "its time is later than the year 2106";
	if (!archive_entry_mtime_is_set(e) || archive_entry_mtime(e) < 0)
		archive_entry_set_mtime(e, 0, 0);
	return NULL;
}

const char *typephrase(mode_t type)
{
	return S_ISDIR(type) ? "a directory" : S_ISLNK(type) ? "a symbolic link" : "a file";
}
