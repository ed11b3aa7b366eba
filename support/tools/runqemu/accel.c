// SPDX-License-Identifier: GPL-2.0-or-later
#include "accel.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

/* Silence, in ms, after which a guest under KVM is taken to hang. */
#define PROBE_MS 3000

static void accelsadd(struct accels *a, bool kvm, const char *cpu)
{
	a->item[a->len++] = (struct accel){ .kvm = kvm, .cpu = cpu };
}

/* The processor models to try under KVM: some hosts cannot provide all features. */
static size_t kvmcpus(const struct arch *a, const char **cpus)
{
	size_t len = 0;

	for (; len < a->kvmcpus.len && len < ACCELS_KVM; len++)
		cpus[len] = a->kvmcpus.item[len];
	if (!len)
		cpus[len++] = "host";
	return len;
}

static const char *tcgcpu(const struct machine *m)
{
	return m->desc->cpu ? m->desc->cpu : m->arch->cpu;
}

bool accelhost(const struct arch *a)
{
	struct utsname host;

	if (uname(&host) < 0)
		return false;
	return listhas(&a->host, host.machine) || listhas(&a->kvm, host.machine);
}

void accelsforced(struct accels *a, const struct machine *m, bool kvm)
{
	const char *cpus[ACCELS_KVM];
	size_t len = kvm ? kvmcpus(m->arch, cpus) : 0;

	*a = (struct accels){ 0 };
	for (size_t i = 0; i < len; i++)
		accelsadd(a, true, cpus[i]);
	if (!kvm)
		accelsadd(a, false, tcgcpu(m));
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
	struct guestspec spec = { .mode = MODE_PROBE,
				  .mark = mark,
				  .initrd = -1,
				  .gdb = -1,
				  .kernellog = -1,
				  .output = -1 };
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
	const char *cpus[ACCELS_KVM];
	size_t len = kvmcpus(l->machine->arch, cpus);
	bool refused = true;

	for (size_t i = 0; i < len && refused && !*signo; i++)
		if (probe(l, cpus[i], why, &refused, signo))
			return cpus[i];
	return NULL;
}

static void useskvm(struct accels *a, const struct machine *m, const char *cpu)
{
	a->len = 0;
	accelsadd(a, true, cpu);
	accelsadd(a, false, tcgcpu(m));
}

void accelschoose(struct accels *a, const struct launch *l, const char *device, const char *memory,
		  const char *key, struct buf *note)
{
	struct buf why = { 0 };
	enum verdict known;
	const char *cpu;

	accelsforced(a, l->machine, false);
	if (!accelhost(l->machine->arch) || access(device, F_OK) < 0)
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
		useskvm(a, l->machine, a->cpu);
	if (known == VERDICT_KVM || known == VERDICT_TCG || l->options->dryrun)
		return;
	cpu = probeall(l, &why, &a->signo);
	if (a->signo) {
		buffree(&why);
		return;
	}
	a->learnt = cpu ? VERDICT_KVM : VERDICT_TCG;
	if (cpu)
		useskvm(a, l->machine, cpu);
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
