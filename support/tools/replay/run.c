// SPDX-License-Identifier: GPL-2.0-or-later
#include "run.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/affix.h"
#include "base/msg.h"
#include "base/number.h"
#include "fs/file.h"
#include "fs/remove.h"
#include "makefiles.h"
#include "quicklink.h"
#include "role.h"
#include "rules.h"
#include "shortcut.h"
#include "spawn.h"

extern char **environ;

/* Remove targets of the build directory. */
static void removetargets(const struct work *w, const struct strlist *targets)
{
	for (size_t i = 0; i < targets->len; i++) {
		char *path = pathjoin(w->build, targets->item[i]);

		if (unlink(path) < 0 && errno != ENOENT)
			die("cannot remove %s:", path);
		free(path);
	}
}

/* A mark that says: all targets that are newer than their records. kbuild writes these last. */
#define MARK_NEWER "*"

static bool newer(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

static void addnewer(const struct work *w, struct strlist *targets)
{
	struct snapshot now = { 0 };
	char *where = NULL;

	if (snapshottree(&now, w->build, ".replay", &where) < 0)
		die("cannot read %s:", where);
	for (size_t i = 0; i < now.len; i++) {
		char *target = cmdfiletarget(now.item[i].path);
		const struct snapfile *f = target ? snapshotfind(&now, target) : NULL;

		if (f && newer(f->mtim, now.item[i].mtim))
			listadd(targets, target);
		free(target);
	}
	snapshotfree(&now);
}

/* Remove what the last run may have left half made, and with another record than its own. */
static void removeleft(const struct work *w)
{
	struct strlist left = { 0 };

	if (markread(w, &left) && (!left.len || listhas(&left, MARK_NEWER)))
		addnewer(w, &left);
	removetargets(w, &left);
	listfree(&left);
}

/* Whether make was ended by a signal at which it does not remove what it had begun. */
static bool cutoff(int status)
{
	return status > 128 && status != 128 + SIGINT && status != 128 + SIGTERM &&
	       status != 128 + SIGHUP && status != 128 + SIGQUIT;
}

int runplain(const struct work *w)
{
	removeleft(w);
	if (stateforget(w) < 0)
		die("cannot remove %s/.replay:", w->build);
	return spawn(w->command, ".", environ);
}

/* ---- keeping ---- */

/* Record the build directory as it is now. */
static void lookatbuild(const struct work *w, struct state *s)
{
	char *where = NULL;

	snapshotfree(&s->build);
	if (snapshottree(&s->build, w->build, ".replay", &where) < 0)
		die("cannot read %s:", where);
}

static void keep(const struct work *w, struct state *s)
{
	lookatbuild(w, s);
	if (statewrite(w, s) < 0)
		die("cannot write %s/.replay/state:", w->build);
}

/* Record a build by kbuild that succeeded. */
static void keepkbuild(const struct known *k)
{
	const struct work *w = k->work;
	struct cmdfiles commands = { 0 };
	struct state s = { .begun = w->begun, .source = k->source };
	char *why = NULL;

	memcpy(s.env, w->env, sizeof(s.env));
	memcpy(s.goals, w->goals, sizeof(s.goals));
	lookatbuild(w, &s);
	/* A record that is not understood is an error the next time. */
	if (cmdfilesread(&commands, w->build, &s.build, &why) == 0)
		outsidelisted(w, &commands, &s.outside);
	if (makefilesread(w->src, &k->source, &s.build, &s.named, &why) < 0)
		die("cannot read %s:", why);
	if (statewrite(w, &s) < 0)
		die("cannot write %s/.replay/state:", w->build);
	s.source = (struct snapshot){ 0 };
	statefree(&s);
	cmdfilesfree(&commands);
	free(why);
}

/* ---- kbuild ---- */

int runkbuild(const struct known *k, bool same)
{
	const struct work *w = k->work;
	const char *const newer[] = { MARK_NEWER };
	struct strlist all = { .item = (char **)newer, .len = 1 };
	char *dir = staterecord(w), *makefile = statepath(w, "recorder.mk");
	char *text = submakerecorder(dir);
	char *state = statepath(w, "state");
	struct sigaction before[SPAWN_SIGNALS];
	int status;

	statesettle(w);
	signalstake(before);
	removeleft(w);
	removetargets(w, &k->state.pending);
	if (!same && stateforget(w) < 0)
		die("cannot remove %s/.replay:", w->build);
	if (treeremove(dir) < 0 || mkdirs(dir) < 0 || (unlink(state) < 0 && errno != ENOENT) ||
	    filewrite(makefile, text, strlen(text), 0666) < 0 || markset(w, &all) < 0 ||
	    setenv("MAKEFILES", makefile, 1) < 0)
		die("cannot write %s:", makefile);
	status = unlessasked(0);
	if (status == 0)
		status = spawn(w->command, ".", environ);
	if (status == 0)
		keepkbuild(k);
	if (!cutoff(status) && markclear(w) < 0)
		die("cannot remove the mark in %s/.replay:", w->build);
	signalsback(before);
	free(state);
	free(text);
	free(makefile);
	free(dir);
	return status;
}

/* ---- in its place ---- */

/* The options of flags that name job slots, or the others: to out, with a blank before each. */
static void addflags(struct buf *out, const char *flags, bool slots)
{
	char *copy = xstrdup(flags), *p = copy, *word;
	bool options = true;

	while ((word = strsep(&p, " "))) {
		options = options && strcmp(word, "--") != 0;
		bool isslot =
			options && (startswith(word, "-j") || startswith(word, "--jobserver"));

		if (*word && isslot == slots && (options || !slots))
			bufprintf(out, "%s%s", out->len ? " " : "", word);
	}
	free(copy);
}

/* The environment of base, with the job slots that this program was given. */
static void environment(const struct submake *base, struct strlist *env)
{
	static const char *const own[] = { "MAKEFLAGS=", "MFLAGS=", "MAKELEVEL=", "MAKEFILES=" };
	const char *flags = submakevalue(base, "MAKEFLAGS");
	const char *rest = strstr(flags, " -- ");
	const char *given = getenv("MAKEFLAGS");
	long long level;
	struct buf out = { 0 }, slots = { 0 };

	for (size_t i = 0; i < base->env.len; i++) {
		bool skip = false;

		for (size_t n = 0; n < sizeof(own) / sizeof(*own); n++)
			skip = skip || startswith(base->env.item[i], own[n]);
		if (!skip)
			listadd(env, base->env.item[i]);
	}
	char *options = xstrndup(flags, rest ? (size_t)(rest - flags) : strlen(flags));

	addflags(&out, options, false);
	addflags(&slots, given ? given : "", true);
	char *line = xasprintf("MAKEFLAGS=%s%s%s%s", bufstr(&out), slots.len ? " " : "",
			       bufstr(&slots), rest ? rest : "");

	listadd(env, line);
	free(line);
	if (!numberparse(submakevalue(base, "MAKELEVEL"), 1, 99, &level))
		level = 1;
	line = xasprintf("MAKELEVEL=%lld", level - 1);
	listadd(env, line);
	free(line);
	free(options);
	buffree(&out);
	buffree(&slots);
}

static int runmake(const struct known *k, const char *goal)
{
	char *argv[] = { "make", "-f", ".replay/rules.mk", (char *)goal, NULL };
	struct strlist env = { 0 };
	int status;

	environment(k->base, &env);
	status = spawn(argv, k->work->build, env.item);
	listfree(&env);
	return status;
}

/* The lines of an assembler file that become lines of a header: those with "->". */
static void offsetlines(const char *build, const char *target, struct buf *out)
{
	char *path = pathjoin(build, target);
	struct buf text = { 0 };
	char *p, *line;

	if (fileread(path, &text) == 0) {
		p = text.data;
		while (p && (line = strsep(&p, "\n"))) {
			if (strstr(line, "->"))
				bufprintf(out, "%s\n", line);
		}
	}
	buffree(&text);
	free(path);
}

/* Compile what headers are generated from. Returns the status; -1 if they would be others. */
static int runoffsets(struct known *k, struct plan *p)
{
	struct buf was = { 0 }, now = { 0 };
	int status = 0;

	for (size_t i = 0; i < p->offsets.len; i++)
		offsetlines(k->work->build, p->offsets.item[i], &was);
	if (p->offsets.len)
		status = runmake(k, RULES_OFFSETS);
	for (size_t i = 0; i < p->offsets.len; i++)
		offsetlines(k->work->build, p->offsets.item[i], &now);
	if (status == 0 && strcmp(bufstr(&was), bufstr(&now)) != 0) {
		because(p, "headers that are generated of %s change", p->offsets.item[0]);
		status = -1;
	}
	buffree(&was);
	buffree(&now);
	return status;
}

/* What is planned to be made. */
static void planned(const struct plan *p, struct strlist *all)
{
	const struct strlist *const lists[] = { &p->offsets, &p->compile, &p->archives };

	for (size_t n = 0; n < 3; n++) {
		for (size_t i = 0; i < lists[n]->len; i++)
			listadd(all, lists[n]->item[i]);
	}
}

/* Set the mark, with all that may change: what is planned, and what the last makes make. */
static int mark(const struct known *k, const struct plan *p, const struct strlist *targets)
{
	static const char *const last[] = { "vmlinux.a",       "vmlinux.o",
					    "vmlinux",	       "System.map",
					    "vmlinux.symvers", "modules.builtin.modinfo",
					    "modules.builtin", "init/version-timestamp.o",
					    "Module.symvers",  ".vmlinux.export.o" };
	struct strlist all = { 0 };
	int ret;

	for (size_t i = 0; i < targets->len; i++)
		listadd(&all, targets->item[i]);
	for (size_t i = 0; i < sizeof(last) / sizeof(*last); i++)
		listadd(&all, last[i]);
	for (size_t i = 0; i < k->commands.len; i++) {
		const char *target = k->commands.item[i].target;
		const struct submake *m = submakeofdir(&k->makes, target);

		if (rolelast(target) || (m && listhas(&p->dirs, submakedir(m))))
			listadd(&all, target);
	}
	ret = markset(k->work, &all);
	listfree(&all);
	return ret;
}

/* Write the makefile. */
static void writerules(const struct known *k, const struct plan *p)
{
	char *path = statepath(k->work, "rules.mk");
	struct buf text = { 0 };

	ruleswrite(k, p, &text);
	if (filewrite(path, text.data, text.len, 0666) < 0)
		die("cannot write %s:", path);
	buffree(&text);
	free(path);
}

int runplan(struct known *k, struct plan *p)
{
	const struct work *w = k->work;
	const struct programs by = submakeprograms(k->base);
	char *link = statepath(w, "link");
	struct strlist all = { 0 }, digests = { 0 };
	struct sigaction before[SPAWN_SIGNALS];
	bool offsets;
	int status;

	statesettle(w);
	writerules(k, p);
	if (quicklinkcan(w->build, by.ld, by.nm) && quicklinkprepare(link, by.ld, by.nm) < 0)
		die("cannot write %s:", link);
	free(link);
	planned(p, &all);
	signalstake(before);
	if (mark(k, p, &all) < 0)
		die("cannot write %s/.replay/running:", w->build);
	status = unlessasked(runoffsets(k, p));
	offsets = status == 0;
	shortcutbefore(k, p, &digests);
	if (status == 0 && p->compile.len)
		status = unlessasked(runmake(k, RULES_OBJECTS));
	if (status == 0) {
		if (p->dirs.len)
			status = runmake(k, RULES_DIRS);
		else
			shortcutarchives(k, p);
		if (p->relink && !p->dirs.len && shortcutlink(k, p, &digests))
			p->relink = false;
		p->finish = p->relink && shortcutlast(k);
		writerules(k, p);
		status = unlessasked(status);
		if (status == 0)
			status = runmake(k, RULES_LAST);
		/* Not an error of a source file, unless kbuild says so, too. */
		if (status > 0 && status < 128) {
			because(p, "the link failed");
			status = unlessasked(-1);
		}
	}
	if (status == 0) {
		struct snapshot was = k->state.source;

		k->state.source = k->source;
		k->source = was;
		k->state.begun = w->begun;
		memcpy(k->state.goals, w->goals, sizeof(w->goals));
		listfree(&k->state.pending);
	} else if (status > 0) {
		/* what headers are generated from is as these are, if it was made and compared */
		for (size_t i = 0; i < all.len; i++) {
			if (!offsets || !listhas(&p->offsets, all.item[i]))
				listaddonce(&k->state.pending, all.item[i]);
		}
	}
	if (status >= 0 && !cutoff(status)) {
		keep(w, &k->state);
		if (markclear(w) < 0)
			die("cannot remove the mark in %s/.replay:", w->build);
	}
	signalsback(before);
	listfree(&digests);
	listfree(&all);
	return status;
}
