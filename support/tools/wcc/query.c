// SPDX-License-Identifier: GPL-2.0-or-later
#include "query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "prefixmap.h"

static const char machine[] = "-dumpmachine";
static const char searchdirs[] = "-print-search-dirs";
static const char multiarch[] = "-print-multiarch";
static const char libgccname[] = "-print-libgcc-file-name";
static const char filename[] = "-print-file-name=";

/* Return whether arg is the option name, with one dash or two. */
static bool optionis(const char *arg, const char *name)
{
	size_t n = strlen(name);

	if (!strncmp(arg, "--", 2))
		arg++;
	return name[n - 1] == '=' ? !strncmp(arg, name, n) : !strcmp(arg, name);
}

const char *queryfind(const struct strlist *args)
{
	for (size_t i = 0; i < args->len; i++) {
		const char *arg = args->item[i];

		if (optionis(arg, machine) || optionis(arg, searchdirs) ||
		    optionis(arg, multiarch) || optionis(arg, filename) ||
		    optionis(arg, libgccname))
			return arg;
	}
	return NULL;
}

/* CPU-linux-gnu -> CPU-linux-musl, CPU-linux-gnueabihf -> CPU-linux-musleabihf */
static void machineanswer(const char *gccsays, struct buf *out)
{
	const char *gnu = strstr(gccsays, "-gnu");

	if (gnu)
		bufprintf(out, "%.*s-musl%s", (int)(gnu - gccsays), gccsays, gnu + strlen("-gnu"));
	else
		bufputs(out, gccsays);
}

/* Replace the directories after "libraries: =" by those of the sysroot. */
static void searchdirsanswer(const char *gccsays, const char *sysroot, struct buf *out)
{
	static const char label[] = "libraries: =";
	const char *libraries = strstr(gccsays, label);
	int before = libraries ? (int)(libraries - gccsays) : (int)strlen(gccsays);

	bufprintf(out, "%.*s%s%s/usr/lib/:%s/lib/\n", before, gccsays, label, sysroot, sysroot);
}

/*
 * Print the file's path in the sysroot, else gcc's own file, else only the name, which means "not
 * found".
 */
static void filenameanswer(const char *name, const char *gccsays, const char *sysroot,
			   struct buf *out)
{
	static const char *const dirs[] = { "/usr/lib", "/lib" };

	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		char *path = xasprintf("%s%s/%s", sysroot, dirs[i], name);
		int missing = access(path, F_OK);

		if (!missing)
			bufprintf(out, "%s\n", path);
		free(path);
		if (!missing)
			return;
	}
	if (gccowns(gccsays))
		bufputs(out, gccsays);
	else
		bufprintf(out, "%s\n", name);
}

void queryanswer(const char *question, const char *gccsays, const struct settings *s,
		 struct buf *out)
{
	const char *sysroot = s->sysroot;

	if (optionis(question, machine) && s->triplet)
		bufprintf(out, "%s\n", s->triplet);
	else if (optionis(question, libgccname) && s->libgcc)
		bufprintf(out, "%s\n", s->libgcc);
	else if (optionis(question, libgccname))
		bufputs(out, gccsays);
	else if (optionis(question, machine))
		machineanswer(gccsays, out);
	else if (optionis(question, searchdirs))
		searchdirsanswer(gccsays, sysroot, out);
	else if (optionis(question, filename))
		filenameanswer(strchr(question, '=') + 1, gccsays, sysroot, out);
	else
		bufputc(out, '\n'); /* musl has no multiarch directories */
}

int commandread(char *const argv[], int fd, struct buf *out)
{
	char part[4096];
	int ends[2], status;
	ssize_t n;
	pid_t pid;

	if (pipe(ends) < 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], fd);
		close(ends[0]);
		close(ends[1]);
		execvp(argv[0], argv);
		_exit(NOTFOUND);
	}
	close(ends[1]);
	while (pid > 0 && (n = read(ends[0], part, sizeof(part))) != 0) {
		if (n > 0)
			bufadd(out, part, (size_t)n);
		else if (errno != EINTR)
			break;
	}
	close(ends[0]);
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
