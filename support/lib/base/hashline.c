// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/hashline.h"

#include <string.h>

#include "base/digest.h"

const char *hashline(struct hashline *h, char *line)
{
	static const char blanks[] = " \t\r";
	char *rest = line;
	char *kind = strtok_r(rest, blanks, &rest);

	*h = (struct hashline){ 0 };
	if (!kind || *kind == '#')
		return NULL;
	h->digest = strtok_r(NULL, blanks, &rest);
	h->file = strtok_r(NULL, blanks, &rest);
	if (strcmp(kind, "sha256") != 0 || !h->file || strtok_r(NULL, blanks, &rest))
		return "not 'sha256  DIGEST  FILE'";
	if (!digestvalid(h->digest))
		return "the digest is not 64 lower-case hex digits";
	return NULL;
}
