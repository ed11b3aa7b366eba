// SPDX-License-Identifier: GPL-2.0-or-later
#include "report.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "msg.h"

#define TAIL_LINES 40

/* What the console showed last, where nobody has seen it. */
static void tailprint(struct guestend *end, enum mode mode)
{
	const char *tail = consoletail(&end->console, TAIL_LINES);

	if (mode == MODE_TERMINAL || (mode == MODE_SHELL && end->ready))
		return;
	if (*tail)
		fprintf(stderr, "%s", tail);
	else
		warn("the guest's console showed nothing; with --kernel-log the kernel says more");
}

static int failed(struct guestend *end, bool kvm)
{
	fputs(bufstr(&end->errors), stderr);
	if (kvm)
		warn("this was under KVM: --accel tcg does without");
	if (end->status < 0)
		warn("QEMU could not be started");
	else if (WIFSIGNALED(end->status))
		warn("QEMU was killed by signal %d (%s)", WTERMSIG(end->status),
		     strsignal(WTERMSIG(end->status)));
	else
		warn("QEMU ended with status %d while the guest ran", WEXITSTATUS(end->status));
	return EXIT_QEMU;
}

/* The guest is gone, and no session has told why. */
static int gone(struct guestend *end, enum mode mode)
{
	const char *why = end->outcome == OUT_RESET ? "it restarted"
			  : end->outcome == OUT_OFF ? "it turned itself off"
						    : "QEMU was told to end";

	if (mode == MODE_TERMINAL && (end->outcome != OUT_RESET || end->console.seen))
		return EXIT_OK;
	if (mode == MODE_SHELL && end->ready)
		return EXIT_OK;
	tailprint(end, mode);
	if (end->ready) {
		warn("guest ended before the command did: %s", why);
		return EXIT_GONE;
	}
	warn("guest never reached init: %s", why);
	return EXIT_NOINIT;
}

static int silent(struct guestend *end, enum mode mode, long silence, bool kvm)
{
	tailprint(end, mode);
	if (kvm)
		warn("this was under KVM: --accel tcg does without");
	if (end->outcome == OUT_LATE) {
		warn("guest never reached init in %ld seconds", silence * BOOT_FACTOR / 1000);
		return EXIT_NOINIT;
	}
	if (end->ready || mode == MODE_TERMINAL) {
		warn("guest timed out: no sign of life for %ld seconds", silence / 1000);
		return EXIT_TIMEOUT;
	}
	warn("guest never reached init: no sign of life for %ld seconds", silence / 1000);
	return EXIT_NOINIT;
}

/* End as a program does that does not catch the signal. */
static int signalled(int signo)
{
	signal(signo, SIG_DFL);
	raise(signo);
	return 128 + signo;
}

int report(struct guestend *end, enum mode mode, long silence, bool kvm)
{
	switch (end->outcome) {
	case OUT_STATUS:
		return mode == MODE_COMMAND ? end->status : EXIT_OK;
	case OUT_OFF:
	case OUT_RESET:
	case OUT_QUIT:
		return gone(end, mode);
	case OUT_PANIC:
		tailprint(end, mode);
		warn("guest panicked: %s", end->console.panic ? end->console.panic : "(no reason)");
		return EXIT_PANIC;
	case OUT_NOINIT:
		tailprint(end, mode);
		warn("guest never reached init: %s", end->console.panic);
		return EXIT_NOINIT;
	case OUT_SILENT:
	case OUT_LATE:
		return silent(end, mode, silence, kvm);
	case OUT_SIGNAL:
		return signalled(end->status);
	case OUT_WRITE:
		if (end->status == EPIPE)
			return signalled(SIGPIPE);
		errno = end->status;
		warn("cannot write the guest's output:");
		return EXIT_QEMU;
	default:
		return failed(end, kvm);
	}
}
