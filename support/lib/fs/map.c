// SPDX-License-Identifier: GPL-2.0-or-later
#include "fs/map.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int mapopen(struct map *m, const char *path)
{
	struct stat st;
	int fd, err;

	*m = (struct map){ 0 };
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	if (fstat(fd, &st) < 0)
		goto fail;
	if (!S_ISREG(st.st_mode)) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		goto fail;
	}
	if (st.st_size > 0) {
		m->data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (m->data == MAP_FAILED)
			goto fail;
		m->len = (size_t)st.st_size;
	}
	close(fd);
	return 0;
fail:
	err = errno;
	m->data = NULL;
	close(fd);
	errno = err;
	return -1;
}

void mapclose(struct map *m)
{
	if (m->data)
		munmap(m->data, m->len);
	*m = (struct map){ 0 };
}
