// SPDX-License-Identifier: GPL-2.0-or-later
#include "gcccommand.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "argcheck.h"
#include "base/shellword.h"
#include "fs/file.h"
#include "response.h"
#include "specs.h"

/*
 * Use the same defaults for the gcc of every distribution: non-PIE code, and no
 * hardening unless requested. The package's own arguments come later and override them.
 */
static const char *const defaults[] = {
	"-fno-pie",
	"-no-pie",
	"-fno-stack-protector",
	"-fno-stack-clash-protection",
	"-fcf-protection=none",
	"-U_FORTIFY_SOURCE",
};

/* Write text to an unnamed file that gcc inherits. Returns its path, or NULL with errno set. */
static char *filemake(const char *name, struct buf *text)
{
	int fd = memfd_create(name, 0);

	if (fd < 0 || writeall(fd, bufstr(text), text->len) < 0)
		return NULL;
	return xasprintf("/proc/self/fd/%d", fd);
}

/* __TIMESTAMP__ is a file's modification time and, unlike __DATE__, ignores SOURCE_DATE_EPOCH. */
static void timestampadd(struct strlist *argv)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t seconds = epoch ? (time_t)strtoll(epoch, NULL, 10) : 0;
	char text[64];
	struct tm tm;

	if (!epoch || !gmtime_r(&seconds, &tm) ||
	    !strftime(text, sizeof(text), "-D__TIMESTAMP__=\"%a %b %e %H:%M:%S %Y\"", &tm))
		return;
	listadd(argv, "-Wno-builtin-macro-redefined");
	listadd(argv, text);
}

/*
 * Without a seed, gcc -flto names sections after a random number. Use the output's name as the
 * seed: it differs for each object and does not depend on the directory.
 */
static void seedadd(const struct settings *s, const struct asked *asked, struct strlist *argv)
{
	const char *made = asked->output ? asked->output : asked->input;
	char *cwd, *name, *arg;

	if (!asked->lto || asked->seed || !made)
		return;
	cwd = getcwd(NULL, 0);
	name = placesname(&s->places, cwd ? cwd : "/", made);
	arg = xasprintf("-frandom-seed=%s", name);
	listadd(argv, arg);
	free(arg);
	free(name);
	free(cwd);
}

static bool sysroothas(const struct settings *s, const char *file)
{
	char *path = pathjoin(s->sysroot, file);
	bool has = access(path, F_OK) == 0;

	free(path);
	return has;
}

static int specsadd(struct command *c, const struct settings *s, const struct asked *asked)
{
	struct specs specs = {
		.dynamic = s->dynamic,
		.loader = s->loader,
		.libgcc = s->libgcc,
		.lgcc = asked->lgcc,
		.haslibc = sysroothas(s, "usr/lib/crt1.o"),
		.hasshared = sysroothas(s, "usr/lib/libc.so"),
	};
	char *path, *arg;

	specswrite(&specs, &c->specs);
	path = filemake("wcc.specs", &c->specs);
	if (!path)
		return -1;
	arg = xasprintf("-specs=%s", path);
	listadd(&c->argv, arg);
	free(arg);
	free(path);
	return 0;
}

/*
 * Append args. If they came from response files, pass them in one response file, because there may
 * be too many for a command line.
 */
static int argsadd(struct command *c, const struct strlist *args, bool response)
{
	struct buf text = { 0 };
	char *path, *arg;

	if (!response) {
		for (size_t i = 0; i < args->len; i++)
			listadd(&c->argv, args->item[i]);
		return 0;
	}
	responsejoin(args, &text);
	path = filemake("wcc.arguments", &text);
	buffree(&text);
	if (!path)
		return -1;
	arg = xasprintf("@%s", path);
	listadd(&c->argv, arg);
	free(arg);
	free(path);
	return 0;
}

static int targetmake(struct command *c, const struct settings *s, const struct strlist *args,
		      bool response, char **why)
{
	struct strlist checked = { 0 };
	struct asked asked;
	char *sysroot;
	int r = argscheck(args, &s->places, &checked, &asked, why);

	if (r == 0) {
		sysroot = xasprintf("--sysroot=%s", s->sysroot);
		listadd(&c->argv, sysroot);
		free(sysroot);
		r = specsadd(c, s, &asked);
		if (!s->libgcc) /* else it may be for no Linux */
			listadd(&c->argv, "-mmusl");
		for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++)
			listadd(&c->argv, defaults[i]);
		for (size_t i = 0; i < s->flags.len; i++)
			listadd(&c->argv, s->flags.item[i]);
		timestampadd(&c->argv);
		placesflags(&s->places, &c->argv);
		seedadd(s, &asked, &c->argv);
		if (r == 0)
			r = argsadd(c, &checked, response);
		if (r < 0)
			*why = xasprintf("cannot hand gcc a file in memory: %s", strerror(errno));
	}
	listfree(&checked);
	return r;
}

int commandmake(struct command *c, const struct settings *s, int argc, char **argv, char **why)
{
	struct strlist args = { 0 };
	int files = 0;
	int r = 0;

	listadd(&c->argv, s->gcc);
	if (s->kernel) {
		placesflags(&s->places, &c->argv);
		for (int i = 1; i < argc; i++)
			listadd(&c->argv, argv[i]);
		return 0;
	}
	for (int i = 1; i < argc && r == 0; i++) {
		int n = responseexpand(argv[i], &args);

		if (n < 0) {
			*why = xasprintf("%s: cannot read the response file: %s", argv[i],
					 strerror(errno));
			r = -1;
		}
		files += n;
	}
	if (r == 0)
		r = targetmake(c, s, &args, files > 0, why);
	listfree(&args);
	return r;
}

void gcccommandfree(struct command *c)
{
	listfree(&c->argv);
	buffree(&c->specs);
}

void commandshow(const struct command *c, struct buf *out)
{
	bool fresh = true;

	for (size_t i = 0; i < c->argv.len; i++) {
		if (i)
			bufputc(out, ' ');
		shellword(out, c->argv.item[i]);
	}
	bufputc(out, '\n');
	for (size_t i = 0; i < c->specs.len; i++) {
		if (fresh && c->specs.data[i] != '\n')
			bufputs(out, "# ");
		fresh = c->specs.data[i] == '\n';
		bufputc(out, c->specs.data[i]);
	}
}
