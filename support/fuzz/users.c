// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a table of users, for mkusers: passwd gets lines of seven fields, group of four. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mkusers/users.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The file which has a line for each of count, each with so many colons. */
static void hascolons(const struct users *u, const char *which, size_t count, size_t colons)
{
	struct buf out = { 0 };
	size_t lines = 0, seen = 0;

	userswrite(u, which, "root", "*", &out);
	for (const char *p = bufstr(&out); *p; p++) {
		seen += *p == ':';
		lines += *p == '\n';
		if (*p == '\n' && seen != lines * colons)
			abort();
	}
	if (lines != count)
		abort();
	buffree(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct users u = { 0 };

	usersadd(&u, "skeleton", "root 0 root 0 /root /bin/sh\n");
	usersadd(&u, "fuzz", text);
	hascolons(&u, "passwd", u.user.len, 6);
	hascolons(&u, "shadow", u.user.len, 8);
	hascolons(&u, "group", u.group.len, 3);
	usersfree(&u);
	free(text);
	return 0;
}
