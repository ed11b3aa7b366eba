// SPDX-License-Identifier: GPL-2.0-or-later
#include "report.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "msg.h"
#include "visible.h"

#define TAIL_LINES 40

/* What the console showed last, where nobody has seen it. */
static void tailprint(struct guestend *end, enum mode mode)
{
	struct buf text = { 0 };

	if (mode == MODE_TERMINAL || (mode == MODE_SHELL && end->ready))
		return;
	consoleshow(&end->console, TAIL_LINES, &text);
	if (text.len)
		fputs(bufstr(&text), stderr);
	else
		warn("the guest's console showed nothing; with --kernel-log the kernel says more");
	buffree(&text);
}

static int failed(struct guestend *end, bool kvm)
{
	struct buf text = { 0 };

	bufvisible(&text, bufstr(&end->errors), end->errors.len);
	fputs(bufstr(&text), stderr);
	buffree(&text);
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
	if (end->console.trouble)
		warn("its kernel reported %s: %s", troublewords(end->console.trouble),
		     end->console.troubleline);
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

/* A command has ended, and its kernel still runs. */
static int ended(struct guestend *end, enum mode mode, bool strict)
{
	if (mode != MODE_COMMAND)
		return EXIT_OK;
	if (!strict || !end->console.trouble)
		return end->status;
	tailprint(end, mode);
	warn("the command ended with status %d, but the kernel reported %s: %s", end->status,
	     troublewords(end->console.trouble), end->console.troubleline);
	return EXIT_TROUBLE;
}

int reportsignal(const struct guestend *end)
{
	if (end->outcome == OUT_SIGNAL)
		return end->status;
	return end->outcome == OUT_WRITE && end->status == EPIPE ? SIGPIPE : 0;
}

int report(struct guestend *end, enum mode mode, long silence, bool kvm, bool strict)
{
	switch (end->outcome) {
	case OUT_STATUS:
		return ended(end, mode, strict);
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
		return 128 + end->status;
	case OUT_WRITE:
		if (end->status == EPIPE)
			return 128 + SIGPIPE;
		errno = end->status;
		warn("cannot write the guest's output:");
		return EXIT_QEMU;
	default:
		return failed(end, kvm);
	}
}
