// SPDX-License-Identifier: GPL-2.0-or-later
#include "begin.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/shellword.h"
#include "fs/file.h"
#include "fs/remove.h"

/* The script that has the compiler's name. */
static void script(const struct settings *s, const char *self, char *const *options, size_t n,
		   struct buf *out)
{
	bufprintf(out,
		  "#!/bin/sh\n# %s by way of %s: docs/launchers.md. 'launch begin' wrote this.\n",
		  compilername(s), launchername(s));
	bufputs(out, "exec ");
	shellword(out, self);
	bufputs(out, " compile");
	for (size_t i = 0; i < n; i++) {
		bufputc(out, ' ');
		shellword(out, options[i]);
	}
	bufputs(out, " -- \"$@\"\n");
}

/* Links in bin to all programs of directory tools. */
static int links(const char *tools, const char *bin)
{
	char *real = realpath(tools, NULL);
	struct strlist names = { 0 };
	int ret = real ? dirlist(real, &names) : -1;

	for (size_t i = 0; ret == 0 && i < names.len; i++) {
		char *from = pathjoin(real, names.item[i]), *to = pathjoin(bin, names.item[i]);

		ret = symlink(from, to);
		free(to);
		free(from);
	}
	listfree(&names);
	free(real);
	return ret;
}

static int directories(const struct settings *s)
{
	static const char *const names[] = { "bin", "told", "probe", "work", "distcc" };
	int ret = treeremove(s->dir);

	for (size_t i = 0; ret == 0 && i < sizeof(names) / sizeof(*names); i++) {
		char *path = launchpath(s, names[i]);

		ret = mkdirs(path);
		free(path);
	}
	if (ret == 0 && s->store)
		ret = mkdirs(s->store);
	return ret;
}

int begin(const struct settings *s, const char *tools, char *const *options, size_t n, char **why)
{
	char *bin = launchpath(s, "bin"), *compiler = pathjoin(bin, compilername(s));
	char *self = realpath("/proc/self/exe", NULL);
	struct buf text = { 0 };
	int ret = self ? directories(s) : -1;

	if (ret == 0)
		ret = links(tools, bin);
	if (ret == 0) {
		script(s, self, options, n, &text);
		ret = filewrite(compiler, bufstr(&text), text.len, 0777);
	}
	if (ret < 0)
		*why = xasprintf("cannot make %s: %s", bin, strerror(errno));
	buffree(&text);
	free(self);
	free(compiler);
	free(bin);
	return ret;
}
