// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/artsign.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "fs/file.h"
#include "store/artfile.h"
#include "store/artlist.h"

char *artsignpath(const char *dir, const char *key)
{
	char *path = artifactpath(dir, key);
	char *ret = xasprintf("%s.sig", path);

	free(path);
	return ret;
}

enum origin artorigin(const char *dir, const char *key, struct buf *sig)
{
	char *path = artsignpath(dir, key);
	int fd = regopen(path, O_RDONLY | O_NOFOLLOW, 0);
	enum origin ret = fd < 0 && errno == ENOENT ? ORIGIN_HERE : ORIGIN_FETCHED;
	char text[SIGNATURE_MAX];
	ssize_t len = fd < 0 ? -1 : readall(fd, text, sizeof(text));

	if (len > 0) {
		ret = ORIGIN_SIGNED;
		if (sig)
			bufadd(sig, text, (size_t)len);
	}
	if (fd >= 0)
		close(fd);
	free(path);
	return ret;
}

int artsignkeep(const char *dir, const char *key, const struct buf *sig)
{
	char *path = artsignpath(dir, key);
	int ret = filewrite(path, sig->len ? sig->data : "", sig->len, 0666);

	free(path);
	return ret;
}

void artsignforget(const char *dir, const char *key)
{
	char *path = artsignpath(dir, key);

	unlink(path);
	free(path);
}

int artsignmake(int fd, const char *keyfile, struct buf *sig, char **why)
{
	struct buf header = { 0 };
	int ret = -1;

	if (artheader(fd, &header) < 0)
		*why = xstrdup("its header cannot be read");
	else
		ret = sshsign(keyfile, &header, sig, why);
	buffree(&header);
	return ret;
}

enum signedby artsigncheck(int fd, const char *signers, const struct buf *sig, char **why)
{
	struct buf header = { 0 };
	enum signedby ret = SIGNED_BAD;

	if (!sig->len)
		*why = xstrdup("it is not signed");
	else if (artheader(fd, &header) < 0)
		*why = xstrdup("its header is damaged");
	else
		ret = sshverify(signers, &header, sig, why);
	buffree(&header);
	return ret;
}
