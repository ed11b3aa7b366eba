// SPDX-License-Identifier: GPL-2.0-or-later
#include "book.h"

#include <stdlib.h>
#include <string.h>

struct package *packagefind(const struct book *b, const char *name)
{
	for (size_t i = 0; i < b->len; i++) {
		if (strcmp(b->package[i]->name, name) == 0)
			return b->package[i];
	}
	return NULL;
}

static void packagefree(struct package *p)
{
	char *strings[] = { p->name,  p->symbol, p->kconfig, p->recipe, p->version, p->license,
			    p->mode,  p->type,	 p->dir,     p->source, p->giturl,  p->gitcommit,
			    p->owner, p->local,	 p->title,   p->base };

	for (size_t i = 0; i < sizeof(strings) / sizeof(*strings); i++)
		free(strings[i]);
	listfree(&p->url);
	listfree(&p->digest);
	listfree(&p->patch);
	pairsfree(&p->copy);
	pairsfree(&p->embed);
	listfree(&p->depends);
	listfree(&p->help);
	listfree(&p->all);
	listfree(&p->users);
	for (size_t i = 0; i < NPARTS; i++)
		pairsfree(&p->part[i].paths);
	free(p);
}

void bookfree(struct book *b)
{
	for (size_t i = 0; i < b->len; i++)
		packagefree(b->package[i]);
	free(b->package);
	free(b->unit);
	free(b->rootfs);
	free(b->manifest);
	free(b->needs);
	pairsfree(&b->set);
	pairsfree(&b->tool);
	listfree(&b->needless);
	listfree(&b->lib);
	*b = (struct book){ 0 };
}
