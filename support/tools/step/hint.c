// SPDX-License-Identifier: GPL-2.0-or-later
#include "hint.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/packageprefix.h"
#include "fs/file.h"
#include "logend.h"
#include "missing.h"

enum {
	HINTS = 3, /* most lines to print */
};

/* The package that has a missing file. */
struct owner {
	char *name;    /* the first package that has it and is not a dependency; or NULL */
	bool declared; /* a dependency has it too: then it is not the cause */
};

/* Note which of the missing files package has. */
static void searchpackage(const struct job *j, const char *package, const struct missings *m,
			  struct owner *owners)
{
	char *path = xasprintf("%s/%s/manifest", j->packages, package);
	bool declared = pairfind(&j->deps, package) != NULL;
	struct buf text = { 0 };
	char *p, *line;

	if (fileread(path, &text) < 0)
		bufclear(&text);
	p = text.data;
	while (p && (line = strsep(&p, "\n"))) {
		const char *file = strrchr(line, ' ');

		for (size_t i = 0; file && i < m->len; i++) {
			if (!missingis(&m->item[i], file + 1))
				continue;
			if (declared)
				owners[i].declared = true;
			else if (!owners[i].name)
				owners[i].name = xstrdup(package);
		}
	}
	buffree(&text);
	free(path);
}

static void sayowner(const struct job *j, const struct missing *m, const char *owner)
{
	char *call = missingcall(m);
	char *var = packagevar(j->name, "DEPENDS");

	warn("%s: %s is in package %s, which %s does not declare: add %s to %s%s%s", j->name, call,
	     owner, j->name, owner, var, j->recipe ? " in " : "", j->recipe ? j->recipe : "");
	free(call);
	free(var);
}

/* Print one line for each package that has some of them, up to HINTS. */
static void sayowners(const struct job *j, const struct missings *m, const struct owner *owners)
{
	struct strlist said = { 0 };

	for (size_t i = 0; i < m->len && said.len < HINTS; i++) {
		if (!owners[i].name || owners[i].declared || listhas(&said, owners[i].name))
			continue;
		sayowner(j, &m->item[i], owners[i].name);
		listadd(&said, owners[i].name);
	}
	listfree(&said);
}

/* path as an absolute path, as in the scripts' variables; the caller frees it. */
static char *absolute(const char *path)
{
	char *cwd = *path == '/' ? NULL : getcwd(NULL, 0);
	char *ret = cwd ? pathjoin(cwd, path) : xstrdup(path);

	free(cwd);
	return ret;
}

static void hintmissing(const struct job *j, const char *log, size_t len)
{
	char *dir = absolute(j->dir);
	struct missings m = { 0 };
	struct strlist packages = { 0 };
	struct owner *owners;

	missingfind(log, len, dir, &m);
	owners = xcalloc(m.len + 1, sizeof(*owners));
	if (m.len && dirlist(j->packages, &packages) == 0) {
		for (size_t i = 0; i < packages.len; i++) {
			if (strcmp(packages.item[i], j->name) != 0)
				searchpackage(j, packages.item[i], &m, owners);
		}
	}
	sayowners(j, &m, owners);
	for (size_t i = 0; i < m.len; i++)
		free(owners[i].name);
	free(owners);
	listfree(&packages);
	missingfree(&m);
	free(dir);
}

static bool has(const char *log, size_t len, const char *text)
{
	return memmem(log, len, text, strlen(text)) != NULL;
}

/* The error that the sandbox gives for a write to a read-only place. */
static const char refusal[] = "Read-only file system";

/*
 * Find the next refused write in the log at *p. Returns the absolute path before the message, as a
 * new string; "" if there is none; NULL at the end of the log.
 */
static char *nextrefused(const char **p, const char *end)
{
	const char *at = memmem(*p, (size_t)(end - *p), refusal, strlen(refusal));
	const char *to = at, *from;

	if (!at)
		return NULL;
	while (to > *p && strchr(": '\"", to[-1]))
		to--;
	for (from = to; from > *p && !strchr(" \n'\"", from[-1]);)
		from--;
	*p = at + strlen(refusal);
	return *from == '/' ? xasprintf("%.*s", (int)(to - from), from) : xstrdup("");
}

static bool below(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	return strncmp(path, dir, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

/* Whether path is in the sources or the package's directory, which the script may only read. */
static bool isreadonly(const struct job *j, const char *path)
{
	const char *const dirs[] = { j->src, j->dir };
	bool ret = false;

	for (size_t i = 0; i < 2 && !ret; i++) {
		char *dir = absolute(dirs[i]);
		char *real = realpath(dirs[i], NULL);

		ret = below(path, dir) || (real && below(path, real));
		free(real);
		free(dir);
	}
	return ret;
}

static void sayreadonly(const struct job *j, const char *step)
{
	warn("%s: %s may not write to %s$SYSROOT, $HOST and $FILES; to change its sources, "
	     "work on a copy in $BUILD (docs/step.md)",
	     j->name, step, strcmp(step, "unpack") == 0 ? "" : "$SRC, ");
}

static void saymachine(const struct job *j, const char *step, const char *path)
{
	char *var = packagevar(j->name, "INSTALL");

	if (strcmp(step, "install") == 0)
		warn("%s: install writes to %s of this machine: does its makefile know DESTDIR? "
		     "%s can say what to copy to $IMAGE instead (docs/step.md)",
		     j->name, path, var);
	else
		warn("%s: %s writes to %s of this machine: it may write to $BUILD and to /tmp "
		     "(docs/step.md)",
		     j->name, step, path);
	free(var);
}

/* Print each of the two hints at most once. */
static void hintreadonly(const struct job *j, const char *step, const char *log, size_t len)
{
	const char *p = log;
	bool given = false, machine = false;
	char *path;

	while ((path = nextrefused(&p, log + len))) {
		if (!*path || isreadonly(j, path)) {
			if (!given)
				sayreadonly(j, step);
			given = true;
		} else {
			if (!machine)
				saymachine(j, step, path);
			machine = true;
		}
		free(path);
	}
}

static void hintsandbox(const struct job *j, const char *step, const char *log, size_t len)
{
	hintreadonly(j, step, log, len);
	if (has(log, len, "Network is unreachable") || has(log, len, "Could not resolve host") ||
	    has(log, len, "Temporary failure in name resolution"))
		warn("%s: %s has no network; declare the files that it needs as sources, or "
		     "depend on a package that has them (docs/step.md)",
		     j->name, step);
}

void hintsay(const struct job *j, const char *step)
{
	struct buf log = { 0 };

	logend(j, step, &log);
	if (log.len && j->packages)
		hintmissing(j, log.data, log.len);
	if (log.len && !j->unconfined)
		hintsandbox(j, step, log.data, log.len);
	buffree(&log);
}
