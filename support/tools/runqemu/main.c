// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: boot a kernel in QEMU, run a command in the guest or use its console. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "accel.h"
#include "agentdisk.h"
#include "attach.h"
#include "base/msg.h"
#include "client.h"
#include "crash.h"
#include "devices.h"
#include "fs/file.h"
#include "guest.h"
#include "judge.h"
#include "junit.h"
#include "launch.h"
#include "machine.h"
#include "options.h"
#include "program.h"
#include "recordingfile.h"
#include "records.h"
#include "remember.h"
#include "repeat.h"
#include "report.h"
#include "result.h"
#include "results/expect.h"
#include "rundir.h"
#include "session.h"
#include "target.h"
#include "tsc.h"
#include "verdict.h"
#include "virtiofs.h"

#define SILENCE 60 /* default of --timeout without a terminal or gdb, seconds */

/* The record of the run, and its files, as JSON and JUnit XML; NULL: none. */
static struct result record;
static const char *recordpath, *junitpath;

/* The run directory. */
static struct rundir rundir = { .fd = -1 };

/* Write the record of a run with exit code code, if wanted. Returns the code. */
static int recordend(int code)
{
	const char *path = NULL;

	record.exit = code;
	if (recordpath && resultwrite(&record, recordpath) < 0)
		path = recordpath;
	else if (junitpath && junitwrite(&record, junitpath) < 0)
		path = junitpath;
	if (path)
		warn("cannot write %s:", path);
	return path && code == EXIT_OK ? EXIT_QEMU : code;
}

/* Print why, and exit as if QEMU had failed; a command's own codes are lower. */
static void __attribute__((noreturn)) fatal(char *why)
{
	rundirclose(&rundir);
	warn("%s", why);
	record.cause = "not started";
	record.detail = why;
	exit(recordend(EXIT_QEMU));
}

/* The same, if there is a reason. */
static void refuse(char *why)
{
	if (why)
		fatal(why);
}

/* Remove the record of an earlier run, which must not be taken for ours. Returns path. */
static const char *recordfresh(const char *path)
{
	if (path && outremove(path) < 0)
		fatal(xasprintf("cannot write %s: %s", path, strerror(errno)));
	return path;
}

static void recordbegin(const struct options *o)
{
	if (o->dryrun)
		return;
	record.command = o->command;
	recordpath = recordfresh(o->json);
	junitpath = recordfresh(o->junit);
	if (o->remember && rememberfresh(o->remember) < 0)
		fatal(xasprintf("cannot write to %s: %s", o->remember, strerror(errno)));
}

/* Make sure that no descriptor opened later becomes standard input or output. */
static void stdiocheck(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

/* Read the boot files, and choose a machine for them. */
static void machineget(struct machine *m, struct modules *modules, struct options *o,
		       enum mode mode)
{
	refuse(targetget(m, modules, o, mode));
	if (o->record || o->replay)
		refuse(recordingmachine(m));
	record.machine = m->type;
	record.kernel = o->firmware != FIRMWARE_NONE ? o->boot : m->kernel;
}

/* Open the run directory, and create the sockets. */
static void rundirget(struct guestspec *spec, struct attach *attach, struct launch *l,
		      const struct agentmarks *marks)
{
	const struct options *o = l->options;
	int fd;

	if (!o->rundir)
		return;
	if (rundiropen(&rundir, o->rundir) < 0 && (errno != EBUSY || o->debug))
		fatal(xasprintf("cannot use %s: %s", o->rundir,
				errno == EBUSY ? "another guest runs with it" : strerror(errno)));
	if (rundir.fd < 0) {
		warn("another guest runs with %s: nothing can be attached to this one; another --run-dir "
		     "(GUEST=NAME of make) makes that possible",
		     o->rundir);
		return;
	}
	fd = rundirlisten(&rundir, RUN_SHELL, SOCK_SEQPACKET);
	spec->gdb = rundirlisten(&rundir, RUN_GDB, SOCK_STREAM);
	if (fd < 0 || spec->gdb < 0)
		fatal(xasprintf("cannot make a socket in %s: %s", o->rundir, strerror(errno)));
	attachinit(attach, fd, marks);
	spec->attach = attach;
	l->gdb = true;
	l->shells = spec->shells = l->machine->virtio && (o->guestinit || l->mode != MODE_TERMINAL);
}

/* Choose the accelerators; print a new decision. */
static void acceldecide(struct accels *a, const struct launch *l, const char *memory,
			const char *key)
{
	struct buf note = { 0 };

	if (l->options->accel == ACCEL_AUTO)
		accelschoose(a, l, KVM_DEVICE, memory, key, &note);
	else
		accelsforced(a, l->machine, l->options->accel == ACCEL_KVM);
	if (note.len)
		warn("%s", bufstr(&note));
	buffree(&note);
}

/* Record the verdict, unless the kernel hangs under TCG, too: then it proves nothing about KVM. */
static void remember(const struct accels *a, const struct guestend *end, const char *memory,
		     const char *key)
{
	if (a->learnt == VERDICT_NONE || (a->learnt == VERDICT_TCG && end->outcome == OUT_SILENT))
		return;
	if (verdictwrite(memory, key, a->learnt, a->item[0].cpu) < 0)
		warn("cannot remember what was learnt about KVM in %s:", memory);
}

/* Run the guest with each accelerator in turn, until QEMU starts with one. */
static bool runfirst(struct launch *l, struct guestspec *spec, const struct accels *a,
		     struct guestend *end)
{
	for (size_t i = 0; i < a->len; i++) {
		struct strlist argv = { 0 };
		bool refused;

		l->accel = a->item[i];
		launchargv(l, &argv);
		if (l->options->verbose)
			launchprint(&argv, stderr);
		spec->argv = argv.item;
		guestrun(spec, end);
		listfree(&argv);
		refused = end->outcome == OUT_FAILED && end->status >= 0 && !end->console.seen;
		if (!refused || i + 1 == a->len)
			break;
		if (l->accel.kvm && !a->item[i + 1].kvm)
			warn("QEMU does not start with KVM any more: using TCG");
		/* The servers of directories ended with their QEMU. */
		devicesagain(l);
		guestendfree(end);
		*end = (struct guestend){ 0 };
	}
	return l->accel.kvm;
}

/* Open a file for what its name says; NULL: none. */
static int logopen(const char *path, const char *what)
{
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : -1;

	if (path && fd < 0)
		fatal(xasprintf("cannot write %s %s: %s", what, path, strerror(errno)));
	return fd;
}

static int initrdopen(const struct launch *l, const char *mark, const struct agentmarks *marks)
{
	const struct options *o = l->options;
	struct session s = { .mark = mark,
			     .command = o->command,
			     .virtio = l->machine->virtio,
			     .tty = l->machine->desc->tty,
			     .modules = l->modules,
			     .interface = launchnet(l),
			     .network = o->net == NET_ON && l->machine->net && o->guestinit,
			     .own = l->mode == MODE_TERMINAL,
			     .marks = l->shells ? marks : NULL,
			     .shares = l->shares,
			     .lan = &o->lan,
			     .root = l->root };
	int fd;

	if (o->boot) {
		fd = launchlayer(l) ? agentdiskopen(&s) : -1;
		if (fd >= 0 || !launchlayer(l))
			return fd;
		if (errno == EINVAL)
			fatal(xasprintf("a guest with --boot cannot load the kernel's modules: "
					"build into it what it needs"));
	} else if (!launchlayer(l)) {
		if (!o->initramfs || access(o->initramfs, R_OK) == 0)
			return -1;
	} else {
		fd = sessioninitrd(&s, o->initramfs);
		if (fd >= 0)
			return fd;
	}
	fatal(xasprintf("cannot read the initramfs %s: %s", o->initramfs ? o->initramfs : "",
			strerror(errno)));
}

/* The time allowed without a sign of life, ms; 0: no limit. */
static long silenceget(const struct launch *l)
{
	if (l->options->timeout >= 0)
		return l->options->timeout * 1000;
	return l->mode == MODE_TERMINAL || l->options->debug ? 0 : SILENCE * 1000;
}

/* The path of QEMU's program; NULL: there is none, and none is needed. Caller frees. */
static char *programget(const struct options *o, const struct machine *m)
{
	char *program = programfind(o->qemu), *how = targetpackages(m->arch);

	if (!program && !o->dryrun)
		fatal(xasprintf("there is no %s: install QEMU (on Debian, %s) or name its program "
				"by --qemu",
				o->qemu, how));
	free(how);
	return program;
}

/* Complete a recording. */
static void recordcomplete(const struct launch *l, const char *mark, const char *snapshots)
{
	char *program = programget(l->options, l->machine);
	char *why = recordingend(l, program, mark);

	if (snapshots)
		warn("the recording has fewer snapshots than it should: %s", snapshots);
	warn("%s%s", why ? why : "recorded in ", why ? "" : l->options->record);
	free(why);
	free(program);
}

/* Boot the guest and report its end. Returns the exit code; *signo is the signal to end with. */
static int run(struct launch *l, const struct accels *accels, const char *memory, const char *key,
	       int *signo)
{
	const struct options *o = l->options;
	char mark[MARKLEN + 1];
	struct agentmarks marks;
	struct guestspec spec = { .mode = l->mode,
				  .mark = mark,
				  .gdb = -1,
				  .shares = l->shares,
				  .stopped = o->debug,
				  .recorded = o->record,
				  .snapshots = recordingsnapshots(o),
				  .replay = o->replay,
				  .loaded = o->loaded };
	struct guestend end = { 0 };
	struct attach attach = { .listen = -1 };
	struct fold fold = { .kind = o->fold };
	struct strlist known = { 0 };
	struct crash crash;
	struct remember kept = { 0 };
	bool kvm;
	int ret;

	if (marknew(mark) < 0 || marknew(marks.record) < 0 || marknew(marks.request) < 0)
		fatal(xasprintf("cannot get random bytes: %s", strerror(errno)));
	if (l->recording)
		memcpy(mark, l->recording->mark, sizeof(mark));
	spec.kernellog = logopen(o->kernellog, "the kernel's log");
	spec.output = logopen(o->output, "the output");
	spec.show = o->showlog;
	spec.quiet = l->mode == MODE_TERMINAL && !launchloud(l);
	spec.silence = silenceget(l);
	rundirget(&spec, &attach, l, &marks);
	spec.initrd = l->recording ? -1 : initrdopen(l, mark, &marks);
	if (o->record)
		refuse(recordingbegin(o->record, spec.initrd, o->initramfs));
	if (o->debug)
		targetwaits(o, l->machine);
	if (o->expect && expectread(&known, o->expect) < 0)
		fatal(xasprintf("cannot read %s, the list of tests that are known to fail: %s",
				o->expect, strerror(errno)));
	crashinit(&crash, l);
	spec.crash = launchkeeps(l) ? &crash : NULL;
	rememberbegin(&kept, &spec, l, o->rundir && rundir.fd < 0);
	judgefold(&fold, o);
	kvm = runfirst(l, &spec, accels, &end);
	foldend(&fold);
	if (o->record && end.outcome != OUT_FAILED)
		recordcomplete(l, mark, end.snapshots);
	rundirclose(&rundir);
	remember(accels, &end, memory, key);
	crashgather(&crash, l, &end);
	ret = judge(&end, &(struct judging){ l, spec.silence, kvm, &known });
	*signo = reportsignal(&end);
	record.accel = kvm ? "kvm" : "tcg";
	record.end = &end;
	record.cause = resultcause(&end, l->mode, ret);
	record.detail = resultdetail(&end);
	ret = recordend(ret);
	crashcommit(&crash, &record);
	crashfree(&crash);
	rememberend(&kept, l, &record, &spec);
	if (spec.attach)
		attachfree(&attach);
	guestendfree(&end);
	listfree(&known);
	return ret;
}

static int dryrun(struct launch *l, const struct accels *accels)
{
	struct strlist argv = { 0 };

	l->accel = accels->item[0];
	launchargv(l, &argv);
	launchprint(&argv, stdout);
	listfree(&argv);
	return fflush(stdout) == EOF ? EXIT_QEMU : EXIT_OK;
}

/* End like a program that does not catch the signal; 0: there was none. */
static void finish(int signo)
{
	if (!signo)
		return;
	signal(signo, SIG_DFL);
	raise(signo);
}

int main(int argc, char **argv)
{
	struct options o;
	struct machine machine;
	struct guestroot root = { 0 };
	struct modules modules = { 0 };
	struct launch l = {
		.options = &o, .machine = &machine, .root = &root, .modules = &modules
	};
	struct shares shares = { 0 };
	struct disks disks = { 0 };
	struct accels accels = { 0 };
	struct recording recording = { 0 };
	char *program, *memory, *key, *why;
	int ret, signo;

	progname = "runqemu";
	tscstart();
	stdiocheck();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
	optionsparse(&o, argc, argv);
	if (o.attach) {
		ret = clientrun(o.attach, o.command, o.timeout < 0 ? SILENCE : o.timeout);
		optionsfree(&o);
		return ret;
	}
	why = o.record || o.replay || o.snapshots >= 0 ? recordingcheck(&o) : NULL;
	if (why)
		dieusage("%s", why);
	if (o.repeat && !o.dryrun && !repeat(&o, &ret, &signo)) {
		optionsfree(&o);
		finish(signo);
		return ret;
	}
	if (o.replay) {
		refuse(recordingopen(&recording, &o));
		l.recording = &recording;
	}
	if (o.record)
		o.accel = ACCEL_TCG;
	recordbegin(&o);
	l.mode = launchmode(&o);
	machineget(&machine, &modules, &o, l.mode);
	l.shares = &shares;
	l.disks = &disks;
	refuse(devicesget(&shares, &disks, &o, &l));
	program = programget(&o, &machine);
	memory = verdictpath(o.cache);
	key = verdictkey(program ? program : o.qemu, machine.type);
	l.tsckhz = !o.tune ? 0 : o.record ? RECORDING_TSC : tsckhz();
	acceldecide(&accels, &l, memory, key);
	signo = accels.signo;
	if (signo) {
		record.cause = "interrupted";
		ret = recordend(128 + signo);
	} else {
		ret = o.dryrun ? dryrun(&l, &accels) : run(&l, &accels, memory, key, &signo);
	}
	accelsfree(&accels);
	virtiofsstop(&shares);
	sharesfree(&shares);
	if (l.root)
		guestrootfree(l.root);
	disksfree(&disks);
	modulesfree(&modules);
	recordingfree(&recording);
	free(program);
	free(memory);
	free(key);
	optionsfree(&o);
	finish(signo);
	return ret;
}
