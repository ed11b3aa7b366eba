// SPDX-License-Identifier: GPL-2.0-or-later
#include "crashfiles.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/shellword.h"
#include "crash/crashdir.h"
#include "fs/file.h"

/* Write text to the file name of the crash. */
static int filesput(const struct crash *c, const char *name, const void *text, size_t len)
{
	char *path = pathjoin(c->path, name);
	int ret = filewrite(path, text, len, 0666);

	free(path);
	return ret;
}

/* The command line that runqemu itself was started with. */
static void ownline(struct buf *out)
{
	struct buf args = { 0 };

	if (fileread("/proc/self/cmdline", &args) == 0)
		for (const char *p = args.data; p && p < args.data + args.len; p += strlen(p) + 1) {
			if (p != args.data)
				bufputc(out, ' ');
			shellword(out, p);
		}
	buffree(&args);
}

static int commandput(const struct crash *c, const struct launch *l)
{
	struct buf text = { 0 };
	struct strlist argv = { 0 };
	int ret;

	bufputs(&text, "# runqemu was started by\n");
	ownline(&text);
	bufputs(&text, "\n# and QEMU by\n");
	launchargv(l, &argv);
	launchquote(&argv, &text);
	bufputc(&text, '\n');
	ret = filesput(c, CRASH_COMMAND, text.data, text.len);
	listfree(&argv);
	buffree(&text);
	return ret;
}

static int logput(const struct crash *c)
{
	static const char cut[] = "[runqemu: what was before is not kept]\n";
	struct buf text = { 0 };
	int ret;

	if (c->cut)
		bufputs(&text, cut);
	bufadd(&text, c->log.data, c->log.len);
	ret = filesput(c, CRASH_LOG, text.data, text.len);
	buffree(&text);
	return ret;
}

/* Link the file of another crash that is the same kernel. Returns whether there is one. */
static bool vmlinuxlink(const struct crash *c, const struct stat *st, const char *to)
{
	struct crashlist all = { 0 };
	bool done = false;

	if (crashlist(c->dir, &all) < 0)
		return false;
	for (size_t i = all.len; i-- && !done;) {
		char *path = xasprintf("%s/%s/" CRASH_VMLINUX, c->dir, all.item[i].name);
		struct stat own;

		done = stat(path, &own) == 0 && own.st_size == st->st_size &&
		       own.st_mtim.tv_sec == st->st_mtim.tv_sec &&
		       own.st_mtim.tv_nsec == st->st_mtim.tv_nsec && link(path, to) == 0;
		free(path);
	}
	crashlistfree(&all);
	return done;
}

static int vmlinuxcopy(const struct crash *c, const struct stat *st, const char *to)
{
	const struct timespec times[2] = { st->st_mtim, st->st_mtim };
	int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666), err = 0;

	if (fd < 0)
		return -1;
	if (fdcopy(c->kernel, fd) < 0 || futimens(fd, times) < 0)
		err = errno;
	if (close(fd) < 0 && !err)
		err = errno;
	errno = err;
	return err ? -1 : 0;
}

static int vmlinuxput(const struct crash *c)
{
	char *to = pathjoin(c->path, CRASH_VMLINUX);
	struct stat st;
	int ret = fstat(c->kernel, &st);

	if (ret == 0 && lseek(c->kernel, 0, SEEK_SET) == 0 && !vmlinuxlink(c, &st, to))
		ret = vmlinuxcopy(c, &st, to);
	free(to);
	return ret;
}

/* Copy a file of gdb's commands from the directory of vmlinux, if it is there. */
static int scriptcopy(const struct crash *c, const char *from, const char *name)
{
	char *source = pathjoin(from, name);
	struct buf text = { 0 };
	int ret = 0;

	if (fileread(source, &text) == 0) {
		char *to = pathjoin(c->path, name);

		ret = mkparents(to);
		if (ret == 0)
			ret = filewrite(to, text.data, text.len, 0666);
		free(to);
	}
	buffree(&text);
	free(source);
	return ret;
}

static int scriptsput(const struct crash *c)
{
	const char *slash = strrchr(c->vmlinux, '/');
	char *from = slash ? xstrndup(c->vmlinux, (size_t)(slash - c->vmlinux)) : xstrdup(".");
	char *dir = pathjoin(from, CRASH_SCRIPTS);
	struct strlist names = { 0 };
	int ret = scriptcopy(c, from, CRASH_SCRIPT);

	if (dirlist(dir, &names) < 0)
		names.len = 0;
	for (size_t i = 0; i < names.len && ret == 0; i++) {
		char *name = pathjoin(CRASH_SCRIPTS, names.item[i]);

		ret = scriptcopy(c, from, name);
		free(name);
	}
	listfree(&names);
	free(dir);
	free(from);
	return ret;
}

int crashfiles(struct crash *c, const struct launch *l)
{
	if (logput(c) < 0 || commandput(c, l) < 0)
		return -1;
	if (c->kernel < 0)
		return 0;
	return vmlinuxput(c) < 0 ? -1 : scriptsput(c);
}
