// SPDX-License-Identifier: GPL-2.0-or-later
#include "affected.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/affix.h"
#include "base/path.h"
#include "form.h"
#include "fs/file.h"
#include "makefiles.h"
#include "role.h"

/* A record, as far as it is understood. */
struct maker {
	const struct cmdfile *record;
	enum form form;
	struct strlist members; /* of an archive or a list, or of what is linked */
	bool affected;
	bool direct;	/* its own command is to run */
	bool contained; /* something that is made again contains it */
};

struct search {
	const struct known *k;
	struct plan *p;
	struct maker *maker; /* one for each record, in their order */
	size_t len;
	const char *hit;	/* the last of them that the current record names, or NULL */
	struct strlist modules; /* that this configuration has, as paths without ".ko" */
};

/* Without "x/../" and "./"; caller frees. */
static char *plainpath(const char *path, size_t len)
{
	char *copy = xstrndup(path, len), *p = copy, *part;
	struct buf out = { 0 };

	while ((part = strsep(&p, "/"))) {
		char *slash = out.len ? strrchr(out.data, '/') : NULL;

		if (strcmp(part, "..") == 0) {
			out.len = slash ? (size_t)(slash - out.data) : 0;
			bufputs(&out, "");
		} else if (*part && strcmp(part, ".") != 0) {
			bufprintf(&out, "%s%s", out.len ? "/" : "", part);
		}
	}
	free(copy);
	bufstr(&out);
	return bufsteal(&out);
}

/* Whether plainpath would change it: a part of it begins with a dot, or is empty. */
static bool unplain(const char *path, size_t len)
{
	const char *end = path + len;

	for (const char *p = path; p; p = memchr(p, '/', (size_t)(end - p))) {
		p += p > path;
		if (p == end || *p == '.' || *p == '/')
			return true;
	}
	return false;
}

/* A path, not terminated, and one of a list. */
static int bypath(const void *key, const void *item)
{
	const struct cmddep *k = key;
	const char *path = *(char *const *)item;
	int order = strncmp(k->path, path, k->len);

	return order ? order : -(path[k->len] != '\0');
}

/* Look at a path below the sources that the current record names. */
static void seepath(void *ctx, const char *path, size_t len)
{
	struct search *s = ctx;
	char *plain = unplain(path, len) ? plainpath(path, len) : NULL;
	struct cmddep key = { plain ? plain : path, plain ? strlen(plain) : len };
	char **found = bsearch(&key, s->k->changed.item, s->k->changed.len, sizeof(*found), bypath);

	if (found)
		s->hit = *found;
	free(plain);
}

static void seedeps(struct search *s, const struct cmdfile *c)
{
	const char *src = s->k->work->src;
	size_t n = strlen(src);

	for (size_t i = 0; i < c->deps; i++) {
		if (c->dep[i].len > n && c->dep[i].path[n] == '/' &&
		    memcmp(c->dep[i].path, src, n) == 0)
			seepath(s, c->dep[i].path + n + 1, c->dep[i].len - n - 1);
	}
	if (c->source && startswith(c->source, src) && c->source[n] == '/')
		seepath(s, c->source + n + 1, strlen(c->source) - n - 1);
}

static struct maker *makerof(struct search *s, const char *target)
{
	const struct cmdfile *c = cmdfilefind(&s->k->commands, target);

	return c ? &s->maker[c - s->k->commands.item] : NULL;
}

/*
 * Leave the target of m, which is made of source, to the make of the directory at the top that it
 * is in: it looks at everything there, as in each descent. Generated headers are not made by it.
 */
static void leavetodir(struct search *s, struct maker *m, const char *source)
{
	const char *target = m->record->target;
	const struct submake *make = submakeofdir(&s->k->makes, target);
	char *archive = make ? pathjoin(submakedir(make), "built-in.a") : NULL;
	char *order = make ? pathjoin(submakedir(make), "modules.order") : NULL;
	struct maker *a = make ? makerof(s, archive) : NULL;
	struct maker *modules = make ? makerof(s, order) : NULL;

	m->affected = m->contained = true;
	if (!a || a->form != FORM_ARCHIVE || strstr(target, "include/generated/")) {
		because(s->p, "%s is made of %s", target, source);
	} else {
		listaddonce(&s->p->dirs, submakedir(make));
		a->affected = true;
		if (modules)
			modules->affected = true;
	}
	free(order);
	free(archive);
}

static bool matches(const struct search *s, const char *pattern, const char *target)
{
	char *full = xasprintf(pattern, submakevalue(s->k->base, "SRCARCH"));
	bool hit = strcmp(full, target) == 0;

	free(full);
	return hit;
}

/* Whether headers are generated of target. */
static bool isoffsets(const struct search *s, const char *target)
{
	return strcmp(target, "kernel/bounds.s") == 0 ||
	       matches(s, "arch/%s/kernel/asm-offsets.s", target);
}

/* Plan a target that is compiled. */
static void plancompiled(struct search *s, struct maker *m, const char *why)
{
	const char *target = m->record->target;

	m->affected = true;
	if (isoffsets(s, target)) {
		listadd(&s->p->offsets, target);
		m->contained = true;
	} else if (matches(s, "arch/%s/kernel/vmlinux.lds", target)) {
		listadd(&s->p->compile, target);
		m->contained = true;
	} else if (endswith(target, ".o")) {
		m->direct = true;
	} else {
		leavetodir(s, m, why);
	}
}

static void seechanged(struct search *s)
{
	for (size_t i = 0; i < s->len; i++) {
		struct maker *m = &s->maker[i];
		const struct cmdfile *c = m->record;

		s->hit = NULL;
		seedeps(s, c);
		if (m->form == FORM_OTHER) {
			char *command = cmdfilecommand(c);

			commandpaths(command, s->k->work->src, seepath, s);
			free(command);
		}
		if (!s->hit)
			continue;
		if (roleaside(s->hit) || submakeearly(c->target))
			because(s->p, "%s is made of %s", c->target, s->hit);
		else if (roleimage(c->target) || rolelink(c->target))
			s->p->last = true;
		else if (m->form == FORM_COMPILE)
			plancompiled(s, m, s->hit);
		else
			leavetodir(s, m, s->hit);
	}
	for (size_t i = 0; i < s->k->changed.len; i++) {
		const char *path = s->k->changed.item[i];

		if (roleaside(path))
			continue;
		if (!rolerecorded(path))
			because(s->p, "%s changed", path);
		else if (makefilesname(&s->k->state.named, path))
			because(s->p, "%s changed, and a makefile names it", path);
	}
}

static void seepending(struct search *s)
{
	const struct strlist *pending = &s->k->state.pending;

	for (size_t i = 0; i < pending->len; i++) {
		struct maker *m = makerof(s, pending->item[i]);

		if (!m || m->form == FORM_OTHER || isoffsets(s, pending->item[i]))
			because(s->p, "%s was left undone", pending->item[i]);
		else if (m->form == FORM_COMPILE && !m->affected)
			plancompiled(s, m, "what was left undone");
	}
}

/*
 * Mark the archives that contain something affected, and what they contain. A list of modules is
 * written anew as well: its date is how modpost knows of a module that was made again.
 */
static bool seearchives(struct search *s)
{
	bool more = false;

	for (size_t i = 0; i < s->len; i++) {
		struct maker *a = &s->maker[i];

		for (size_t k = 0; k < a->members.len; k++) {
			struct maker *m = makerof(s, a->members.item[k]);

			if (!m || !m->affected)
				continue;
			m->contained |= a->form != FORM_ORDER;
			if (a->affected)
				continue;
			a->affected = more = true;
			listadd(&s->p->archives, a->record->target);
		}
	}
	return more;
}

/* Whether target is a module that is built no longer. */
static bool formermodule(const struct search *s, const char *target)
{
	char *stem = endswith(target, ".ko") ? xstrndup(target, strlen(target) - 3) : NULL;
	bool former = stem && !listhas(&s->modules, stem);

	free(stem);
	return former;
}

/*
 * What else is made of what is made again: by kbuild's last makes, or by a directory's. Returns
 * whether there is more than before.
 */
static bool seeothers(struct search *s)
{
	bool more = false;

	for (size_t i = 0; i < s->len && !s->p->reason; i++) {
		struct maker *o = &s->maker[i];
		struct strlist words = { 0 };

		if (o->form != FORM_OTHER || rolenames(o->record->target) ||
		    formermodule(s, o->record->target))
			continue;
		char *command = cmdfilecommand(o->record);

		commandwords(command, &words);
		for (size_t k = 0; k < words.len; k++) {
			struct maker *m = makerof(s, words.item[k]);

			if (!m || m == o || !m->affected)
				continue;
			if (rolelast(o->record->target)) {
				m->contained = true;
				s->p->relink |= strcmp(o->record->target, "vmlinux.a") == 0;
			} else if (!o->affected) {
				leavetodir(s, o, m->record->target);
				more = true;
			}
		}
		free(command);
		listfree(&words);
	}
	return more;
}

/*
 * What is compiled of files that directories' makes make, such as generated sources: by the same
 * make. Returns whether there is more than before.
 */
static bool seegenerated(struct search *s)
{
	bool more = false;

	for (size_t i = 0; i < s->len && s->p->dirs.len; i++) {
		struct maker *o = &s->maker[i];

		for (size_t k = 0; k < o->record->deps && !o->affected; k++) {
			const struct cmddep *d = &o->record->dep[k];
			char *path = *d->path == '/' ? NULL : plainpath(d->path, d->len);
			struct maker *m = path ? makerof(s, path) : NULL;

			free(path);
			if (!m || !m->affected)
				continue;
			if (submakeofdir(&s->k->makes, m->record->target) !=
			    submakeofdir(&s->k->makes, o->record->target))
				because(s->p, "%s is made of %s", o->record->target,
					m->record->target);
			leavetodir(s, o, m->record->target);
			more = true;
		}
	}
	return more;
}

/*
 * Leave objects that are in no archive to the makes of their directories: they know, too, what is
 * built no longer and only has a record. Returns whether there are any.
 */
static bool leaveothers(struct search *s)
{
	bool more = false;

	for (size_t i = 0; i < s->len; i++) {
		struct maker *m = &s->maker[i];

		if (m->form != FORM_COMPILE || !m->affected || m->contained)
			continue;
		leavetodir(s, m, "a source that changed");
		m->direct = false;
		more = true;
	}
	return more;
}

static void seecontained(struct search *s)
{
	for (size_t i = 0; i < s->len; i++) {
		if (s->maker[i].affected && !s->maker[i].contained)
			because(s->p, "%s is in no archive of the kernel's",
				s->maker[i].record->target);
	}
}

/* Put the lines of the one file that list names, in the build directory, in its place. */
static void readlisted(const struct search *s, struct strlist *list)
{
	char *path = pathjoin(s->k->work->build, list->item[0]);
	struct buf text = { 0 };
	char *p, *line;

	listfree(list);
	if (fileread(path, &text) < 0)
		because(s->p, "%s cannot be read", path);
	p = text.data;
	while (p && (line = strsep(&p, "\n"))) {
		if (*line)
			listadd(list, line);
	}
	buffree(&text);
	free(path);
}

/* Read which modules there are. */
static void readmodules(struct search *s)
{
	char *path = pathjoin(s->k->work->build, "modules.order");
	struct strlist all = { 0 };

	if (access(path, F_OK) == 0) {
		listadd(&all, "modules.order");
		readlisted(s, &all);
	}
	free(path);
	for (size_t i = 0; i < all.len; i++) {
		char *dot = strrchr(all.item[i], '.');

		if (dot)
			*dot = '\0';
		listadd(&s->modules, all.item[i]);
	}
	listfree(&all);
}

static void understand(struct search *s)
{
	const struct programs by = submakeprograms(s->k->base);

	readmodules(s);

	for (size_t i = 0; i < s->len; i++) {
		struct maker *m = &s->maker[i];

		m->record = &s->k->commands.item[i];
		m->form = commandform(m->record, &by, &m->members);
		m->contained = m->form == FORM_ORDER;
		if (m->form == FORM_LINK)
			readlisted(s, &m->members);
	}
}

void affectedfind(const struct known *k, struct plan *p)
{
	struct search s = { .k = k, .p = p, .len = k->commands.len };

	s.maker = xcalloc(s.len ? s.len : 1, sizeof(*s.maker));
	understand(&s);
	seechanged(&s);
	seepending(&s);
	do {
		while (seearchives(&s) || seeothers(&s) || seegenerated(&s))
			;
	} while (!p->reason && leaveothers(&s));
	if (!p->reason)
		seecontained(&s);
	for (size_t i = 0; i < s.len; i++) {
		if (s.maker[i].direct)
			listadd(&p->compile, s.maker[i].record->target);
	}
	listsort(&p->compile);
	listsort(&p->archives);
	for (size_t i = 0; i < s.len; i++)
		listfree(&s.maker[i].members);
	listfree(&s.modules);
	free(s.maker);
}
