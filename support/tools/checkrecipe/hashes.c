// SPDX-License-Identifier: GPL-2.0-or-later
#include "hashes.h"

#include <stdbool.h>
#include <string.h>

#include "base/hashline.h"
#include "lines.h"

/* Check the file name and the digest of a valid line. Returns NULL, or an error message. */
static const char *whatiswrong(const struct hashes *h, const struct hashline *line)
{
	if (strchr(line->file, '/'))
		return "the file is named without a directory";
	return listhas(&h->digests, line->digest) ? "this digest is here already" : NULL;
}

void hashparse(struct hashes *h, const char *file, const char *text, struct report *r)
{
	struct lines l = { .next = text };

	while (linenext(&l)) {
		struct hashline line;
		const char *wrong = hashline(&line, l.buf.data);

		if (!wrong && line.file)
			wrong = whatiswrong(h, &line);
		if (wrong) {
			reportadd(r, file, l.number, "%s", wrong);
		} else if (line.file) {
			listadd(&h->digests, line.digest);
			listadd(&h->names, line.file);
		}
	}
	buffree(&l.buf);
}

bool hashhas(const struct hashes *h, const char *name)
{
	return listhas(&h->names, name);
}

void hashfree(struct hashes *h)
{
	listfree(&h->names);
	listfree(&h->digests);
}
