// SPDX-License-Identifier: GPL-2.0-or-later
#include "compile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/msg.h"
#include "fs/file.h"
#include "launchcall.h"
#include "process.h"
#include "servers.h"
#include "unit.h"

/* Temporary files of one call. */
struct work {
	char *text; /* the preprocessed file */
	char *log;
};

static void count(const struct settings *s, const char *where, const char *what)
{
	char *path = launchpath(s, "count"), *line = xasprintf("%s %s\n", where, what);
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);

	if (fd >= 0) {
		writeall(fd, line, strlen(line));
		close(fd);
	}
	free(line);
	free(path);
}

static struct work workof(const struct settings *s)
{
	char *text = xasprintf("work/%ld.i", (long)getpid());
	char *log = xasprintf("work/%ld.log", (long)getpid());
	struct work w = { .text = launchpath(s, text), .log = launchpath(s, log) };

	free(text);
	free(log);
	return w;
}

static void workend(struct work *w)
{
	unlink(w->text);
	unlink(w->log);
	free(w->text);
	free(w->log);
}

/* Become the compiler. Returns only if that fails. */
static int become(const struct settings *s, char **args)
{
	execv(s->cc, args);
	warn("cannot run %s:", s->cc);
	return errno == ENOENT ? 127 : 126;
}

/* Preprocess the unit to the file text, with one more option or NULL. Returns the exit status. */
static int preprocess(const struct settings *s, const struct unit *u, const char *text,
		      const char *more, struct buf *err)
{
	struct strlist argv = { 0 };
	int ret;

	listadd(&argv, s->cc);
	if (more)
		listadd(&argv, more);
	unitpreprocess(u, text, &argv);
	ret = processrun(argv.item, NULL, err);
	listfree(&argv);
	return ret;
}

/* Whether the assembler would read another file. */
static bool incbin(const char *path)
{
	struct buf text = { 0 };
	bool ret =
		fileread(path, &text) < 0 || !text.len || memmem(text.data, text.len, ".incbin", 7);

	buffree(&text);
	return ret;
}

/* If a server failed, say which, the first time. Another one may have done its work. */
static void tellfailed(const struct settings *s, const char *log)
{
	char *why, *server = remotefailed(s, log, &why);

	if (server)
		say(s, server, "%s %s failed: %s; others and this machine do its work",
		    launchername(s), server, why);
	free(why);
	free(server);
}

/*
 * Send the preprocessed unit away. Returns NULL if its object is there and the compiler had nothing
 * to say, else the reason why it is to be compiled here.
 */
static const char *away(const struct settings *s, const struct unit *u,
			const struct strlist *usable, const struct work *w)
{
	struct strlist argv = { 0 }, any = { 0 };
	struct pairs env = { 0 };
	struct buf err = { 0 };
	const char *reason = NULL;
	char *server;
	int status;

	remotecommand(s, u, s->by == ICECC ? &any : usable, w->text, u->args[u->output], w->log,
		      &argv, &env);
	status = processrun(argv.item, &env, &err);
	server = remoteserver(s, w->log);
	tellfailed(s, w->log);
	if (!server)
		reason = remoteitself(s, w->log) ? "by choice of the scheduler" : "no server";
	else if (status != 0 || err.len)
		reason = "messages of the compiler";
	else if (s->by == ICECC && !listhas(usable, server))
		reason = "servers that are not used";
	else
		count(s, "by", server);
	free(server);
	buffree(&err);
	pairsfree(&env);
	listfree(&argv);
	return reason;
}

/*
 * What compiles elsewhere gets preprocessed text, which has other columns: they are in debug
 * information.
 */
static int send(const struct settings *s, const struct unit *u, char **args)
{
	const char *reason = u->debug ? "debug information" : NULL;
	struct strlist usable = { 0 };
	struct work w = workof(s);
	struct buf err = { 0 };

	if (!reason) {
		serversusable(s, u, &usable);
		reason = usable.len ? NULL : "no server";
	}
	if (!reason && (preprocess(s, u, w.text, NULL, &err) != 0 || err.len))
		reason = "messages of the compiler";
	if (!reason && incbin(w.text))
		reason = ".incbin";
	if (!reason)
		reason = away(s, u, &usable, &w);
	workend(&w);
	buffree(&err);
	listfree(&usable);
	if (!reason)
		return 0;
	count(s, "here", reason);
	return become(s, args);
}

/*
 * Compile by ccache. It knows a unit by its preprocessed text, which has other columns: with debug
 * information, it also gets the text before macros are expanded.
 */
static int cached(const struct settings *s, const struct unit *u, char **args)
{
	struct strlist usable = { 0 }, argv = { 0 };
	struct work w = workof(s);
	char *log = launchpath(s, "ccache");
	struct pairs env = { 0 };
	struct buf err = { 0 };
	int ret = -1;

	serversusable(s, u, &usable);
	ccachesettings(s, usable.len ? usable.item[0] : NULL, log, &env);
	if (u->debug)
		pairadd(&env, "CCACHE_EXTRAFILES", w.text);
	listadd(&argv, s->program);
	listadd(&argv, s->cc);
	for (size_t i = 1; args[i]; i++)
		listadd(&argv, args[i]);
	if (!u->debug || preprocess(s, u, w.text, "-fdirectives-only", &err) == 0) {
		count(s, "by", "ccache");
		bufclear(&err);
		ret = processrun(argv.item, &env, &err);
		writeall(STDERR_FILENO, bufstr(&err), err.len);
	}
	workend(&w);
	buffree(&err);
	pairsfree(&env);
	free(log);
	listfree(&argv);
	listfree(&usable);
	if (ret >= 0)
		return ret;
	count(s, "here", "messages of the compiler");
	return become(s, args);
}

int compile(const struct settings *s, char **args)
{
	struct unit u;

	if (!unitread(&u, args))
		return become(s, args);
	if (u.reason) {
		count(s, "here", u.reason);
		return become(s, args);
	}
	return s->by == CCACHE ? cached(s, &u, args) : send(s, &u, args);
}
