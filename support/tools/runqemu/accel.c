// SPDX-License-Identifier: GPL-2.0-or-later
#include "accel.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Silence, in ms, after which a guest under KVM is taken to hang. */
#define PROBE_MS 3000

/* Processor models to try: some hosts' KVM cannot provide all features. */
static const char *const kvmcpus[] = { "host", "max", "qemu64" };

#define KVM_CPUS (sizeof(kvmcpus) / sizeof(*kvmcpus))

/*
 * Disable what is slow under TCG: a fifth level of page tables, and string instructions, which TCG
 * emulates step by step. The kernel uses these if the processor claims that they are fast, or is an
 * AMD of family 15 from model 4, stepping 8 on.
 */
#define TCG_CPU "max,la57=off,erms=off,fsrm=off,model=4,stepping=0"

static void accelsadd(struct accels *a, bool kvm, const char *cpu)
{
	a->item[a->len++] = (struct accel){ .kvm = kvm, .cpu = cpu };
}

void accelsforced(struct accels *a, bool kvm)
{
	*a = (struct accels){ 0 };
	for (size_t i = 0; kvm && i < KVM_CPUS; i++)
		accelsadd(a, true, kvmcpus[i]);
	if (!kvm)
		accelsadd(a, false, TCG_CPU);
}

/* The last line of QEMU's messages. */
static const char *lastline(struct buf *text)
{
	char *line;

	while (text->len && text->data[text->len - 1] == '\n')
		text->data[--text->len] = '\0';
	line = strrchr(bufstr(text), '\n');
	return line ? line + 1 : bufstr(text);
}

/*
 * Boot the kernel under KVM with nothing to run: it reaches its panic if KVM works. Returns whether
 * it did. If not, why is the reason, *refused whether QEMU did not even start, and *signo a signal
 * received meanwhile.
 */
static bool probe(const struct launch *l, const char *cpu, struct buf *why, bool *refused,
		  int *signo)
{
	struct launch trial = *l;
	struct strlist argv = { 0 };
	static const char mark[MARKLEN + 1]; /* matches no record */
	struct guestspec spec = {
		.mode = MODE_PROBE, .mark = mark, .initrd = -1, .gdb = -1, .kernellog = -1
	};
	struct guestend end = { 0 };
	bool works;

	trial.accel = (struct accel){ .kvm = true, .cpu = cpu };
	trial.mode = MODE_PROBE;
	launchargv(&trial, &argv);
	spec.argv = argv.item;
	spec.silence = PROBE_MS;
	guestrun(&spec, &end);
	works = end.outcome == OUT_PANIC || end.outcome == OUT_NOINIT;
	*refused = end.outcome == OUT_FAILED && !end.console.seen;
	bufclear(why);
	if (end.outcome == OUT_SILENT)
		bufprintf(why, "it hung with -cpu %s", cpu);
	else if (end.outcome == OUT_FAILED)
		bufprintf(why, "with -cpu %s QEMU ended: %s", cpu, lastline(&end.errors));
	else
		bufprintf(why, "with -cpu %s it ended early", cpu);
	if (end.outcome == OUT_SIGNAL)
		*signo = end.status;
	guestendfree(&end);
	listfree(&argv);
	return works;
}

/* Try the processor models in turn; but not after a hang. */
static const char *probeall(const struct launch *l, struct buf *why, int *signo)
{
	bool refused = true;

	for (size_t i = 0; i < KVM_CPUS && refused && !*signo; i++)
		if (probe(l, kvmcpus[i], why, &refused, signo))
			return kvmcpus[i];
	return NULL;
}

static void useskvm(struct accels *a, const char *cpu)
{
	a->len = 0;
	accelsadd(a, true, cpu);
	accelsadd(a, false, TCG_CPU);
}

void accelschoose(struct accels *a, const struct launch *l, const char *device, const char *memory,
		  const char *key, struct buf *note)
{
	struct buf why = { 0 };
	enum verdict known;
	const char *cpu;

	accelsforced(a, false);
	if (access(device, F_OK) < 0)
		return;
	known = verdictread(memory, key, &a->cpu);
	if (access(device, R_OK | W_OK) < 0) {
		if (known != VERDICT_DENIED)
			bufprintf(note,
				  "%s cannot be used (%s): using TCG; "
				  "to use KVM, add yourself to the group kvm",
				  device, strerror(errno));
		a->learnt = known == VERDICT_DENIED ? VERDICT_NONE : VERDICT_DENIED;
		return;
	}
	if (known == VERDICT_KVM)
		useskvm(a, a->cpu);
	if (known == VERDICT_KVM || known == VERDICT_TCG || l->options->dryrun)
		return;
	cpu = probeall(l, &why, &a->signo);
	if (a->signo) {
		buffree(&why);
		return;
	}
	a->learnt = cpu ? VERDICT_KVM : VERDICT_TCG;
	if (cpu)
		useskvm(a, cpu);
	else
		bufprintf(note,
			  "a guest does not run under %s (%s): using TCG from "
			  "now on (remembered in %s; remove it to try again)",
			  device, bufstr(&why), memory);
	buffree(&why);
}

void accelsfree(struct accels *a)
{
	free(a->cpu);
}
