// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * unpack: check an archive's digest, then unpack it into a new directory, completely or not at all.
 */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/entryname.h"
#include "base/digest.h"
#include "base/getoption.h"
#include "base/msg.h"
#include "base/path.h"
#include "base/size.h"
#include "fs/file.h"
#include "fs/remove.h"
#include "unarchive.h"

static const char usage[] =
	"usage: unpack --sha256 HEX [OPTION]... ARCHIVE DIR\n"
	"Check a tar or zip archive's digest, then unpack it into the new directory DIR.\n"
	"\n"
	"  --sha256 HEX       the archive's digest; given more than once, any may match\n"
	"  --unverified       do not check it; ARCHIVE may be - (standard input) then\n"
	"  --strip N          drop the first N components of each name (default: the one\n"
	"                     top directory, if all entries share one; 1 with --only)\n"
	"  --only PREFIX      unpack just what is PREFIX or below it, once stripped;\n"
	"                     may be given more than once\n"
	"  --max-size SIZE    unpack at most that many bytes (K, M, G), instead of 1100 times\n"
	"                     the archive's size, and of 8G from a pipe\n"
	"  --epoch-file FILE  write the newest mtime of the archive's files, in seconds\n"
	"                     since 1970, to FILE\n"
	"  --help             show this\n"
	"  --version          show the version\n"
	"\n"
	"Exit status: 0 unpacked, 1 failed (DIR is not there then), 2 usage.\n";

/* The options of the command line. */
struct options {
	struct strlist sha256;
	struct strlist only; /* as returned by nameclean */
	bool unverified;
	int strip;	   /* -1: remove the top directory if there is one */
	off_t limit;	   /* bytes, as in extract.h */
	const char *epoch; /* file to write, or NULL */
	const char *archive;
	char *dir; /* without trailing slashes; owned */
};

static off_t sizeget(const char *text)
{
	unsigned long long size;

	if (sizeparse(text, &size) < 0 || size == 0 || size > INT64_MAX)
		dieusage("--max-size %s: expected a number of bytes, such as 512M or 20G", text);
	return (off_t)size;
}

static void onlyadd(struct options *o, const char *prefix)
{
	const char *why = namerefuse(prefix);
	char *path;

	if (why)
		dieusage("--only '%s': %s", prefix, why);
	path = nameclean(prefix, 0);
	if (!*path)
		dieusage("--only '%s': name what is to be unpacked", prefix);
	listadd(&o->only, path);
	free(path);
}

static void dirset(struct options *o, const char *dir)
{
	size_t len = strlen(dir);
	const char *base;

	while (len > 1 && dir[len - 1] == '/')
		len--;
	o->dir = xstrndup(dir, len);
	base = pathlast(o->dir);
	if (!*base || strcmp(base, ".") == 0 || strcmp(base, "..") == 0)
		dieusage("DIR '%s': name the directory to be made", dir);
}

static void optionsparse(struct options *o, int argc, char **argv)
{
	enum { SHA256 = OPTION_FIRST, UNVERIFIED, STRIP, ONLY, MAXSIZE, EPOCH };
	static const struct option longopts[] = {
		{ "sha256", required_argument, NULL, SHA256 },
		{ "unverified", no_argument, NULL, UNVERIFIED },
		{ "strip", required_argument, NULL, STRIP },
		{ "only", required_argument, NULL, ONLY },
		{ "max-size", required_argument, NULL, MAXSIZE },
		{ "epoch-file", required_argument, NULL, EPOCH },
		OPTIONS_END,
	};
	int c;

	*o = (struct options){ .strip = -1 };
	while ((c = getoption(argc, argv, ":h", longopts, usage)) != -1) {
		if (c == SHA256) {
			if (!digestvalid(optarg))
				dieusage("--sha256 '%s': expected 64 lower-case hex digits",
					 optarg);
			listadd(&o->sha256, optarg);
		} else if (c == UNVERIFIED) {
			o->unverified = true;
		} else if (c == STRIP) {
			o->strip = (int)numberoption("--strip", optarg, 0, 100);
		} else if (c == ONLY) {
			onlyadd(o, optarg);
		} else if (c == MAXSIZE) {
			o->limit = sizeget(optarg);
		} else {
			o->epoch = optarg;
		}
	}
	if (argc - optind != 2)
		dieusage("expected ARCHIVE and DIR");
	if (o->unverified == (o->sha256.len > 0))
		dieusage("expected either --sha256 or --unverified");
	o->archive = argv[optind];
	if (strcmp(o->archive, "-") == 0 && !o->unverified)
		dieusage("standard input cannot be checked: name a file, or give --unverified");
	if (o->strip < 0 && o->only.len)
		o->strip = 1;
	dirset(o, argv[optind + 1]);
}

__attribute__((noreturn)) static void mismatch(const struct options *o, const char *got)
{
	struct buf want = { 0 };

	for (size_t i = 0; i < o->sha256.len; i++)
		bufprintf(&want, "  %s  %s\n", i ? "or      " : "expected", o->sha256.item[i]);
	die("%s: its sha256 is not the expected one: it is damaged, or another file\n"
	    "%s  got       %s\n"
	    "  'make source' tells whether the file or the expected digest is wrong",
	    o->archive, bufstr(&want), got);
}

/* Open the archive and check its digest. Returns a descriptor at its start. */
static int archiveopen(const struct options *o)
{
	char got[DIGESTHEX];
	struct stat st;
	int fd;

	if (strcmp(o->archive, "-") == 0)
		return STDIN_FILENO;
	/* O_NONBLOCK: opening a fifo must not block before its type is checked. */
	fd = open(o->archive, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || fstat(fd, &st) < 0)
		die("%s: cannot open:", o->archive);
	if (!S_ISREG(st.st_mode))
		die("%s: not a regular file", o->archive);
	if (o->unverified)
		return fd;
	if (digestfd(fd, got) < 0 || lseek(fd, 0, SEEK_SET) < 0)
		die("%s: cannot read:", o->archive);
	if (!listhas(&o->sha256, got))
		mismatch(o, got);
	return fd;
}

/* Check that the directory does not exist or is empty, and create its parents. */
static void dircheck(const char *dir)
{
	struct strlist names = { 0 };

	if (mkparents(dir) < 0)
		die("%s: cannot make the directory that holds it:", dir);
	if (dirlist(dir, &names) < 0) {
		if (errno == ENOENT)
			return;
		die("%s: cannot unpack to there:", dir);
	}
	if (names.len)
		die("%s: is not empty: remove it first", dir);
	listfree(&names);
}

/* Return the directory in temp if it is the only entry of temp, else NULL. Caller frees. */
static char *topfind(const char *temp)
{
	struct strlist names = { 0 };
	char *top = NULL;
	struct stat st;

	if (dirlist(temp, &names) == 0 && names.len == 1)
		top = pathjoin(temp, names.item[0]);
	listfree(&names);
	if (top && lstat(top, &st) == 0 && S_ISDIR(st.st_mode))
		return top;
	free(top);
	return NULL;
}

static int epochwrite(const struct options *o, const struct extract *x)
{
	char *text;
	int ret;

	if (!o->epoch)
		return 0;
	text = xasprintf("%lld\n", x->newest > 0 ? x->newest : 0);
	ret = fileupdate(o->epoch, text, strlen(text), 0666);
	if (ret < 0)
		warn("%s: cannot write:", o->epoch);
	free(text);
	return ret < 0 ? -1 : 0;
}

/*
 * The child process: unpack to temp. It may be killed at any time, so that no archive can prevent
 * the program from ending.
 */
__attribute__((noreturn)) static void child(const struct options *o, int fd, const char *temp)
{
	struct extract x = { .strip = o->strip < 0 ? 0 : o->strip,
			     .only = &o->only,
			     .limit = o->limit };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* Exceeding the file size limit then is a write error instead of a fatal signal. */
	signal(SIGXFSZ, SIG_IGN);
	umask(022);
	if (extract(&x, fd, temp) < 0) {
		warn("%s: %s", o->archive, x.error);
		_exit(EXIT_FAILED);
	}
	_exit(epochwrite(o, &x) < 0 ? EXIT_FAILED : EXIT_OK);
}

/* Block the signals that end the program, except those ignored at its start, and SIGCHLD. */
static void signalsblock(sigset_t *set)
{
	const int sigs[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction old;

	sigemptyset(set);
	for (size_t i = 0; i < sizeof(sigs) / sizeof(*sigs); i++) {
		if (sigaction(sigs[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaddset(set, sigs[i]);
	}
	signal(SIGCHLD, SIG_DFL);
	sigaddset(set, SIGCHLD);
	sigprocmask(SIG_BLOCK, set, NULL);
}

/*
 * Wait for the child, or for a signal; a signal kills the child. Returns 0, or -1 if the child
 * failed. *sig is the signal, or 0.
 */
static int childwait(const struct options *o, pid_t pid, const sigset_t *set, int *sig)
{
	int status = 0, got;

	for (*sig = 0; waitpid(pid, &status, *sig ? 0 : WNOHANG) == 0;) {
		got = sigwaitinfo(set, NULL);
		if (got > 0 && got != SIGCHLD) {
			*sig = got;
			kill(pid, SIGKILL);
		}
	}
	if (*sig)
		warn("%s: interrupted", o->archive);
	else if (WIFSIGNALED(status))
		warn("%s: the process that unpacked it was ended by signal %d (%s)", o->archive,
		     WTERMSIG(status), strsignal(WTERMSIG(status)));
	return *sig || !WIFEXITED(status) || WEXITSTATUS(status) != EXIT_OK ? -1 : 0;
}

/* Create temp and unpack to it. Then rename it, or its only directory, to o->dir. */
static int unpack(const struct options *o, int fd, const char *temp, int *sig)
{
	mode_t mask = umask(022);
	sigset_t set;
	pid_t pid;
	char *top;
	int ret;

	signalsblock(&set);
	if (mkdir(temp, 0755) < 0)
		die("%s: cannot make it:", temp);
	umask(mask);
	pid = fork();
	if (pid == 0)
		child(o, fd, temp);
	if (pid < 0) {
		warn("%s: cannot start a process:", o->archive);
		return -1;
	}
	if (childwait(o, pid, &set, sig) < 0)
		return -1;
	top = o->strip < 0 ? topfind(temp) : NULL;
	ret = rename(top ? top : temp, o->dir);
	if (ret < 0)
		warn("%s: cannot give it its name:", o->dir);
	free(top);
	return ret;
}

/* Die from that signal. */
static void endby(int sig)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	signal(sig, SIG_DFL);
	raise(sig);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

int main(int argc, char **argv)
{
	struct options o;
	char *temp;
	int fd, ret, sig = 0;

	progname = "unpack";
	/*
	 * Names in pax headers are UTF-8. In locale C, libarchive would not return non-ASCII ones.
	 */
	setlocale(LC_CTYPE, "C.UTF-8");
	/*
	 * Times in zip have no time zone. Read them as UTC, so that they are the same everywhere.
	 */
	setenv("TZ", "UTC0", 1);
	optionsparse(&o, argc, argv);
	fd = archiveopen(&o);
	dircheck(o.dir);
	temp = xasprintf("%s.tmp%ld", o.dir, (long)getpid());
	if (treeremove(temp) < 0)
		die("%s: cannot remove it, which an earlier run left:", temp);
	ret = unpack(&o, fd, temp, &sig);
	if (treeremove(temp) < 0) {
		warn("%s: cannot remove it:", temp);
		ret = -1;
	}
	if (sig)
		endby(sig);
	free(temp);
	free(o.dir);
	listfree(&o.sha256);
	listfree(&o.only);
	return ret < 0 ? EXIT_FAILED : EXIT_OK;
}
