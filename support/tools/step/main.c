// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * step: runs the step scripts of one package, those that are stale, and keeps the records
 * that tell whether they are. docs/step.md says how.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "job.h"
#include "msg.h"
#include "pipeline.h"

static const char usage[] =
	"usage: step --name NAME --dir DIR --clock FILE [options] STEP...\n"
	"\n"
	"Runs DIR/STEP.sh for each STEP (unpack, or configure build install) from the first one\n"
	"that is stale on: whose script, sources or dependencies are not what it last ran with.\n"
	"  --title TEXT        name and version, for the line that each step prints\n"
	"  --src DIR           source tree ($SRC); DIR/src by default\n"
	"  --src-key FILE      its content stands for the source tree's\n"
	"  --dep NAME=DIR      a package this one depends on, and its directory\n"
	"  --part PART         part of their images that counts: sysroot (default), target, images\n"
	"  --file NAME=PATH    copy PATH to DIR/files/NAME ($FILES/NAME)\n"
	"  --env NAME=VALUE    a variable for the scripts; @PATH is made absolute\n"
	"  --keep-build        keep the build directory when only the configuration changed\n"
	"  --from STEP         do STEP and what follows it, stale or not\n"
	"  --stamp FILE        touch FILE, by the build's clock, when all is done\n"
	"  --clock FILE        the build's clock\n"
	"  --verbose N         -1 nothing, 0 a line a step, 1 output too, 2 reasons too\n"
	"exit: 0 done, 1 a step failed or could not be run, 2 usage, 128+N ended by signal N\n";

static void addpair(struct pairs *p, const char *option, const char *arg)
{
	const char *eq = strchr(arg, '=');

	if (!eq || eq == arg)
		dieusage("%s wants NAME=VALUE, not '%s'", option, arg);
	pairadd(p, arg, (size_t)(eq - arg), eq + 1);
}

/* Take one option that has a value. Returns 0 when there is none of that name. */
static int option(struct job *j, const char *name, const char *arg)
{
	struct {
		const char *name;
		const char **to;
	} plain[] = { { "--name", &j->name },	   { "--title", &j->title },
		      { "--dir", &j->dir },	   { "--src", &j->src },
		      { "--src-key", &j->srckey }, { "--clock", &j->clock },
		      { "--stamp", &j->stamp },	   { "--part", &j->part },
		      { "--from", &j->from } };

	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++) {
		if (strcmp(name, plain[i].name) == 0) {
			*plain[i].to = arg;
			return 1;
		}
	}
	if (strcmp(name, "--dep") == 0)
		addpair(&j->deps, name, arg);
	else if (strcmp(name, "--file") == 0)
		addpair(&j->files, name, arg);
	else if (strcmp(name, "--env") == 0)
		addpair(&j->env, name, arg);
	else if (strcmp(name, "--verbose") == 0)
		j->verbose = (int)strtol(arg, NULL, 10);
	else
		return 0;
	return 1;
}

static void needstep(const char *name)
{
	if (strcmp(name, "unpack") != 0 && strcmp(name, "configure") != 0 &&
	    strcmp(name, "build") != 0 && strcmp(name, "install") != 0)
		dieusage("there is no step '%s'", name);
}

static void parse(struct job *j, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--help") == 0) {
			fputs(usage, stdout);
			exit(EXIT_OK);
		} else if (strcmp(argv[i], "--keep-build") == 0) {
			j->keep = 1;
		} else if (argv[i][0] != '-') {
			listadd(&j->steps, argv[i]);
		} else if (i + 1 < argc && option(j, argv[i], argv[i + 1])) {
			i++;
		} else {
			dieusage("unknown option, or one without its value: '%s'", argv[i]);
		}
	}
	if (!j->name || !j->dir || !j->clock || !j->steps.len)
		dieusage("--name, --dir, --clock and a step are needed");
	for (size_t i = 0; i < j->steps.len; i++)
		needstep(j->steps.item[i]);
	if (j->from)
		needstep(j->from);
}

int main(int argc, char **argv)
{
	static struct job j = { .part = "sysroot" };

	progname = "step";
	parse(&j, argc, argv);
	if (!j.title)
		j.title = j.name;
	if (!j.src)
		j.src = jobpath(&j, "src");
	return pipelinerun(&j);
}
