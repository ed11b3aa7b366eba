// SPDX-License-Identifier: GPL-2.0-or-later
#include "submake.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "base/path.h"
#include "fs/file.h"

/* The directories that are built before the descent, by scripts/Makefile.build. */
static const char *const early[] = {
	"scripts/basic",      "scripts/kconfig",       "scripts",      "scripts/mod",
	"scripts/dtc",	      "arch/*/entry/syscalls", "arch/*/tools", "arch/*/kernel/syscalls",
	"arch/*/kernel/vdso", "arch/*/kernel/vdso32",
};

bool submakeearly(const char *target)
{
	char *dir = xstrdup(target);
	char *slash;
	bool found = false;

	while (!found && (slash = strrchr(dir, '/'))) {
		*slash = '\0';
		for (size_t i = 0; !found && i < sizeof(early) / sizeof(*early); i++)
			found = fnmatch(early[i], dir, FNM_PATHNAME) == 0;
	}
	free(dir);
	return found;
}

char *submakerecorder(const char *dir)
{
	return xasprintf("ifneq ($(filter 2 3 4,$(MAKELEVEL)),)\n"
			 "$(shell cat /proc/$$PPID/cmdline >%s/$(MAKELEVEL)-$$PPID.argv;"
			 " cat /proc/$$PPID/environ >%s/$(MAKELEVEL)-$$PPID.env)\n"
			 "endif\n"
			 "MAKEFILE_LIST :=\n",
			 dir, dir);
}

/* Split text at its NULs. */
static int fieldsread(const char *path, struct strlist *out)
{
	struct buf text = { 0 };
	int ret = fileread(path, &text);

	for (size_t i = 0; ret == 0 && i < text.len; i += strlen(text.data + i) + 1)
		listadd(out, text.data + i);
	buffree(&text);
	return ret;
}

/* The value of the argument NAME=VALUE, or NULL. */
static const char *argument(const struct submake *m, const char *name)
{
	for (size_t i = 1; i < m->argv.len; i++) {
		const char *a = m->argv.item[i];

		if (strncmp(a, name, strlen(name)) == 0 && a[strlen(name)] == '=')
			return a + strlen(name) + 1;
	}
	return NULL;
}

static bool has(const struct submake *m, const char *word)
{
	return listhas(&m->argv, word);
}

/* The makefile that it was called with, or NULL. */
static const char *makefileof(const struct submake *m)
{
	for (size_t i = 1; i + 1 < m->argv.len; i++) {
		if (strcmp(m->argv.item[i], "-f") == 0)
			return m->argv.item[i + 1];
	}
	return NULL;
}

/* What a make of scripts/Makefile.build is for. */
static enum submakekind kindofbuild(const struct submake *m)
{
	const char *obj = argument(m, "obj");
	const char *last = m->argv.item[m->argv.len - 1];

	if (!obj)
		return SUBMAKE_UNKNOWN;
	if (strcmp(obj, ".") == 0)
		return has(m, "prepare")	  ? SUBMAKE_EARLY
		       : has(m, "need-builtin=1") ? SUBMAKE_DESCENT
						  : SUBMAKE_UNKNOWN;
	for (size_t i = 0; i < sizeof(early) / sizeof(*early); i++) {
		if (fnmatch(early[i], obj, FNM_PATHNAME) == 0)
			return SUBMAKE_EARLY;
	}
	if (fnmatch("arch/*/boot", obj, FNM_PATHNAME) == 0 && startswith(last, obj) &&
	    last[strlen(obj)] == '/')
		return SUBMAKE_IMAGE;
	return SUBMAKE_UNKNOWN;
}

static enum submakekind kindof(const struct submake *m)
{
	static const struct {
		const char *makefile;
		enum submakekind kind;
	} files[] = { { "Makefile.asm-headers", SUBMAKE_EARLY },
		      { "Makefile.asm-generic", SUBMAKE_EARLY },
		      { "Makefile.vmlinux_o", SUBMAKE_OBJECT },
		      { "Makefile.modpost", SUBMAKE_MODPOST },
		      { "Makefile.vmlinux", SUBMAKE_VMLINUX },
		      { "Makefile.modfinal", SUBMAKE_MODULES } };
	const char *file = makefileof(m);

	for (size_t i = 1; i + 1 < m->argv.len; i++) {
		/* objtool and what it needs, by the tools' own makefiles */
		if (strcmp(m->argv.item[i], "-C") == 0 && endswith(m->argv.item[i + 1], "/tools/"))
			return SUBMAKE_EARLY;
	}
	if (!file)
		return SUBMAKE_UNKNOWN;
	file = pathlast(file);
	if (strcmp(file, "Makefile") == 0 && has(m, "syncconfig"))
		return SUBMAKE_EARLY;
	if (strcmp(file, "Makefile.build") == 0)
		return kindofbuild(m);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		if (strcmp(files[i].makefile, file) == 0)
			return files[i].kind;
	}
	return SUBMAKE_UNKNOWN;
}

static int bykind(const void *a, const void *b)
{
	return (int)((const struct submake *)a)->kind - (int)((const struct submake *)b)->kind;
}

/* The text of its command line; caller frees. */
static char *commandline(const struct submake *m)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < m->argv.len; i++)
		bufprintf(&text, "%s%s", i ? " " : "", m->argv.item[i]);
	return bufsteal(&text);
}

/* Read the record of one. */
static int readone(struct submake *m, const char *dir, const char *name)
{
	char *argv = xasprintf("%s/%s", dir, name);
	char *env = xasprintf("%s/%.*s.env", dir, (int)(strlen(name) - strlen(".argv")), name);
	int ret = fieldsread(argv, &m->argv) < 0 || fieldsread(env, &m->env) < 0 ? -1 : 0;

	listsort(&m->env);
	free(argv);
	free(env);
	return ret == 0 && m->argv.len ? 0 : -1;
}

static void submakefree(struct submake *m)
{
	listfree(&m->argv);
	listfree(&m->env);
}

/*
 * Read those of one level. Returns 0; 1 if one of them is the top Makefile itself, whose makes are
 * a level deeper; -1 with *why set.
 */
static int readlevel(struct submakes *all, const char *dir, const struct strlist *names, char level,
		     char **why)
{
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < names->len; i++) {
		struct submake m = { 0 };

		if (names->item[i][0] != level || !endswith(names->item[i], ".argv"))
			continue;
		if (readone(&m, dir, names->item[i]) < 0) {
			*why = xasprintf("cannot read %s/%s", dir, names->item[i]);
			ret = -1;
		} else if (kindof(&m) == SUBMAKE_UNKNOWN && makefileof(&m) &&
			   strcmp(pathlast(makefileof(&m)), "Makefile") == 0) {
			ret = 1;
		} else if (kindof(&m) == SUBMAKE_UNKNOWN) {
			char *text = commandline(&m);

			*why = xasprintf("kbuild ran '%s', which replay does not know", text);
			free(text);
			ret = -1;
		}
		m.kind = kindof(&m);
		if (ret == 0) {
			all->item = xrealloc(all->item, (all->len + 1) * sizeof(*all->item));
			all->item[all->len++] = m;
		} else {
			submakefree(&m);
		}
	}
	return ret;
}

/* Add those that the descent started, one for each directory at the top. */
static void readdirectories(struct submakes *all, const char *dir, const struct strlist *names,
			    char level)
{
	for (size_t i = 0; i < names->len; i++) {
		struct submake m = { .kind = SUBMAKE_DIRECTORY };

		if (names->item[i][0] != level || !endswith(names->item[i], ".argv"))
			continue;
		if (readone(&m, dir, names->item[i]) == 0 && argument(&m, "obj") &&
		    has(&m, "need-builtin=1") && m.argv.len == 6) {
			all->item = xrealloc(all->item, (all->len + 1) * sizeof(*all->item));
			all->item[all->len++] = m;
		} else {
			submakefree(&m);
		}
	}
}

/* Every build has one of each kind but the last two, which it has at most once. */
static bool complete(const struct submakes *all)
{
	size_t n[SUBMAKE_IMAGE + 1] = { 0 };

	for (size_t i = 0; i < all->len; i++)
		n[all->item[i].kind]++;
	return n[SUBMAKE_DESCENT] == 1 && n[SUBMAKE_OBJECT] == 1 && n[SUBMAKE_MODPOST] == 1 &&
	       n[SUBMAKE_VMLINUX] == 1 && n[SUBMAKE_MODULES] <= 1 && n[SUBMAKE_IMAGE] <= 1;
}

int submakesread(struct submakes *all, const char *dir, char **why)
{
	struct strlist names = { 0 };
	char level = '2';
	int ret = dirlist(dir, &names);

	if (ret < 0)
		*why = xasprintf("cannot read %s", dir);
	else
		ret = readlevel(all, dir, &names, level, why);
	if (ret > 0) {
		level = '3';
		submakesfree(all);
		ret = readlevel(all, dir, &names, level, why);
	}
	if (ret == 0)
		readdirectories(all, dir, &names, (char)(level + 1));
	listfree(&names);
	if (all->len)
		qsort(all->item, all->len, sizeof(*all->item), bykind);
	if (ret >= 0 && (ret > 0 || !complete(all))) {
		*why = xstrdup("kbuild's steps were not recorded as replay knows them");
		ret = -1;
	}
	return ret;
}

const struct submake *submakeof(const struct submakes *all, enum submakekind kind)
{
	for (size_t i = 0; i < all->len; i++) {
		if (all->item[i].kind == kind)
			return &all->item[i];
	}
	return NULL;
}

const struct submake *submakeofdir(const struct submakes *all, const char *path)
{
	for (size_t i = 0; i < all->len; i++) {
		const char *obj = all->item[i].kind == SUBMAKE_DIRECTORY
					  ? argument(&all->item[i], "obj")
					  : NULL;

		if (obj && startswith(path, obj) && path[strlen(obj)] == '/')
			return &all->item[i];
	}
	return NULL;
}

const char *submakedir(const struct submake *m)
{
	return argument(m, "obj");
}

const char *submakevalue(const struct submake *m, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < m->env.len; i++) {
		if (strncmp(m->env.item[i], name, len) == 0 && m->env.item[i][len] == '=')
			return m->env.item[i] + len + 1;
	}
	return "";
}

struct programs submakeprograms(const struct submake *m)
{
	return (struct programs){ submakevalue(m, "CC"), submakevalue(m, "AR"),
				  submakevalue(m, "LD"), submakevalue(m, "NM") };
}

void submakesfree(struct submakes *all)
{
	for (size_t i = 0; i < all->len; i++)
		submakefree(&all->item[i]);
	free(all->item);
	*all = (struct submakes){ 0 };
}
