// SPDX-License-Identifier: GPL-2.0-or-later
/* Moves of what lies beside the files that count: git, what links lead to, dates. */
#include <stdlib.h>

#include "fs/file.h"
#include "move.h"

/* What somebody does with git in a directory of sources. */
void movegit(struct walk *w)
{
	int t = roll(&w->dice, NTREE);
	struct repo *r = &w->world.repo[t];
	const char *what = "commit";

	switch (roll(&w->dice, 8)) {
	case 0:
		r->on = !r->on;
		what = r->on ? "on" : "off";
		break;
	case 1:
		another(w, &r->tag, 0, 2);
		what = "tag";
		break;
	case 2:
		another(w, &r->branch, 0, 2);
		what = "branch";
		break;
	case 3: /* checkout of files */
		w->world.used[t] = r->used;
		w->world.unused[t] = r->unused;
		what = "checkout";
		break;
	case 4:
		treegit(w->ext, t);
		what = "status";
		break;
	default:
		r->on = 1;
		another(w, &r->commit, 0, 9);
		r->used = w->world.used[t];
		r->unused = w->world.unused[t];
		r->more = w->world.more[t];
	}
	bufprintf(&w->said, "git %s in the sources of %s; ", what,
		  t == KEEPTREE ? "keep" : "local");
}

/* What git keeps in the overlay, or a file that a link leads to. */
void movebeside(struct walk *w)
{
	if (roll(&w->dice, 2)) {
		another(w, &w->world.overlaygit, 0, 9);
		bufprintf(&w->said, ".git in the overlay is %d; ", w->world.overlaygit);
	} else {
		another(w, &w->world.far, 0, 9);
		bufprintf(&w->said, "what a link of local leads to is %d; ", w->world.far);
	}
}

/* Files that come from a machine whose clock is an hour ahead. */
void moveahead(struct walk *w)
{
	char *config = pathjoin(w->out, ".config");

	treeahead(w->ext);
	treeahead(config);
	bufputs(&w->said, "all an hour ahead; ");
	free(config);
}
