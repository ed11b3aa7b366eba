// SPDX-License-Identifier: GPL-2.0-or-later
#include "role.h"

#include <fnmatch.h>
#include <stddef.h>
#include <string.h>

#include "base/affix.h"
#include "base/path.h"

static bool below(const char *path, const char *const *dirs)
{
	for (; *dirs; dirs++) {
		if (startswith(path, *dirs))
			return true;
	}
	return false;
}

bool roleunread(const char *path)
{
	static const char *const dirs[] = { "Documentation/", "LICENSES/", "tools/testing/",
					    "tools/perf/", NULL };
	static const char *const top[] = { "COPYING", "CREDITS", "MAINTAINERS", "README", NULL };
	const char *name = pathlast(path);

	if (below(path, dirs))
		return !startswith(name, "Kconfig") && !startswith(name, "Makefile") &&
		       !startswith(name, "Kbuild");
	for (size_t i = 0; top[i]; i++) {
		if (strcmp(path, top[i]) == 0)
			return true;
	}
	return strcmp(name, ".gitignore") == 0 || strcmp(name, ".mailmap") == 0;
}

bool roleleftover(const char *path)
{
	static const char *const ends[] = { "~", ".swp", ".swo", ".swx", ".orig", ".rej", NULL };
	/* at the top: what finds names in the sources, and settings */
	static const char *const index[] = { "tags",	  "TAGS",
					     "cscope.*",  "compile_commands.json",
					     ".cache/*",  ".clangd/*",
					     ".vscode/*", ".idea/*",
					     NULL };
	const char *name = pathlast(path);

	for (size_t i = 0; ends[i]; i++) {
		if (endswith(name, ends[i]))
			return true;
	}
	for (size_t i = 0; index[i]; i++) {
		if (fnmatch(index[i], path, 0) == 0)
			return true;
	}
	return startswith(name, ".#") || startswith(name, "#") || strcmp(name, "4913") == 0;
}

bool roleaside(const char *path)
{
	return roleunread(path) || roleleftover(path);
}

bool rolerecorded(const char *path)
{
	static const char *const programs[] = { "scripts/", "tools/", "usr/",
						"certs/",   "rust/",  NULL };
	static const char *const ends[] = { ".c", ".h", ".S", ".dts", ".dtsi", NULL };
	const char *name = pathlast(path);

	/* Its system calls are compared with those that the architecture has, without a record. */
	if (below(path, programs) || strcmp(name, "unistd.h") == 0)
		return false;
	for (size_t i = 0; ends[i]; i++) {
		if (endswith(name, ends[i]))
			return true;
	}
	return false;
}

bool roleimage(const char *path)
{
	return startswith(path, "arch/") && fnmatch("arch/*/boot/*", path, 0) == 0;
}

bool rolelink(const char *path)
{
	return strcmp(path, "init/version-timestamp.o") == 0 ||
	       strcmp(path, ".vmlinux.export.o") == 0 || strcmp(path, ".module-common.o") == 0 ||
	       endswith(path, ".mod.o");
}

bool rolelast(const char *path)
{
	static const char *const known[] = { "vmlinux.a",
					     "vmlinux.o",
					     "vmlinux",
					     ".vmlinux.objs",
					     "Module.symvers",
					     "vmlinux.symvers",
					     "modules.builtin",
					     "modules.builtin.modinfo",
					     "modules.builtin.ranges",
					     "modules-only.symvers" };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (strcmp(path, known[i]) == 0)
			return true;
	}
	return roleimage(path) || rolelink(path) || endswith(path, ".ko");
}

bool rolenames(const char *path)
{
	return endswith(path, ".mod") || strcmp(pathlast(path), "modules.order") == 0;
}
