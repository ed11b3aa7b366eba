// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "fs/file.h"

struct digest {
	EVP_MD_CTX *ctx;
};

struct digest *digestnew(void)
{
	struct digest *d = xmalloc(sizeof(*d));

	d->ctx = EVP_MD_CTX_new();
	if (!d->ctx || EVP_DigestInit_ex(d->ctx, EVP_sha256(), NULL) != 1)
		abort();
	return d;
}

void digestadd(struct digest *d, const void *data, size_t len)
{
	if (EVP_DigestUpdate(d->ctx, data, len) != 1)
		abort();
}

void digestend(struct digest *d, char hex[DIGESTHEX])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char raw[EVP_MAX_MD_SIZE];
	unsigned int len = 0;

	if (EVP_DigestFinal_ex(d->ctx, raw, &len) != 1 || len != 32)
		abort();
	for (unsigned int i = 0; i < len; i++) {
		hex[2 * i] = digits[raw[i] >> 4];
		hex[2 * i + 1] = digits[raw[i] & 15];
	}
	hex[64] = '\0';
	EVP_MD_CTX_free(d->ctx);
	free(d);
}

void digestbytes(const void *data, size_t len, char hex[DIGESTHEX])
{
	struct digest *d = digestnew();

	digestadd(d, data, len);
	digestend(d, hex);
}

int digestfd(int fd, char hex[DIGESTHEX])
{
	struct digest *d = digestnew();
	char chunk[65536];
	ssize_t n;

	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		digestadd(d, chunk, (size_t)n);
	}
	int err = errno;

	digestend(d, hex);
	errno = err;
	return n < 0 ? -1 : 0;
}

/* Call digestfd, then close fd. */
static int digestclose(int fd, char hex[DIGESTHEX])
{
	int ret = fd < 0 ? -1 : digestfd(fd, hex);
	int err = errno;

	if (fd >= 0)
		close(fd);
	errno = err;
	return ret;
}

int digestfile(const char *path, char hex[DIGESTHEX])
{
	return digestclose(open(path, O_RDONLY | O_CLOEXEC), hex);
}

int digestreg(const char *path, int flags, char hex[DIGESTHEX])
{
	return digestclose(regopen(path, flags | O_RDONLY, 0), hex);
}

bool digestvalid(const char *s)
{
	return strlen(s) == 64 && strspn(s, "0123456789abcdef") == 64;
}
