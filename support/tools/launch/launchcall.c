// SPDX-License-Identifier: GPL-2.0-or-later
#include "launchcall.h"

#include <stdlib.h>
#include <string.h>

#include "fs/file.h"

/* The servers of distcc, a word each. */
static char *words(const struct strlist *servers)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < servers->len; i++)
		bufprintf(&out, "%s%s", i ? " " : "", servers->item[i]);
	return bufsteal(&out);
}

static void distcc(const struct settings *s, const struct strlist *servers, const char *log,
		   struct pairs *env)
{
	char *hosts = words(servers), *dir = launchpath(s, "distcc");

	pairadd(env, "DISTCC_HOSTS", hosts);
	pairadd(env, "DISTCC_DIR", dir);
	pairadd(env, "DISTCC_LOG", log);
	pairadd(env, "DISTCC_FALLBACK", "0");
	pairadd(env, "DISTCC_SKIP_LOCAL_RETRY", "1");
	pairadd(env, "DISTCC_NO_REWRITE_CROSS", "1"); /* servers run the compiler of this name */
	pairadd(env, "DISTCC_PAUSE_TIME_MSEC", "20");
	pairadd(env, "DISTCC_IO_TIMEOUT", "120");
	free(dir);
	free(hosts);
}

static void icecc(const struct strlist *servers, const char *log, struct pairs *env)
{
	pairadd(env, "ICECC_DEBUG", "debug");
	pairadd(env, "ICECC_LOGFILE", log);
	pairadd(env, "ICECC_CARET_WORKAROUND", "0");
	if (servers->len == 1)
		pairadd(env, "ICECC_PREFERRED_HOST", servers->item[0]);
}

void remotecommand(const struct settings *s, const struct unit *u, const struct strlist *servers,
		   const char *text, const char *object, const char *log, struct strlist *argv,
		   struct pairs *env)
{
	listadd(argv, s->program);
	listadd(argv, s->by == DISTCC ? compilername(s) : s->cc);
	unitcompile(u, text, object, argv);
	if (s->by == DISTCC)
		distcc(s, servers, log, env);
	else
		icecc(servers, log, env);
}

/* Return what stands between the last start in text and the end that follows; caller frees. */
static char *between(const char *text, const char *start, const char *end)
{
	const char *at = NULL, *stop;

	for (const char *p = text; (p = strstr(p, start)); p++)
		at = p + strlen(start);
	stop = at ? strstr(at, end) : NULL;
	return stop ? xstrndup(at, (size_t)(stop - at)) : NULL;
}

static char *readlog(const char *log)
{
	struct buf text = { 0 };

	fileread(log, &text);
	return bufsteal(&text);
}

char *remoteserver(const struct settings *s, const char *log)
{
	char *text = readlog(log), *server = NULL;

	if (s->by == DISTCC && (strstr(text, " completed ok") || strstr(text, "ERROR: compile ")))
		server = between(text, "exec on ", ": ");
	else if (s->by == ICECC && !strstr(text, "building myself"))
		server = between(text, "Have to use host ", " ");
	free(text);
	return server;
}

bool remoteitself(const struct settings *s, const char *log)
{
	char *text = readlog(log);
	bool ret = s->by == ICECC && strstr(text, "building myself");

	free(text);
	return ret;
}

char *remotefailed(const struct settings *s, const char *log, char **why)
{
	char *text = readlog(log), *server = NULL;
	char *error = s->by == DISTCC ? strstr(text, "ERROR: ") : NULL;

	*why = NULL;
	if (error && strncmp(error, "ERROR: compile ", 15) != 0) {
		*why = xstrndup(error + 7, strcspn(error + 7, "\n"));
		*error = '\0';
		server = between(text, "exec on ", ": ");
	}
	free(text);
	return server;
}

void ccachesettings(const struct settings *s, const char *remote, const char *log,
		    struct pairs *env)
{
	char *check = xasprintf("string:%s", s->identity ? s->identity : "");
	char *limit = xasprintf("%sMi", s->limit);

	pairadd(env, "CCACHE_CONFIGPATH", "/dev/null");
	pairadd(env, "CCACHE_DIR", s->store);
	pairadd(env, "CCACHE_MAXSIZE", limit);
	pairadd(env, "CCACHE_COMPILERCHECK", s->identity ? check : "content");
	pairadd(env, "CCACHE_NODIRECT",
		"1"); /* a header may be found before the one that it knows */
	pairadd(env, "CCACHE_STATSLOG", log);
	if (remote)
		pairadd(env, "CCACHE_REMOTE_STORAGE", remote);
	free(limit);
	free(check);
}
