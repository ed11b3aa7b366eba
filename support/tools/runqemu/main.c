// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: boot a kernel in QEMU, run a command in the guest or use its console. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "accel.h"
#include "file.h"
#include "guest.h"
#include "kconfig.h"
#include "launch.h"
#include "machine.h"
#include "msg.h"
#include "options.h"
#include "program.h"
#include "report.h"
#include "session.h"
#include "stream.h"
#include "tsc.h"
#include "verdict.h"

#define SILENCE 60 /* seconds that a guest may be silent by default, if nobody watches it */

/* Print why it cannot be done, and exit as if QEMU had failed: a command's own codes are lower. */
static void __attribute__((noreturn)) give(char *why)
{
	warn("%s", why);
	free(why);
	exit(EXIT_QEMU);
}

/* A descriptor that we open must not become standard input or output. */
static void stdiocheck(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

static enum mode modechoose(const struct options *o)
{
	if (o->command)
		return MODE_COMMAND;
	return isatty(STDIN_FILENO) ? MODE_TERMINAL : MODE_SHELL;
}

static void machineget(struct machine *m, const struct options *o, enum mode mode)
{
	struct kernels kernels = { 0 };
	struct kconfig config = { 0 };
	char *why;

	for (size_t i = 0; i < o->kernels.len; i++) {
		why = kernelsadd(&kernels, o->kernels.item[i]);
		if (why)
			give(why);
	}
	if (o->config && kconfigread(&config, o->config) < 0) {
		warn("cannot read the kernel's configuration %s:", o->config);
		exit(EXIT_QEMU);
	}
	if (!o->config && kernels.vmlinux)
		kconfigfindfile(&config, kernels.vmlinux);
	why = machinechoose(m, o->machine, &kernels, &config, mode != MODE_COMMAND);
	if (why)
		give(why);
	kconfigfree(&config);
}

/* Where verdicts are kept. */
static char *memorypath(const struct options *o)
{
	const char *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (o->cache)
		return pathjoin(o->cache, "accelerators");
	if (xdg && *xdg == '/')
		return pathjoin(xdg, "whittle/accelerators");
	return pathjoin(home ? home : "/tmp", ".cache/whittle/accelerators");
}

/* Decide what the guest runs under; a decision that is new is told. */
static void acceldecide(struct accels *a, const struct launch *l, const char *memory,
			const char *key)
{
	struct buf note = { 0 };

	if (l->options->accel == ACCEL_AUTO)
		accelschoose(a, l, KVM_DEVICE, memory, key, &note);
	else
		accelsforced(a, l->options->accel == ACCEL_KVM);
	if (note.len)
		warn("%s", bufstr(&note));
	buffree(&note);
}

/* A kernel that hangs under TCG as well has proved nothing about KVM. */
static void remember(const struct accels *a, const struct guestend *end, const char *memory,
		     const char *key)
{
	if (a->learnt == VERDICT_NONE || (a->learnt == VERDICT_TCG && end->outcome == OUT_SILENT))
		return;
	if (verdictwrite(memory, key, a->learnt, a->item[0].cpu) < 0)
		warn("cannot remember what was learnt about KVM in %s:", memory);
}

static void commandprint(const struct strlist *argv, FILE *to)
{
	struct buf text = { 0 };

	launchquote(argv, &text);
	fprintf(to, "%s\n", bufstr(&text));
	buffree(&text);
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
			commandprint(&argv, stderr);
		spec->argv = argv.item;
		guestrun(spec, end);
		listfree(&argv);
		refused = end->outcome == OUT_FAILED && end->status >= 0 && !end->console.seen;
		if (!refused || i + 1 == a->len)
			break;
		if (l->accel.kvm && !a->item[i + 1].kvm)
			warn("QEMU does not start with KVM any more: using TCG");
		guestendfree(end);
		*end = (struct guestend){ 0 };
	}
	return l->accel.kvm;
}

static int logopen(const struct options *o)
{
	int fd;

	if (!o->kernellog)
		return -1;
	fd = open(o->kernellog, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0) {
		warn("cannot write the kernel's log %s:", o->kernellog);
		exit(EXIT_QEMU);
	}
	return fd;
}

static int initrdopen(const struct options *o, const struct machine *m, enum mode mode,
		      const char *mark)
{
	struct session s = { .mark = mark, .command = o->command, .virtio = m->virtio };
	int fd;

	if (mode == MODE_TERMINAL) {
		if (!o->initramfs || access(o->initramfs, R_OK) == 0)
			return -1;
	} else {
		fd = sessioninitrd(&s, o->initramfs);
		if (fd >= 0)
			return fd;
	}
	warn("cannot read the initramfs %s:", o->initramfs ? o->initramfs : "");
	exit(EXIT_QEMU);
}

/* All that a run needs besides QEMU's command line. */
static void specopen(struct guestspec *spec, const struct launch *l, const char *mark)
{
	const struct options *o = l->options;

	*spec = (struct guestspec){ .mode = l->mode, .mark = mark };
	spec->initrd = initrdopen(o, l->machine, l->mode, mark);
	spec->kernellog = logopen(o);
	if (o->timeout >= 0)
		spec->silence = o->timeout * 1000;
	else if (l->mode != MODE_TERMINAL)
		spec->silence = SILENCE * 1000;
}

/* Boot it and tell how that ended; returns the exit code. */
static int run(struct launch *l, const struct accels *accels, const char *memory, const char *key)
{
	char mark[MARKLEN + 1];
	struct guestend end = { 0 };
	struct guestspec spec;
	bool kvm;
	int ret;

	if (marknew(mark) < 0) {
		warn("cannot get random bytes:");
		return EXIT_QEMU;
	}
	specopen(&spec, l, mark);
	kvm = runfirst(l, &spec, accels, &end);
	remember(accels, &end, memory, key);
	ret = report(&end, l->mode, spec.silence, kvm);
	guestendfree(&end);
	return ret;
}

static int dryrun(struct launch *l, const struct accels *accels)
{
	struct strlist argv = { 0 };

	l->accel = accels->item[0];
	launchargv(l, &argv);
	commandprint(&argv, stdout);
	listfree(&argv);
	return fflush(stdout) == EOF ? EXIT_QEMU : EXIT_OK;
}

int main(int argc, char **argv)
{
	struct options o;
	struct machine machine;
	struct launch l = { .options = &o, .machine = &machine };
	struct accels accels = { 0 };
	char *program, *memory, *key;
	int ret;

	progname = "runqemu";
	tscstart();
	stdiocheck();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
	optionsparse(&o, argc, argv);
	l.mode = modechoose(&o);
	machineget(&machine, &o, l.mode);
	program = programfind(o.qemu);
	if (!program && !o.dryrun)
		give(xasprintf("there is no %s: install QEMU (on Debian, apt-get install "
			       "qemu-system-x86) or name its program by --qemu",
			       o.qemu));
	memory = memorypath(&o);
	key = verdictkey(program ? program : o.qemu, machine.type);
	l.tsckhz = o.tune ? tsckhz() : 0;
	acceldecide(&accels, &l, memory, key);
	ret = o.dryrun ? dryrun(&l, &accels) : run(&l, &accels, memory, key);
	accelsfree(&accels);
	free(program);
	free(memory);
	free(key);
	optionsfree(&o);
	return ret;
}
