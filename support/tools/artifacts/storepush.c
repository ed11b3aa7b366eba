// SPDX-License-Identifier: GPL-2.0-or-later
#include "storepush.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/msg.h"
#include "base/size.h"
#include "store/artlist.h"
#include "store/artpush.h"

/* How many entries had each result, and the bytes of those that were sent. */
struct sum {
	size_t n[ARTPUSH_END + 1];
	unsigned long long bytes;
};

static void sentprint(const struct artifacts *a, const struct artifactentry *e, size_t at, size_t n)
{
	char *title = artifacttitle(a->dir, e->key);
	char *size = sizeformat(e->size);

	tell(stdout, "  PUSH       %s, %s (%zu of %zu)\n", title && *title ? title : e->key, size,
	     at, n);
	fflush(stdout);
	free(size);
	free(title);
}

static enum artpush push(const struct artifacts *a, const struct artifactentry *e)
{
	char *note = NULL;
	enum artpush ret = artifactpush(a, e->key, &note);

	if (note)
		warn("%s", note);
	free(note);
	return ret;
}

static void sumprint(const struct sum *s, size_t n)
{
	char *size = sizeformat(s->bytes);

	printf("of %zu entries %zu sent (%s), %zu there already", n, s->n[ARTPUSH_SENT], size,
	       s->n[ARTPUSH_THERE]);
	if (s->n[ARTPUSH_LEFT])
		printf(", %zu left out: they were fetched, and nobody trusted has signed them",
		       s->n[ARTPUSH_LEFT]);
	if (s->n[ARTPUSH_FAILED])
		printf(", %zu failed", s->n[ARTPUSH_FAILED]);
	if (s->n[ARTPUSH_END])
		printf("; the rest was not tried");
	printf("\n");
	free(size);
}

int storepush(const struct artifacts *a)
{
	struct artifactentry *list;
	struct sum s = { 0 };
	size_t n;

	if (artifactlist(a->dir, &list, &n) < 0)
		return -1;
	for (size_t i = n; i > 0 && !s.n[ARTPUSH_END]; i--) {
		const struct artifactentry *e = &list[i - 1];
		enum artpush result = push(a, e);

		s.n[result]++;
		if (result != ARTPUSH_SENT)
			continue;
		s.bytes += e->size;
		sentprint(a, e, n - i + 1, n);
	}
	sumprint(&s, n);
	free(list);
	return s.n[ARTPUSH_FAILED] || s.n[ARTPUSH_END] ? 1 : 0;
}
