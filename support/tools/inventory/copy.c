// SPDX-License-Identifier: GPL-2.0-or-later
#include "copy.h"

#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

#include "fs/file.h"

int filecopy(const char *from, const char *to, bool uselink)
{
	struct outfile out;
	int fd, ret;

	if (mkparents(to) < 0)
		return -1;
	if (uselink && link(from, to) == 0)
		return 0;
	fd = open(from, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	ret = outopen(&out, to, 0666);
	if (ret == 0 && fdcopy(fd, out.fd) < 0) {
		outabort(&out);
		ret = -1;
	} else if (ret == 0) {
		ret = outcommit(&out);
	}
	close(fd);
	return ret;
}
