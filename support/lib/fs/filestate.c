// SPDX-License-Identifier: GPL-2.0-or-later
#include "fs/filestate.h"

#include "base/buf.h"

char *filestate(const struct stat *st)
{
	return xasprintf("%lld %llu %lld.%09ld %lld.%09ld", (long long)st->st_size,
			 (unsigned long long)st->st_ino, (long long)st->st_mtim.tv_sec,
			 st->st_mtim.tv_nsec, (long long)st->st_ctim.tv_sec, st->st_ctim.tv_nsec);
}
