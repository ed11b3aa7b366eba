// SPDX-License-Identifier: GPL-2.0-or-later
#include "git.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/affix.h"
#include "fs/file.h"

/* The PATH of a step (support/make/env.mk). */
#define STEPPATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/* A repository that is being examined. */
struct repo {
	const char *dir;
	const char *ceiling; /* the parent directory of the tree: git does not search above it */
};

static void child(const struct repo *r, char *const argv[], int out)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (clearenv() != 0 || setenv("PATH", STEPPATH, 1) < 0 ||
	    setenv("HOME", "/nonexistent", 1) < 0 || setenv("LC_ALL", "C", 1) < 0 ||
	    setenv("GIT_CEILING_DIRECTORIES", r->ceiling, 1) < 0 || null < 0 || dup2(null, 0) < 0 ||
	    dup2(out, 1) < 0 || dup2(null, 2) < 0 || chdir(r->dir) < 0)
		_exit(127);
	execvp(argv[0], argv);
	_exit(127);
}

/* Append the output of git. Returns its exit status; -1 if it cannot be run. */
static int gitsays(const struct repo *r, char *const argv[], struct buf *out)
{
	char chunk[4096];
	int fds[2], status;
	ssize_t n;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	pid = fork();
	if (pid == 0)
		child(r, argv, fds[1]);
	close(fds[1]);
	while (pid > 0 && (n = readall(fds[0], chunk, sizeof(chunk))) > 0)
		bufadd(out, chunk, (size_t)n);
	close(fds[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return -1;
	}
	return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Return the next line of *p and advance *p; "" at the end. */
static const char *line(char **p)
{
	const char *s = *p ? strsep(p, "\n") : NULL;

	return s ? s : "";
}

/* Append the digest of the file that git calls name, if it exists. */
static void addfile(struct index *x, const struct repo *r, const char *name, struct buf *out)
{
	char *path = *name == '/' ? xstrdup(name) : pathjoin(r->dir, name);
	char hex[DIGESTHEX];
	struct stat st;

	if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && indexfile(x, path, &st, hex) == 0)
		bufprintf(out, "%s", hex);
	bufputc(out, '\n');
	free(path);
}

/*
 * Append "clean" or "dirty", with the check of scripts/setlocalversion. Background processes of git
 * are disabled.
 */
static void addstatus(const struct repo *r, struct buf *out)
{
	char *argv[] = { "git",	   "-c",   "core.fsmonitor=false", "--no-optional-locks",
			 "status", "-uno", "--porcelain",	   NULL };
	struct buf text = { 0 };
	int status = gitsays(r, argv, &text);

	bufprintf(out, "%d %s\n", status, text.len ? "dirty" : "clean");
	buffree(&text);
}

/* Compute the digest of a state (key determines it) and its result. */
static void notehex(const struct buf *key, const char *state, char hex[DIGESTHEX])
{
	struct digest *d = digestnew();

	digestadd(d, key->data, key->len);
	digestadd(d, state, strlen(state));
	digestend(d, hex);
}

/*
 * Append the result of addstatus, which is slow in a large tree. It runs only if its last result
 * may be outdated. The result is cached for the index file it was computed with; key has everything
 * else that determines it.
 */
static void addknownstatus(struct index *x, const struct repo *r, const char *name,
			   const struct buf *key, struct buf *out)
{
	static const char *const known[] = { "0 clean\n", "0 dirty\n" };
	char *path = *name == '/' ? xstrdup(name) : pathjoin(r->dir, name);
	size_t before = out->len;
	char hex[DIGESTHEX];
	struct stat st;
	bool there = stat(path, &st) == 0;

	for (size_t i = 0; there && i < sizeof(known) / sizeof(*known); i++) {
		notehex(key, known[i], hex);
		if (indexnoted(x, path, &st, hex)) {
			bufputs(out, known[i]);
			free(path);
			return;
		}
	}
	addstatus(r, out);
	notehex(key, out->data + before, hex);
	if (there)
		indexnote(x, path, &st, hex);
	free(path);
}

/* Append the state of one repository. key has what determines it besides the repository itself. */
static void addrepo(struct index *x, const struct repo *r, const struct buf *tree, struct buf *out)
{
	char *paths[] = { "git",	"rev-parse",	   "--git-path", "index",
			  "--git-path", "shallow",	   "--git-path", "config",
			  "--git-path", "config.worktree", "--git-path", "info/attributes",
			  NULL };
	char *head[] = { "git", "rev-parse", "HEAD", "--symbolic-full-name", "HEAD", NULL };
	char *tags[] = { "git",	      "for-each-ref", "--format=%(objectname) %(refname)",
			 "refs/tags", "refs/replace", NULL };
	struct buf text = { 0 }, key = { 0 };
	const char *index;
	char *p;

	if (gitsays(r, paths, &text) != 0) {
		bufputs(out, "none\n");
		buffree(&text);
		return;
	}
	bufadd(&key, tree->data, tree->len);
	bufprintf(out, "%d\n", gitsays(r, head, out));
	bufadd(&key, bufstr(out), out->len);
	p = text.data;
	index = line(&p);
	addfile(x, r, line(&p), out); /* the number of commits is read, too */
	while (p && *p)
		addfile(x, r, line(&p), &key);
	addknownstatus(x, r, index, &key, out);
	gitsays(r, tags, out);
	buffree(&text);
	buffree(&key);
}

/* Sort longer paths first: the state of nested repositories must be known first. */
static int deeper(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	size_t n = strlen(x), m = strlen(y);

	return n != m ? (n < m) - (n > m) : strcmp(x, y);
}

void gitdigest(struct index *x, const char *top, const struct strlist *repos,
	       const char content[DIGESTHEX], char hex[DIGESTHEX])
{
	char **dirs = xcalloc(repos->len, sizeof(*dirs));
	char *real = realpath(top, NULL);
	char *slash = real ? strrchr(real, '/') : NULL;
	struct buf all = { 0 };

	if (slash)
		slash[slash == real] = '\0';
	memcpy(dirs, repos->item, repos->len * sizeof(*dirs));
	qsort(dirs, repos->len, sizeof(*dirs), deeper);
	for (size_t i = 0; i < repos->len; i++) {
		struct repo r = { dirs[i], real ? real : "/" };
		struct buf tree = { 0 };

		bufprintf(&tree, "%s %s", content, bufstr(&all));
		bufprintf(&all, "%s\n", startswith(dirs[i], top) ? dirs[i] + strlen(top) : dirs[i]);
		addrepo(x, &r, &tree, &all);
		buffree(&tree);
	}
	digestbytes(bufstr(&all), all.len, hex);
	buffree(&all);
	free(real);
	free(dirs);
}
