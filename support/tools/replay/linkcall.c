// SPDX-License-Identifier: GPL-2.0-or-later
#include "linkcall.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/msg.h"
#include "fs/file.h"
#include "quicklink.h"

/* Since Linux 6.11, and before. */
static const struct pass passes[] = {
	{ ".tmp_vmlinux1", ".tmp_vmlinux0.kallsyms.o", ".tmp_vmlinux1.kallsyms.o", ".tmp_vmlinux2",
	  ".tmp_vmlinux2.kallsyms.o", ".tmp_vmlinux3.kallsyms.o",
	  "kallsyms_sysmap=.tmp_vmlinux2.syms" },
	{ ".tmp_vmlinux.kallsyms1", NULL, ".tmp_vmlinux.kallsyms1.o", ".tmp_vmlinux.kallsyms2",
	  ".tmp_vmlinux.kallsyms2.o", ".tmp_vmlinux.kallsyms3.o",
	  "kallsyms_vmlinux=.tmp_vmlinux.kallsyms2" },
};

const struct pass *passof(const char *file, bool second)
{
	for (size_t i = 0; i < sizeof(passes) / sizeof(*passes); i++) {
		if (strcmp(second ? passes[i].second : passes[i].first, file) == 0)
			return &passes[i];
	}
	return NULL;
}

char *linkkept(const char *name)
{
	return pathjoin(getenv(QUICKLINK_DIR), name);
}

void linkbecome(const char *name, char **argv)
{
	const char *path = getenv("PATH");
	char *bin = linkkept("bin"), *copy = xstrdup(path ? path : ""), *p = copy, *dir;
	struct buf rest = { 0 };
	bool more = false; /* an empty entry counts, too */

	while ((dir = strsep(&p, ":"))) {
		if (strcmp(dir, bin) == 0)
			continue;
		bufprintf(&rest, "%s%s", more ? ":" : "", dir);
		more = true;
	}
	setenv("PATH", bufstr(&rest), 1);
	execvp(name, argv);
	warn("cannot run %s:", name);
	_exit(127);
}

int linkrun(const char *name, char **argv, const char *output)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		if (output && !freopen(output, "w", stdout))
			_exit(127);
		linkbecome(name, argv);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		die("cannot run %s:", name);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

const char *linkoutput(char **argv)
{
	for (size_t i = 1; argv[i]; i++) {
		if (strcmp(argv[i], "-o") == 0 && argv[i + 1])
			return argv[i + 1];
	}
	return "";
}

void linkwords(struct strlist *out, char **argv, const char *from, const char *to)
{
	for (size_t i = 0; argv[i]; i++)
		listadd(out, from && strcmp(argv[i], from) == 0 ? to : argv[i]);
}

void linkreplace(struct strlist *list, const char *from, const char *to)
{
	struct strlist out = { 0 };

	linkwords(&out, list->item, from, to);
	listfree(list);
	*list = out;
}

int linkargsread(const char *name, struct strlist *out)
{
	char *path = linkkept(name);
	struct buf text = { 0 };
	int ret = fileread(path, &text);

	for (size_t i = 0; ret == 0 && i < text.len; i += strlen(text.data + i) + 1)
		listadd(out, text.data + i);
	free(path);
	buffree(&text);
	return ret == 0 && out->len ? 0 : -1;
}

void linkargswrite(const char *name, const struct strlist *args)
{
	char *path = linkkept(name);
	struct buf text = { 0 };

	for (size_t i = 0; i < args->len; i++)
		bufadd(&text, args->item[i], strlen(args->item[i]) + 1);
	if (filewrite(path, text.data, text.len, 0666) < 0)
		die("cannot write %s:", path);
	buffree(&text);
	free(path);
}

bool linknewer(const struct stat *a, const struct stat *b)
{
	return a->st_mtim.tv_sec != b->st_mtim.tv_sec ? a->st_mtim.tv_sec > b->st_mtim.tv_sec
						      : a->st_mtim.tv_nsec > b->st_mtim.tv_nsec;
}

bool linktable(const struct pass *pass)
{
	struct stat last, third;

	return stat(pass->last, &last) == 0 &&
	       (stat(pass->third, &third) < 0 || linknewer(&last, &third));
}

bool linkcurrent(const struct strlist *args, const char *except)
{
	const char *to = linkoutput(args->item);
	char *path = linkkept(LINK_BEGUN);
	struct stat begun, st;
	bool good = stat(path, &begun) == 0;

	for (size_t i = 1; good && i < args->len; i++) {
		const char *value = strchr(args->item[i], '='); /* of --script=FILE */
		const char *file = value ? value + 1 : args->item[i];

		if (strcmp(file, to) != 0 && (!except || strcmp(file, except) != 0) &&
		    stat(file, &st) == 0)
			good = !linknewer(&st, &begun);
	}
	free(path);
	return good;
}
