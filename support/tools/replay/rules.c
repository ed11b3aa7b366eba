// SPDX-License-Identifier: GPL-2.0-or-later
#include "rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "base/shellword.h"
#include "form.h"
#include "quicklink.h"

/* Append text as make reads it in a recipe. */
static void putplain(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '$')
			bufputc(out, '$');
		bufputc(out, *text);
	}
}

/* Append text as one word of a shell, in a recipe. */
static void putword(struct buf *out, const char *text)
{
	struct buf word = { 0 };

	shellword(&word, text);
	putplain(out, bufstr(&word));
	buffree(&word);
}

/* What kbuild prints of a target: by make itself, not by one more process for each. */
static void putnote(struct buf *out, const char *what, const char *target)
{
	bufprintf(out, "\t$(info $(empty)  %-7s %s)\n", what, target);
}

/* kbuild's additions behind fixdep's part of the record, line by line. */
static void puttail(struct buf *out, const char *tail)
{
	while (*tail) {
		size_t len = strcspn(tail, "\n");
		char *line = xstrndup(tail, len);

		bufputs(out, "echo ");
		if (*line)
			putword(out, line);
		bufputs(out, "; ");
		free(line);
		tail += len + (tail[len] == '\n');
	}
}

/* Before Linux 6.5, kbuild calls a script for each object, whose call no record has. */
#define CHECK_EXPORT "scripts/check-local-export"

/*
 * As kbuild does it: the command, then fixdep, which writes the record of it: in a file whose name
 * no other target has, as sound/ac97/bus.o and sound/ac97_bus.o would with "_" for "/".
 */
static void putcompile(struct buf *out, const struct known *k, const struct cmdfile *c)
{
	char *depend = besidetarget(c->target, ".d"), *record = besidetarget(c->target, ".cmd");
	char *command = cmdfilecommand(c);
	const char *what = endswith(c->source, ".S") ? "AS" : "CC";

	bufprintf(out, "%s: FORCE\n", c->target);
	putnote(out, endswith(c->target, ".lds") ? "LDS" : what, c->target);
	bufputs(out, "\t@set -e; ");
	putplain(out, command);
	bufprintf(out, "; { scripts/basic/fixdep %s %s ", depend, c->target);
	putword(out, c->saved);
	bufputs(out, "; ");
	puttail(out, c->tail);
	bufprintf(out,
		  "} >.replay/$(subst /,@,$@).cmd; mv .replay/$(subst /,@,$@).cmd %s; rm -f %s\n",
		  record, depend);
	if (endswith(c->target, ".o") && snapshotfind(&k->source, CHECK_EXPORT)) {
		bufputs(out, "\t@");
		putword(out, k->work->src);
		bufprintf(out, "/" CHECK_EXPORT " %s\n", c->target);
	}
	bufputc(out, '\n');
	free(command);
	free(record);
	free(depend);
}

static void putarchive(struct buf *out, const struct known *k, const struct plan *p,
		       const char *target)
{
	const struct cmdfile *c = cmdfilefind(&k->commands, target);
	const struct programs by = submakeprograms(k->base);
	struct strlist members = { 0 };
	char *command = cmdfilecommand(c);
	enum form form = commandform(c, &by, &members);

	bufprintf(out, "%s: FORCE", target);
	for (size_t i = 0; i < members.len; i++) {
		if (listhas(&p->archives, members.item[i]) && !listhas(&p->thin, members.item[i]))
			bufprintf(out, " %s", members.item[i]);
	}
	bufputc(out, '\n');
	if (form != FORM_ORDER)
		putnote(out, form == FORM_LINK ? "LD [M]" : "AR", target);
	bufputs(out, "\t@set -e; ");
	putplain(out, command);
	bufputs(out, "\n\n");
	free(command);
	listfree(&members);
}

/* What is in the environment a and not, or with another value, in b: as NAME=VALUE; or as NAME. */
static void putdifference(struct buf *out, const struct strlist *a, const struct strlist *b,
			  bool unset)
{
	static const char *const each[] = { "MAKEFLAGS=", "MFLAGS=", "MAKELEVEL=" };

	for (size_t i = 0; i < a->len; i++) {
		const char *v = a->item[i];
		size_t name = strcspn(v, "=") + 1;
		bool skip = listhas(b, v);

		for (size_t n = 0; n < sizeof(each) / sizeof(*each); n++)
			skip = skip || startswith(v, each[n]);
		for (size_t n = 0; unset && !skip && n < b->len; n++)
			skip = strncmp(b->item[n], v, name) == 0;
		if (skip)
			continue;
		char *one = unset ? xstrndup(v, name - 1) : xstrdup(v);

		bufputs(out, unset ? " -u " : " ");
		putword(out, one);
		free(one);
	}
}

/* What makes the linker's stand-in known to a command. */
static void putquicklink(struct buf *out, const struct known *k)
{
	char *dir = statepath(k->work, "link");

	bufputs(out, " " QUICKLINK_DIR "=");
	putword(out, dir);
	bufputs(out, " PATH=");
	putword(out, dir);
	bufputs(out, "/bin:\"$$PATH\"");
	free(dir);
}

/* The environment of one of kbuild's last makes, for a command. */
static void putenvironment(struct buf *out, const struct known *k, const struct submake *m)
{
	const struct programs by = submakeprograms(k->base);

	bufputs(out, "\t+@env");
	putdifference(out, &k->base->env, &m->env, true);
	putdifference(out, &m->env, &k->base->env, false);
	if (m->kind == SUBMAKE_VMLINUX && quicklinkcan(k->work->build, by.ld, by.nm))
		putquicklink(out, k);
}

/* One of them, with its own arguments. */
static void putmake(struct buf *out, const struct known *k, const struct submake *m)
{
	putenvironment(out, k, m);
	bufputs(out, " $(MAKE)");
	for (size_t i = 1; i < m->argv.len; i++) {
		bufputc(out, ' ');
		putword(out, m->argv.item[i]);
	}
	bufputc(out, '\n');
}

/* Those of kbuild's makes that are of the kinds first to last. */
static void putmakes(struct buf *out, const struct known *k, enum submakekind first,
		     enum submakekind last)
{
	for (size_t i = 0; i < k->makes.len; i++) {
		if (k->makes.item[i].kind >= first && k->makes.item[i].kind <= last)
			putmake(out, k, &k->makes.item[i]);
	}
}

/* What makes vmlinux of the link ahead, if it can; or what gives it its date then. */
static void putfinish(struct buf *out, const struct known *k, bool make)
{
	const struct programs by = submakeprograms(k->base);
	const struct submake *m = submakeof(&k->makes, SUBMAKE_VMLINUX);
	const struct cmdfile *c = cmdfilefind(&k->commands, "vmlinux");
	char *command = c && c->source ? cmdfilecommand(c) : NULL;

	if (command && m && quicklinkcan(k->work->build, by.ld, by.nm)) {
		putenvironment(out, k, m);
		bufputs(out, " finish");
		if (make) {
			bufputc(out, ' ');
			putword(out, c->source);
			bufputc(out, ' ');
			putword(out, command);
		}
		bufputc(out, '\n');
	}
	free(command);
}

/* A goal that is made of targets, but not of those in without. */
static void putlist(struct buf *out, const char *goal, const struct strlist *targets,
		    const struct strlist *without)
{
	bufprintf(out, "%s:", goal);
	for (size_t i = 0; i < targets->len; i++) {
		if (!listhas(without, targets->item[i]))
			bufprintf(out, " %s", targets->item[i]);
	}
	bufputs(out, "\n\n");
}

void ruleswrite(const struct known *k, const struct plan *p, struct buf *out)
{
	const struct cmdfile *archive = cmdfilefind(&k->commands, "vmlinux.a");
	const struct programs by = submakeprograms(k->base);
	const struct strlist *const compiled[] = { &p->offsets, &p->compile };

	bufputs(out, "# What replay runs in place of kbuild.\n"
		     "MAKEFLAGS += -rR --no-print-directory\n"
		     ".DELETE_ON_ERROR:\n.PHONY: FORCE " RULES_OFFSETS " " RULES_OBJECTS
		     " " RULES_DIRS " replay-archives replay-whole"
		     " replay-ahead replay-object " RULES_LAST "\n\n");
	putlist(out, RULES_OFFSETS, &p->offsets, &p->thin);
	putlist(out, RULES_OBJECTS, &p->compile, &p->thin);
	bufputs(out, RULES_DIRS ":\n");
	for (size_t i = 0; i < k->makes.len; i++) {
		const struct submake *m = &k->makes.item[i];

		if (m->kind == SUBMAKE_DIRECTORY && listhas(&p->dirs, submakedir(m)))
			putmake(out, k, m);
	}
	bufputc(out, '\n');
	putlist(out, "replay-archives", &p->archives, &p->thin);
	bufputs(out, "replay-whole: replay-archives\n");
	if (archive && p->relink && !listhas(&p->thin, archive->target)) {
		char *command = cmdfilecommand(archive);

		putnote(out, "AR", "vmlinux.a");
		bufputs(out, "\t@set -e; ");
		putplain(out, command);
		bufputc(out, '\n');
		free(command);
	}
	bufputs(out, "\nreplay-ahead: replay-whole\n");
	if (p->relink && quicklinkcan(k->work->build, by.ld, by.nm)) {
		bufputs(out, "\t@env");
		putquicklink(out, k);
		bufputs(out, " ahead\n");
		if (p->finish)
			putfinish(out, k, true);
	}
	bufputs(out, "\nreplay-object: replay-whole\n");
	putmakes(out, k, SUBMAKE_OBJECT, SUBMAKE_MODPOST);
	bufputs(out, "\n" RULES_LAST ": replay-object replay-ahead\n");
	if (p->finish)
		putfinish(out, k, false);
	putmakes(out, k, SUBMAKE_VMLINUX, SUBMAKE_IMAGE);
	bufputc(out, '\n');
	for (size_t n = 0; n < 2; n++) {
		for (size_t i = 0; i < compiled[n]->len; i++)
			putcompile(out, k, cmdfilefind(&k->commands, compiled[n]->item[i]));
	}
	for (size_t i = 0; i < p->archives.len; i++) {
		if (!listhas(&p->thin, p->archives.item[i]))
			putarchive(out, k, p, p->archives.item[i]);
	}
}
