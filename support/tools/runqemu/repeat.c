// SPDX-License-Identifier: GPL-2.0-or-later
#include "repeat.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/msg.h"
#include "fs/file.h"
#include "fs/remove.h"
#include "repeatrecord.h"
#include "report.h"

/* Names of a run's files, in a temporary directory and in that of --keep-failed. */
#define RECORD	"record.json"
#define CONSOLE "console.log"
#define OUTPUT	"output.log"
#define JUNIT	"junit.xml"

/* The signals that end us, and the guest that runs. */
static const int stops[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
static volatile sig_atomic_t stopped; /* the signal; 0: none */
static volatile pid_t child;	      /* 0: none */

static void onstop(int signo)
{
	stopped = signo;
	if (child > 0)
		kill(child, signo);
}

/* Handle the signals; one that is ignored stays so. */
static void stopscatch(void)
{
	struct sigaction action;

	for (size_t i = 0; i < sizeof(stops) / sizeof(*stops); i++)
		if (sigaction(stops[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaction(stops[i], &(struct sigaction){ .sa_handler = onstop }, NULL);
}

static void stopsdefault(void)
{
	struct sigaction action;

	for (size_t i = 0; i < sizeof(stops) / sizeof(*stops); i++)
		if (sigaction(stops[i], NULL, &action) == 0 && action.sa_handler == onstop)
			signal(stops[i], SIG_DFL);
}

/* Print why nothing can be run. Returns the exit code. */
static int failed(const char *what)
{
	warn("cannot write %s:", what);
	return EXIT_QEMU;
}

/* Change the options for one run, number i, with its files in dir; failed: one of them has. */
static void optionsone(struct options *o, const char *dir, unsigned i, bool failed)
{
	unsigned all = o->repeat;

	o->logquiet = !o->kernellog;
	if (failed)
		o->crash = NULL;
	o->json = pathjoin(dir, RECORD);
	o->kernellog = pathjoin(dir, CONSOLE);
	o->output = pathjoin(dir, OUTPUT);
	if (o->junit)
		o->junit = pathjoin(dir, JUNIT);
	/* The others need the files, too. */
	if (i < all)
		o->loaded = NULL;
	/* Of several runs, the first that failed is kept, or the last. */
	if (failed)
		o->remember = NULL;
	o->run = xasprintf("run %u of %u", i, all);
	o->repeat = 0;
}

/* Start a process for one run. Returns its pid, 0 in that process, or -1 with errno. */
static pid_t start(void)
{
	pid_t parent = getpid(), pid;
	sigset_t set, old;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(stops) / sizeof(*stops); i++)
		sigaddset(&set, stops[i]);
	sigprocmask(SIG_BLOCK, &set, &old);
	pid = fork();
	child = pid;
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		if (getppid() != parent)
			_exit(EXIT_QEMU);
		stopsdefault();
	}
	sigprocmask(SIG_SETMASK, &old, NULL);
	return pid;
}

/* Wait for the run to end. Returns its exit code, as a shell gives it. */
static int await(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	child = 0;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Copy dir/name to the file to. Returns whether it was possible; a missing file is fine. */
static bool copy(const char *dir, const char *name, const char *to)
{
	char *from = pathjoin(dir, name);
	struct buf data = { 0 };
	bool good = true;

	if (fileread(from, &data) == 0)
		good = mkparents(to) == 0 && filewrite(to, data.data, data.len, 0666) == 0;
	if (!good)
		failed(to);
	buffree(&data);
	free(from);
	return good;
}

/* Keep the files of a run where the user wants them. */
static void keep(const struct options *o, const char *dir, struct runs *r)
{
	static const char *const names[] = { CONSOLE, OUTPUT, RECORD };
	bool good = (!o->kernellog || copy(dir, CONSOLE, o->kernellog)) &&
		    (!o->junit || copy(dir, JUNIT, o->junit));

	for (size_t i = 0;
	     (r->bad || r->broken) && o->keepfailed && i < sizeof(names) / sizeof(*names); i++) {
		char *to = pathjoin(o->keepfailed, names[i]);

		good = copy(dir, names[i], to) && good;
		free(to);
	}
	if (good)
		return;
	r->broken = "its files cannot be kept";
	r->code = EXIT_QEMU;
}

/* Remove what earlier runs left, which must not be taken for ours. */
static bool fresh(const struct options *o)
{
	static const char *const names[] = { CONSOLE, OUTPUT, RECORD };

	const char *const records[] = { o->json, o->junit };

	for (size_t i = 0; i < sizeof(records) / sizeof(*records); i++) {
		if (records[i] && outremove(records[i]) < 0) {
			failed(records[i]);
			return false;
		}
	}
	for (size_t i = 0; o->keepfailed && i < sizeof(names) / sizeof(*names); i++) {
		char *path = pathjoin(o->keepfailed, names[i]);
		bool good = outremove(path) == 0;

		if (!good)
			failed(path);
		free(path);
		if (!good)
			return false;
	}
	return true;
}

/* Report all runs, and write their record. Returns the exit code. */
static int finish(const struct options *o, struct runs *r)
{
	struct buf text = { 0 };
	int code = runsverdict(r, stopped), ret = 0;

	runsreport(r, code, o->keepfailed);
	if (o->json) {
		runsprint(r, code, &text);
		ret = filewrite(o->json, text.data, text.len, 0666);
	}
	buffree(&text);
	return ret < 0 ? failed(o->json) : code;
}

/* Take the files of a run that has ended. Returns whether there is to be another. */
static bool take(const struct options *o, const char *dir, struct runs *r, int code)
{
	char *path = pathjoin(dir, RECORD);
	struct buf text = { 0 };
	unsigned bad = r->bad;
	bool more;

	(void)fileread(path, &text);
	more = runsadd(r, code, bufstr(&text));
	buffree(&text);
	free(path);
	more = more && !stopped && r->done < r->wanted;
	if (!bad && (code || !more))
		keep(o, dir, r);
	return more && !r->broken;
}

bool repeat(struct options *o, int *ret, int *signo)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = xasprintf("%s/runqemu.XXXXXX", tmp && *tmp ? tmp : "/tmp");
	struct runs runs = { .wanted = o->repeat };
	bool more = true;
	pid_t pid;

	*ret = EXIT_QEMU;
	*signo = 0;
	if (!fresh(o) || (!mkdtemp(dir) && failed(dir))) {
		free(dir);
		return false;
	}
	stopscatch();
	while (more) {
		pid = start();
		if (pid == 0) {
			optionsone(o, dir, runs.done + 1, runs.bad > 0);
			return true;
		}
		if (pid < 0) {
			failed("a process");
			break;
		}
		more = take(o, dir, &runs, await(pid));
	}
	*ret = finish(o, &runs);
	*signo = stopped;
	(void)treeremove(dir);
	free(dir);
	runsfree(&runs);
	return false;
}
