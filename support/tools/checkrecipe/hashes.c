// SPDX-License-Identifier: GPL-2.0-or-later
#include "hashes.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "lines.h"

/* Cut the first word off *s: its copy is the caller's, "" if there is none. */
static char *takeword(const char **s)
{
	const char *word = skipblank(*s);

	*s = word + wordlen(word);
	return xstrndup(word, wordlen(word));
}

static const char *whatiswrong(const struct hashes *h, const char *kind, const char *digest,
			       const char *name, const char *rest)
{
	if (strcmp(kind, "sha256") != 0 || !*name || *skipblank(rest))
		return "not 'sha256  DIGEST  FILE'";
	if (!digestvalid(digest))
		return "the digest is not 64 lower-case hex digits";
	if (strchr(name, '/'))
		return "the file is named without a directory";
	for (size_t i = 0; i < h->digests.len; i++) {
		if (strcmp(h->digests.item[i], digest) == 0)
			return "this digest is here already";
	}
	return NULL;
}

void hashparse(struct hashes *h, const char *file, const char *text, struct report *r)
{
	struct lines l = { .next = text };

	while (linenext(&l)) {
		const char *s = skipblank(l.buf.data);
		char *kind;
		char *digest;
		char *name;
		const char *wrong;

		if (!*s || *s == '#')
			continue;
		kind = takeword(&s);
		digest = takeword(&s);
		name = takeword(&s);
		wrong = whatiswrong(h, kind, digest, name, s);
		if (wrong) {
			reportadd(r, file, l.number, "%s", wrong);
		} else {
			listadd(&h->digests, digest);
			listadd(&h->names, name);
		}
		free(kind);
		free(digest);
		free(name);
	}
	buffree(&l.buf);
}

int hashhas(const struct hashes *h, const char *name)
{
	for (size_t i = 0; i < h->names.len; i++) {
		if (strcmp(h->names.item[i], name) == 0)
			return 1;
	}
	return 0;
}

void hashfree(struct hashes *h)
{
	listfree(&h->names);
	listfree(&h->digests);
}
