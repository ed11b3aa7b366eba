// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmdfile.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "base/path.h"
#include "form.h"
#include "fs/file.h"

/* If line is "WORD_TARGET := VALUE", return VALUE. */
static char *valueof(char *line, const char *word, const char *target)
{
	size_t n = strlen(word), t = strlen(target);

	if (strncmp(line, word, n) != 0 || line[n] != '_' ||
	    strncmp(line + n + 1, target, t) != 0 || strncmp(line + n + 1 + t, " :=", 3) != 0)
		return NULL;
	line += n + t + 4;
	return line + (*line == ' ');
}

static void depadd(struct cmdfile *c, size_t *cap, const char *path, size_t len)
{
	if (c->deps == *cap) {
		*cap = *cap ? *cap * 2 : 64;
		c->dep = xrealloc(c->dep, *cap * sizeof(*c->dep));
	}
	c->dep[c->deps++] = (struct cmddep){ path, len };
}

/* Read the lines "  PATH \" from *p on. Options are a $(wildcard include/config/X). */
static void depsread(struct cmdfile *c, char **p)
{
	size_t cap = 0;
	size_t len;
	char *line;

	while (*p && startswith(*p, "  ")) {
		line = strsep(p, "\n") + 2;
		len = strcspn(line, " \t\\");
		if (len && !startswith(line, "$(wildcard "))
			depadd(c, &cap, line, len);
	}
}

/* After the dependencies: "NAME: $(deps_NAME)", "$(deps_NAME):". */
static bool depsend(const char *name, char **p)
{
	char *first = xasprintf("%s: $(deps_%s)\n", name, name);
	char *second = xasprintf("$(deps_%s):\n", name);
	bool good = false;

	if (*p)
		*p += strspn(*p, "\n");
	if (*p && startswith(*p, first)) {
		*p += strlen(first);
		*p += strspn(*p, "\n");
		good = startswith(*p, second);
		*p += good ? strlen(second) : 0;
	}
	free(first);
	free(second);
	return good;
}

/* The name in a line "savedcmd_NAME := VALUE", which may be the target's with a "../" in it. */
static char *nameof(const char *line, const char *word)
{
	const char *end = strstr(line, " :=");

	if (!startswith(line, word) || line[strlen(word)] != '_' || !end)
		return NULL;
	line += strlen(word) + 1;
	return xstrndup(line, (size_t)(end - line));
}

/* What fixdep wrote, from *p on. */
static bool fixdepparse(struct cmdfile *c, const char *name, char **p)
{
	char *line = strsep(p, "\n"), *value;

	c->source = valueof(line, "source", name);
	while (*p && **p == '\n')
		++*p;
	line = strsep(p, "\n");
	value = line ? valueof(line, "deps", name) : NULL;
	if (!c->source || !value)
		return false;
	if (*value == '\\')
		depsread(c, p);
	return depsend(name, p);
}

bool cmdfileparse(struct cmdfile *c)
{
	char *p = c->text.data;
	char *line, *name;
	bool good = true;

	if (!p || strlen(p) != c->text.len)
		return false;
	line = strsep(&p, "\n");
	c->name = startswith(line, "savedcmd_") ? "savedcmd" : "cmd";
	name = nameof(line, c->name);
	c->saved = name ? valueof(line, c->name, name) : NULL;
	while (c->saved && p && *p == '\n')
		p++;
	if (c->saved && p && startswith(p, "source_"))
		good = fixdepparse(c, name, &p);
	c->tail = p ? p : "";
	free(name);
	return c->saved && good;
}

char *cmdfiletarget(const char *path)
{
	const char *name = pathlast(path);
	size_t len = strlen(name);

	if (len < 6 || *name != '.' || !endswith(name, ".cmd"))
		return NULL;
	return xasprintf("%.*s%.*s", (int)(name - path), path, (int)len - 5, name + 1);
}

static int bytarget(const void *a, const void *b)
{
	return strcmp(((const struct cmdfile *)a)->target, ((const struct cmdfile *)b)->target);
}

#define READERS 4 /* threads: they also wait for the disk */

/* A part of the records: each READERS-th, from first on. */
struct part {
	pthread_t thread;
	const struct cmdfiles *all;
	const char *build;
	size_t first;
	bool threaded;
};

static void *readpart(void *arg)
{
	const struct part *part = arg;

	for (size_t i = part->first; i < part->all->len; i += READERS) {
		struct cmdfile *c = &part->all->item[i];
		char *record = besidetarget(c->target, ".cmd");
		char *path = pathjoin(part->build, record);

		if (fileread(path, &c->text) < 0 || !cmdfileparse(c))
			c->saved = NULL;
		free(path);
		free(record);
	}
	return NULL;
}

static void readparts(const struct cmdfiles *all, const char *build)
{
	struct part part[READERS];

	for (size_t i = 0; i < READERS; i++) {
		part[i] = (struct part){ .all = all, .build = build, .first = i };
		part[i].threaded = pthread_create(&part[i].thread, NULL, readpart, &part[i]) == 0;
		if (!part[i].threaded)
			readpart(&part[i]);
	}
	for (size_t i = 0; i < READERS; i++) {
		if (part[i].threaded)
			pthread_join(part[i].thread, NULL);
	}
}

int cmdfilesread(struct cmdfiles *all, const char *build, const struct snapshot *listed, char **why)
{
	size_t cap = 0;

	for (size_t i = 0; i < listed->len; i++) {
		const char *path = listed->item[i].path;
		char *target = startswith(path, "tools/") ? NULL : cmdfiletarget(path);

		if (!target)
			continue;
		if (all->len == cap) {
			cap = cap ? cap * 2 : 1024;
			all->item = xrealloc(all->item, cap * sizeof(*all->item));
		}
		all->item[all->len++] = (struct cmdfile){ .target = target };
	}
	readparts(all, build);
	for (size_t i = 0; i < all->len; i++) {
		if (!all->item[i].saved) {
			char *record = besidetarget(all->item[i].target, ".cmd");

			*why = xasprintf("%s is not what kbuild writes", record);
			free(record);
			return -1;
		}
	}
	if (all->len)
		qsort(all->item, all->len, sizeof(*all->item), bytarget);
	return 0;
}

const struct cmdfile *cmdfilefind(const struct cmdfiles *all, const char *target)
{
	struct cmdfile key = { .target = (char *)target };

	return all->len ? bsearch(&key, all->item, all->len, sizeof(key), bytarget) : NULL;
}

char *cmdfilecommand(const struct cmdfile *c)
{
	struct buf out = { 0 };

	for (const char *p = c->saved; *p; p++) {
		if (startswith(p, "$(pound)")) {
			bufputc(&out, '#');
			p += strlen("$(pound)") - 1;
		} else {
			bufputc(&out, *p);
			p += p[0] == '$' && p[1] == '$';
		}
	}
	return bufsteal(&out);
}

void cmdfilesfree(struct cmdfiles *all)
{
	for (size_t i = 0; i < all->len; i++) {
		free(all->item[i].target);
		free(all->item[i].dep);
		buffree(&all->item[i].text);
	}
	free(all->item);
	*all = (struct cmdfiles){ 0 };
}
