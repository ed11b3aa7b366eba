// SPDX-License-Identifier: GPL-2.0-or-later
#include "users.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

enum {
	MAXWORDS = 7,
	MAXID = 65535, /* the largest that every file system and archive supports */
	MAXNAME = 31,
};

/* The line being parsed. */
struct line {
	struct users *users;
	const char *file;
	size_t number;
	char *word[MAXWORDS]; /* the last one is the rest of the line */
	size_t words;
	bool bad;
};

static void bad(struct line *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void bad(struct line *l, const char *fmt, ...)
{
	char text[256];
	char *message;
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	message = xasprintf("%s:%zu: %s", l->file, l->number, text);
	listadd(&l->users->errors, message);
	free(message);
	l->bad = true;
}

static void split(struct line *l, char *text)
{
	l->words = 0;
	for (;;) {
		text += strspn(text, " \t");
		if (!*text)
			return;
		l->word[l->words++] = text;
		if (l->words == MAXWORDS)
			return;
		text += strcspn(text, " \t");
		if (*text)
			*text++ = '\0';
	}
}

/* Check the characters of a name in passwd(5). */
static void checkname(struct line *l, const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-");

	if (name[len] || !(islower((unsigned char)*name) || *name == '_') || len > MAXNAME)
		bad(l,
		    "'%s': a name begins with a-z or _ and goes on with a-z, 0-9, _ and -, 31 at most",
		    name);
}

static unsigned long number(struct line *l, const char *word)
{
	long long n;

	if (!numberparse(word, 0, MAXID, &n))
		bad(l, "'%s' is not a number from 0 to %d", word, MAXID);
	return (unsigned long)n;
}

/* Add an identity. The same one again is ignored; another with that name or number is an error. */
static void add(struct line *l, struct identities *to, const char *kind, const char *name,
		unsigned long id, const char *rest)
{
	struct identity *i;

	for (size_t n = 0; n < to->len; n++) {
		bool samename, sameid;

		i = &to->item[n];
		samename = strcmp(i->name, name) == 0;
		sameid = i->id == id;
		if (samename && sameid && strcmp(i->rest, rest) == 0)
			return;
		if (samename || sameid) {
			bad(l, "%s %s %lu differs from %s %lu of %s: give one of them another %s",
			    kind, name, id, i->name, i->id, i->from, samename ? "name" : "number");
			return;
		}
	}
	to->item = xrealloc(to->item, (to->len + 1) * sizeof(*to->item));
	i = &to->item[to->len++];
	i->name = xstrdup(name);
	i->id = id;
	i->rest = xstrdup(rest);
	i->from = xasprintf("%s:%zu", l->file, l->number);
}

static void addline(struct line *l)
{
	int grouponly =
		l->words == 4 && strcmp(l->word[0], "-") == 0 && strcmp(l->word[1], "-") == 0;
	unsigned long uid = 0, gid;
	char *rest;

	if (!grouponly && l->words < 6) {
		bad(l, "expected NAME UID GROUP GID HOME SHELL [COMMENT], or - - GROUP GID");
		return;
	}
	checkname(l, l->word[2]);
	gid = number(l, l->word[3]);
	if (!grouponly) {
		checkname(l, l->word[0]);
		uid = number(l, l->word[1]);
		for (size_t i = 4; i < 6; i++) {
			if (*l->word[i] != '/')
				bad(l, "'%s' is not an absolute path", l->word[i]);
		}
		for (size_t i = 4; i < l->words; i++) {
			if (strchr(l->word[i], ':'))
				bad(l, "'%s': it has a colon", l->word[i]);
		}
	}
	if (l->bad)
		return;
	add(l, &l->users->group, "group", l->word[2], gid, "");
	if (grouponly)
		return;
	rest = xasprintf("%lu:%s:%s:%s", gid, l->words > 6 ? l->word[6] : "", l->word[4],
			 l->word[5]);
	add(l, &l->users->user, "user", l->word[0], uid, rest);
	free(rest);
}

void usersadd(struct users *u, const char *file, const char *text)
{
	struct line l = { .users = u, .file = file };

	while (*text) {
		size_t len = strcspn(text, "\n");
		char *copy = xstrndup(text, len);

		l.number++;
		l.bad = false;
		split(&l, copy);
		if (l.words && *l.word[0] != '#')
			addline(&l);
		free(copy);
		text += len + (text[len] == '\n');
	}
}

void userswrite(const struct users *u, const char *which, const char *name, const char *hash,
		struct buf *out)
{
	const struct identities *from = strcmp(which, "group") == 0 ? &u->group : &u->user;

	for (size_t n = 0; n < from->len; n++) {
		const struct identity *i = &from->item[n];

		if (strcmp(which, "group") == 0)
			bufprintf(out, "%s:x:%lu:\n", i->name, i->id);
		else if (strcmp(which, "passwd") == 0)
			bufprintf(out, "%s:x:%lu:%s\n", i->name, i->id, i->rest);
		else
			bufprintf(out, "%s:%s:::::::\n", i->name,
				  name && strcmp(name, i->name) == 0 ? hash : "!");
	}
}

static void identitiesfree(struct identities *l)
{
	for (size_t n = 0; n < l->len; n++) {
		free(l->item[n].name);
		free(l->item[n].rest);
		free(l->item[n].from);
	}
	free(l->item);
	*l = (struct identities){ 0 };
}

void usersfree(struct users *u)
{
	identitiesfree(&u->user);
	identitiesfree(&u->group);
	listfree(&u->errors);
}
