// SPDX-License-Identifier: GPL-2.0-or-later
#include "hash.h"

#include <crypt.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "base/buf.h"
#include "base/digest.h"

#define SALTLEN	    16 /* most that SHA-512 crypt uses */
#define IDLEN_MAX   4  /* "$sha1$" */
#define HASHLEN_MIN 22 /* characters of MD5 crypt's result, the shortest */

static const char base64[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/* The number of letters and digits between the first two dollars; 0 if there are others. */
static size_t idlen(const char *text)
{
	size_t len;

	if (*text != '$')
		return 0;
	len = strspn(text + 1, base64 + 2);
	return text[1 + len] == '$' ? len : 0;
}

bool ishash(const char *text)
{
	size_t len = idlen(text);

	return len > 0 && len <= IDLEN_MAX;
}

const char *hashreason(const char *text)
{
	const char *rest = text + idlen(text) + 2;
	const char *last = strrchr(rest, '$');

	for (const char *p = rest; *p; p++) {
		if (!strchr(base64, *p) && !strchr("$=,+-", *p))
			return "it has characters that no hash has";
	}
	if (!last)
		return "it has no salt";
	return strlen(last + 1) < HASHLEN_MIN ? "it is truncated" : NULL;
}

char *hashmake(const char *password, const char *seed)
{
	char hex[DIGESTHEX], setting[SALTLEN + 5] = "$6$";
	struct crypt_data *data;
	char *hash = NULL;

	digestbytes(seed, strlen(seed), hex);
	for (int i = 0; i < SALTLEN; i++) {
		const char byte[] = { hex[2 * i], hex[2 * i + 1], '\0' };

		setting[3 + i] = base64[strtoul(byte, NULL, 16) & 63];
	}
	setting[3 + SALTLEN] = '$';
	data = xcalloc(1, sizeof(*data));
	errno = 0;
	if (crypt_r(password, setting, data) && startswith(data->output, "$6$"))
		hash = xstrdup(data->output);
	else if (!errno)
		errno = EINVAL;
	explicit_bzero(data, sizeof(*data));
	free(data);
	return hash;
}
