// SPDX-License-Identifier: GPL-2.0-or-later
#include "missing.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/affix.h"
#include "base/buf.h"

#define LENGTH(a) (sizeof(a) / sizeof(*(a)))

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-./";

/* Where in a line a name stands. */
static const struct pattern {
	enum missingkind kind;
	const char *before; /* what comes just before; "" where the name is any word */
	const char *after;  /* what comes just after */
} patterns[] = {
	{ HEADER, "fatal error: ", ": No such file" },	  /* gcc */
	{ HEADER, "fatal error: '", "' file not found" }, /* clang */
	{ LIBRARY, "cannot find -l", "" },		  /* ld, gold */
	{ LIBRARY, "unable to find library -l", "" },	  /* lld */
	{ LIBRARY, "library not found: ", "" },		  /* mold */
	{ PROGRAM, "", ": not found" },			  /* dash, BusyBox */
	{ PROGRAM, "", ": command not found" },		  /* bash */
	{ PROGRAM, "make: ", ": No such file" },
	{ PROGRAM, "]: ", ": No such file" }, /* make[1] */
	{ PROGRAM, "env: '", "': No such file" },
	{ PROGRAM, "rogram '", "' not found" }, /* meson */
	{ PKGCONFIG, "No package '", "' found" },
	{ PKGCONFIG, "Package ", " was not found" },
	{ PKGCONFIG, "Package '", "', required by" },
	{ PKGCONFIG, "Dependency \"", "\" not found" }, /* meson */
	{ ANYTHING, "Could not find ", "" },
	{ ANYTHING, "Could NOT find ", "" }, /* cmake */
};

static void add(struct missings *out, enum missingkind kind, const char *name, size_t len)
{
	while (len && strchr("./", name[len - 1]))
		len--;
	if (!len)
		return;
	for (size_t i = 0; i < out->len; i++) {
		if (out->item[i].kind == kind && strlen(out->item[i].name) == len &&
		    memcmp(out->item[i].name, name, len) == 0)
			return;
	}
	out->item = xrealloc(out->item, (out->len + 1) * sizeof(*out->item));
	out->item[out->len++] = (struct missing){ kind, xstrndup(name, len) };
}

/* A program may be named by its path; what is found relative to somewhere is no program. */
static void addname(struct missings *out, enum missingkind kind, const char *name, size_t len)
{
	const char *slash = memrchr(name, '/', len);

	if (kind == PROGRAM && slash) {
		if (*name != '/')
			return;
		len -= (size_t)(slash + 1 - name);
		name = slash + 1;
	}
	if (kind == ANYTHING && len == 1) /* Could not find a ... */
		return;
	add(out, kind, name, len);
}

static void match(const struct pattern *p, const char *line, struct missings *out)
{
	const char *at = strstr(line, *p->before ? p->before : p->after);
	const char *name = at;
	size_t len;

	if (!at)
		return;
	if (*p->before) {
		name += strlen(p->before);
		len = strspn(name, letters);
		if (!startswith(name + len, p->after))
			return;
	} else {
		while (name > line && strchr(letters, name[-1]))
			name--;
		len = (size_t)(at - name);
	}
	addname(out, p->kind, name, len);
}

/* What wcc refused: a library of the machine, or a directory of its headers. */
static void refused(const char *line, struct missings *out)
{
	const char *wcc = strstr(line, "wcc: ");
	const char *end = strstr(line, ": belongs to the machine that builds");
	const char *path = wcc ? strchr(wcc, '/') : NULL;
	const char *base, *headers;

	if (!path || !end || path > end)
		return;
	base = (const char *)memrchr(path, '/', (size_t)(end - path)) + 1;
	headers = strstr(path, "/include/");
	if (startswith(base, "lib") && memchr(base, '.', (size_t)(end - base)))
		add(out, LIBRARY, base + 3, strcspn(base + 3, "."));
	else if (headers && headers + 9 < end)
		add(out, HEADER, headers + 9, (size_t)(end - headers - 9));
}

/* Paths of line below root, which is dir/sysroot/ or dir/host/, that are not there. */
static void placed(const char *line, const char *root, size_t dirlen, struct missings *out)
{
	while ((line = strstr(line, root))) {
		size_t len = strspn(line, letters);
		char *path = xstrndup(line, len);

		if (access(path, F_OK) < 0)
			add(out, PLACED, path + dirlen + 1, len - dirlen - 1);
		free(path);
		line += len;
	}
}

void missingfind(const char *log, size_t len, const char *dir, struct missings *out)
{
	char *sysroot = xasprintf("%s/sysroot/", dir);
	char *host = xasprintf("%s/host/", dir);

	while (len) {
		const char *end = memchr(log, '\n', len);
		size_t n = end ? (size_t)(end - log) : len;
		char *line = xstrndup(log, n);

		for (size_t i = 0; i < LENGTH(patterns); i++)
			match(&patterns[i], line, out);
		refused(line, out);
		placed(line, sysroot, strlen(dir), out);
		placed(line, host, strlen(dir), out);
		free(line);
		n += end != NULL;
		log += n;
		len -= n;
	}
	free(sysroot);
	free(host);
}

void missingfree(struct missings *m)
{
	for (size_t i = 0; i < m->len; i++)
		free(m->item[i].name);
	free(m->item);
	*m = (struct missings){ 0 };
}

/* path ends in DIR/PREFIX name SUFFIX; nocase compares without regard to capitals. */
static bool ends(const char *path, const char *prefix, const char *name, const char *suffix,
		 bool nocase)
{
	char *tail = xasprintf("%s%s%s", prefix, name, suffix);
	size_t n = strlen(tail), len = strlen(path);
	bool ret = len >= n &&
		   (nocase ? strcasecmp(path + len - n, tail) : strcmp(path + len - n, tail)) == 0;

	free(tail);
	return ret;
}

static bool islibrary(const char *path, const char *name, bool nocase)
{
	return ends(path, "/lib", name, ".a", nocase) || ends(path, "/lib", name, ".so", nocase);
}

static bool isanything(const char *path, const char *name)
{
	return islibrary(path, strncasecmp(name, "lib", 3) == 0 ? name + 3 : name, true) ||
	       ends(path, "/include/", name, ".h", true) ||
	       ends(path, "/pkgconfig/", name, ".pc", true) ||
	       (startswith(path, "host/") && ends(path, "bin/", name, "", true));
}

bool missingis(const struct missing *m, const char *path)
{
	bool host = startswith(path, "host/");

	if (!host && !startswith(path, "sysroot/"))
		return false;
	switch (m->kind) {
	case HEADER:
		return ends(path, "/include/", m->name, "", false);
	case LIBRARY:
		return islibrary(path, m->name, false);
	case PROGRAM:
		return host && ends(path, "bin/", m->name, "", false);
	case PKGCONFIG:
		return ends(path, "/pkgconfig/", m->name, ".pc", false);
	case ANYTHING:
		return isanything(path, m->name);
	case PLACED:
		return strcmp(path, m->name) == 0;
	}
	return false;
}

char *missingcall(const struct missing *m)
{
	switch (m->kind) {
	case LIBRARY:
		return xasprintf("lib%s", m->name);
	case PKGCONFIG:
		return xasprintf("%s.pc", m->name);
	case PLACED:
		return xstrdup(strchr(m->name, '/') + 1);
	default:
		return xstrdup(m->name);
	}
}
