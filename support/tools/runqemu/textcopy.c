// SPDX-License-Identifier: GPL-2.0-or-later
#include "textcopy.h"

#include <errno.h>
#include <unistd.h>

#include "fs/file.h"

void textcopywrite(struct textcopy *k, const void *data, size_t len)
{
	if (!k || k->fd < 0 || k->error)
		return;
	if (len > k->left)
		len = k->left;
	k->left -= len;
	if (writeall(k->fd, data, len) < 0)
		k->error = errno;
}

int textcopyclose(struct textcopy *k)
{
	if (k->fd >= 0 && close(k->fd) < 0 && !k->error)
		k->error = errno;
	k->fd = -1;
	errno = k->error;
	return k->error ? -1 : 0;
}
