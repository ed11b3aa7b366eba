// SPDX-License-Identifier: GPL-2.0-or-later
#include "archive/archwhy.h"

#include <archive.h>
#include <errno.h>
#include <string.h>

#include "base/buf.h"

char *archwhy(struct archive *a, const char *otherwise)
{
	const char *text = archive_error_string(a);
	int err = archive_errno(a);

	if (!text)
		text = otherwise;
	/* libarchive uses these for its own errors: a bad format or a misuse. */
	if (err <= 0 || err == EILSEQ || err == EINVAL || strstr(text, strerror(err)))
		return xstrdup(text);
	return xasprintf("%s: %s", text, strerror(err));
}
