// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge.h"

#include <stdlib.h>

#include "devices.h"
#include "report.h"
#include "results/expect.h"
#include "testreport.h"

void judgefold(struct fold *f, const struct options *o)
{
	char *title = xasprintf("%s: %s", o->run ? o->run : "guest",
				o->command ? o->command : "its console");

	foldbegin(f, title);
	free(title);
}

int judge(struct guestend *end, const struct judging *j)
{
	const struct launch *l = j->launch;
	const struct options *o = l->options;
	const struct reportfor f = { .mode = l->mode,
				     .silence = j->silence,
				     .kvm = j->kvm,
				     .strict = o->strict,
				     .expects = o->expect,
				     .shown = o->showlog,
				     .memory = o->memory,
				     .options = o,
				     .machine = l->machine,
				     .least = memoryleast(o, l->machine) };
	struct fold fold = { .kind = o->fold };
	int ret;

	expectapply(&end->results, j->known);
	testreport(&end->results, &fold);
	foldguests(&fold);
	ret = report(end, &f);
	foldours(&fold);
	return ret;
}
