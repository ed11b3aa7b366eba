// SPDX-License-Identifier: GPL-2.0-or-later
#include "script.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/affix.h"
#include "base/clock.h"
#include "base/msg.h"
#include "base/visible.h"
#include "fs/file.h"
#include "progress.h"
#include "sandbox.h"

enum {
	FDSAY = 9,	   /* descriptor for messages of the script to the user */
	TAILLINES = 25,	   /* last lines of the log to print after a failure */
	FIRSTNOTE = 15000, /* ms until the first note on a running step */
	NEXTNOTE = 30000,  /* ms between two notes */
	KILLAFTER = 5000,  /* ms until what is left of a script is killed */
};

static int sigpipe[2]; /* the signal handler writes the signal's number; the loop reads it */

static void onsignal(int sig)
{
	int err = errno;
	unsigned char c = (unsigned char)sig;

	if (write(sigpipe[1], &c, 1) < 0)
		errno = err;
	errno = err;
}

static const int sigs[] = { SIGINT, SIGTERM, SIGHUP, SIGCHLD };
static struct sigaction before[sizeof(sigs) / sizeof(*sigs)]; /* their earlier actions */

static void catchsignals(void)
{
	struct sigaction sa = { .sa_handler = onsignal, .sa_flags = SA_RESTART };

	for (size_t i = 0; i < sizeof(sigs) / sizeof(*sigs); i++) {
		/* started by nohup: stays ignored */
		if (sigs[i] == SIGHUP && sigaction(SIGHUP, NULL, &before[i]) == 0 &&
		    before[i].sa_handler == SIG_IGN)
			continue;
		sigaction(sigs[i], &sa, &before[i]);
	}
}

/* Restore the default: no script runs, so a signal ends this program. */
static void leavesignals(void)
{
	for (size_t i = 0; i < sizeof(sigs) / sizeof(*sigs); i++)
		sigaction(sigs[i], &before[i], NULL);
	close(sigpipe[0]);
	close(sigpipe[1]);
}

/*
 * Pass the job slots on: MAKEFLAGS with only make's jobserver options, and JOBS, their number, for
 * programs that do not know the jobserver.
 */
static void envjobs(struct strlist *env)
{
	const char *flags = getenv("MAKEFLAGS");
	struct buf keep = { 0 };
	char *copy = xstrdup(flags ? flags : "");
	char *p = copy, *word;
	long jobs = 1;

	while ((word = strsep(&p, " "))) {
		if (strcmp(word, "--") == 0)
			break;
		if (startswith(word, "--jobserver")) {
			bufprintf(&keep, " %s", word);
		} else if (startswith(word, "-j")) {
			bufprintf(&keep, " %s", word);
			jobs = word[2] ? strtol(word + 2, NULL, 10) : sysconf(_SC_NPROCESSORS_ONLN);
		}
	}
	char *line = xasprintf("MAKEFLAGS=%s", bufstr(&keep));

	listadd(env, line);
	free(line);
	line = xasprintf("JOBS=%ld", jobs > 0 ? jobs : 1);
	listadd(env, line);
	free(line);
	free(copy);
	buffree(&keep);
}

static void envput(struct strlist *env, const char *name, const char *value)
{
	char *line = xasprintf("%s=%s", name, value);

	listadd(env, line);
	free(line);
}

/* Set var to dir/NAME as an absolute path. */
static void envdir(struct strlist *env, const char *var, const char *cwd, const char *dir,
		   const char *name)
{
	char *path =
		*dir == '/' ? xasprintf("%s/%s", dir, name) : xasprintf("%s/%s/%s", cwd, dir, name);

	if (!*name)
		path[strlen(path) - 1] = '\0';
	envput(env, var, path);
	free(path);
}

/* The parent of DIR/NAME, as a real path if it exists; the caller frees it. */
static char *above(const char *cwd, const char *dir, const char *name)
{
	char *path = xasprintf("%s%s%s%s%s", *dir == '/' ? "" : cwd, *dir == '/' ? "" : "/", dir,
			       *name ? "/" : "", name);
	char *real = realpath(path, NULL);
	char *slash;

	if (real)
		free(path);
	else
		real = path;
	slash = strrchr(real, '/');
	slash[slash == real] = '\0';
	return real;
}

/*
 * Let git find a repository in the source tree and in the package's directory, but not in their
 * parents, which are unrelated.
 */
static void envgit(const struct job *j, const char *cwd, struct strlist *env)
{
	char *src = above(cwd, j->src, ""), *dir = above(cwd, j->dir, "build");
	char *both = xasprintf("%s:%s", src, dir);

	envput(env, "GIT_CEILING_DIRECTORIES", both);
	free(both);
	free(dir);
	free(src);
}

static int envmake(const struct job *j, const char *step, struct strlist *env)
{
	static const struct {
		const char *var, *name;
	} dirs[] = { { "BUILD", "build" },
		     { "IMAGE", "image" },
		     { "SYSROOT", "sysroot" },
		     { "HOST", "host" } };
	char *cwd = getcwd(NULL, 0);

	if (!cwd)
		return -1;
	envdir(env, "SRC", cwd, j->src, "");
	if (j->seen)
		envdir(env, "SEEN", cwd, j->seen, "");
	for (size_t i = 0; i < sizeof(dirs) / sizeof(*dirs); i++)
		envdir(env, dirs[i].var, cwd, j->dir, dirs[i].name);
	envdir(env, "FILES", cwd, j->dir, strcmp(step, "unpack") == 0 ? "patches" : "files");
	for (size_t i = 0; i < j->env.len; i++) {
		if (j->env.item[i].value[0] == '@')
			envdir(env, j->env.item[i].name, cwd, j->env.item[i].value + 1, "");
		else
			envput(env, j->env.item[i].name, j->env.item[i].value);
	}
	envgit(j, cwd, env);
	envjobs(env);
	free(cwd);
	return 0;
}

static void child(const struct job *j, const char *step, const char *script, char **env, int out)
{
	char *argv[] = { "sh", j->verbose > 0 ? "-x" : (char *)script, (char *)script, NULL };

	if (j->verbose <= 0)
		argv[2] = NULL;
	setpgid(0, 0);
	sandboxenter(j, step);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	out = fcntl(out, F_DUPFD_CLOEXEC, FDSAY + 1);
	close(0);
	if (out < 0 || open("/dev/null", O_RDONLY) != 0 || dup2(1, FDSAY) < 0 || dup2(out, 1) < 0 ||
	    dup2(out, 2) < 0)
		_exit(127);
	execve("/bin/sh", argv, env);
	_exit(127);
}

/* State of a running script. */
struct run {
	const struct job *job;
	const char *step;
	pid_t pid;
	int out;       /* its output */
	int log;       /* its log */
	int64_t start; /* ms, by clock.h */
	int64_t note;  /* ms, time of the next note */
	long lines;    /* lines of output so far */
	struct progress last_time;
	char last[72];	 /* the last line, cut */
	size_t lastlen;	 /* its length */
	bool linedone;	 /* the next byte begins a new line */
	int interrupted; /* signal received, or 0 */
	int status;	 /* wait status, once ended */
	bool ended;
	bool killed; /* SIGKILL was sent */
	int logbad;  /* errno of a failed write to the log, or 0 */
};

static void watchlines(struct run *r, const char *p, size_t n)
{
	for (; n; p++, n--) {
		if (*p == '\n') {
			r->lines++;
			r->linedone = 1;
			continue;
		}
		if (r->linedone)
			r->lastlen = 0;
		r->linedone = 0;
		if (r->lastlen < sizeof(r->last) && *p >= ' ' && *p != 127)
			r->last[r->lastlen++] = *p;
	}
}

/* Read the available output. Returns 0 at its end. */
static bool takeoutput(struct run *r)
{
	char chunk[16384];
	ssize_t n = read(r->out, chunk, sizeof(chunk));

	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	if (n == 0)
		return false;
	if (writeall(r->log, chunk, (size_t)n) < 0)
		r->logbad = errno;
	if (r->job->verbose > 0)
		writeall(1, chunk, (size_t)n);
	watchlines(r, chunk, (size_t)n);
	return true;
}

static void takesignals(struct run *r)
{
	unsigned char sig[64];
	ssize_t n = read(sigpipe[0], sig, sizeof(sig));

	for (ssize_t i = 0; i < n; i++) {
		if (sig[i] == SIGCHLD) {
			if (!r->ended && waitpid(r->pid, &r->status, WNOHANG) == r->pid)
				r->ended = true;
		} else {
			r->interrupted = sig[i];
			kill(-r->pid, sig[i]);
		}
	}
}

static void saynote(struct run *r)
{
	int64_t t = clockms();
	struct buf far = { 0 }, now = { 0 };

	if (t < r->note)
		return;
	r->note = t + NEXTNOTE;
	if (r->job->verbose)
		return;
	progresssay(&r->last_time, r->lines, (double)(t - r->start) / 1000, &far);
	if (r->lastlen)
		bufprintf(&now, ", now: %.*s", (int)r->lastlen, r->last);
	tell(stdout, "  ...       %s: %s for %ld s%s%s%s\n", r->job->name, r->step,
	     (long)(t - r->start) / 1000, far.len ? ", " : "", bufstr(&far), bufstr(&now));
	fflush(stdout);
	buffree(&far);
	buffree(&now);
}

/* Whether nothing of the script's process group is left; we are its subreaper. */
static bool groupended(struct run *r)
{
	pid_t pid;

	if (!r->ended)
		return false;
	while ((pid = waitpid(-r->pid, NULL, WNOHANG)) > 0)
		;
	return pid < 0 && errno == ECHILD;
}

static void loop(struct run *r)
{
	struct pollfd p[2] = { { .fd = r->out, .events = POLLIN },
			       { .fd = sigpipe[0], .events = POLLIN } };
	int64_t stop = 0; /* when to kill the remaining processes; 0: not set */

	while (!groupended(r)) {
		if (poll(p, 2, stop > 0 ? 100 : 1000) < 0 && errno != EINTR)
			break;
		if (p[0].revents && !takeoutput(r))
			p[0].fd = -1;
		if (p[1].revents)
			takesignals(r);
		saynote(r);
		if ((r->interrupted || r->ended) && stop <= 0)
			stop = clockms() + KILLAFTER;
		if (stop > 0 && clockms() > stop) {
			kill(-r->pid, SIGKILL);
			r->killed = true;
		}
	}
	fcntl(r->out, F_SETFL, O_NONBLOCK);
	while (p[0].fd >= 0 && poll(p, 1, 0) > 0 && takeoutput(r))
		;
}

static int start(struct run *r, char **env, const char *script)
{
	int fds[2];

	if (pipe2(sigpipe, O_CLOEXEC | O_NONBLOCK) < 0 || pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	sandboxmake(r->job);
	catchsignals();
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	r->out = fds[0];
	r->pid = fork();
	if (r->pid == 0)
		child(r->job, r->step, script, env, fds[1]);
	close(fds[1]);
	if (r->pid < 0) {
		close(fds[0]);
		return -1;
	}
	setpgid(r->pid, r->pid);
	return 0;
}

static void result(const struct run *r, struct outcome *o)
{
	int own = WIFSIGNALED(r->status) ? 128 + WTERMSIG(r->status) : WEXITSTATUS(r->status);

	o->status = r->interrupted ? 128 + r->interrupted : own;
	o->interrupted = r->interrupted;
	o->killed = own == 128 + SIGKILL || (r->killed && r->interrupted);
	o->seconds = (double)(clockms() - r->start) / 1000;
}

/* The last run recorded as record; if there is none, the number of lines that the recipe gives. */
static struct progress lasttime(const struct job *j, const char *record)
{
	struct progress p = progressread(j->progress, j->name, record);

	if (p.seconds <= 0 && strcmp(record, "build") == 0)
		p.lines = j->lines;
	return p;
}

int runscript(const struct job *j, const char *step, const char *record, struct outcome *o)
{
	struct run r = { .job = j, .step = step, .last_time = lasttime(j, record) };
	char *script = jobfile(j, "", step, ".sh");
	char *log = jobfile(j, "", step, ".log");
	struct strlist env = { 0 };
	int ret = -1;

	r.start = clockms();
	r.note = r.start + FIRSTNOTE;
	r.log = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (r.log >= 0 && envmake(j, step, &env) == 0 && start(&r, env.item, script) == 0) {
		loop(&r);
		leavesignals();
		close(r.out);
		result(&r, o);
		if (j->progress && o->status == 0 && o->seconds * 1000 > FIRSTNOTE)
			progresskeep(j->progress, j->name, record,
				     (struct progress){ r.lines, o->seconds });
		ret = 0;
	}
	int err = errno;

	if (r.log >= 0 && close(r.log) < 0 && !r.logbad)
		r.logbad = errno;
	if (ret == 0 && r.logbad && !r.interrupted)
		warn("cannot write %s: %s", log, strerror(r.logbad));
	listfree(&env);
	free(script);
	free(log);
	errno = err;
	return ret;
}

void runtail(const struct job *j, const char *step)
{
	char *log = jobfile(j, "", step, ".log");
	struct buf text = { 0 }, shown = { 0 };
	const char *p;
	int lines = 0;

	if (fileread(log, &text) == 0 && text.len && j->verbose <= 0) {
		p = text.data + text.len;
		while (p > text.data &&
		       (p[-1] != '\n' || p == text.data + text.len || ++lines < TAILLINES))
			p--;
		bufvisible(&shown, p, (size_t)(text.data + text.len - p));
		fputs(bufstr(&shown), stderr);
		if (text.data[text.len - 1] != '\n')
			fputc('\n', stderr);
	}
	tell(stderr, "  (the whole log: %s)\n", log);
	buffree(&shown);
	buffree(&text);
	free(log);
}
