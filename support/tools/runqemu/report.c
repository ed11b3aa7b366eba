// SPDX-License-Identifier: GPL-2.0-or-later
#include "report.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/msg.h"
#include "base/visible.h"
#include "decoded.h"
#include "hush.h"
#include "target.h"
#include "testreport.h"

#define TAIL_LINES 40

/* Print the traces with files and lines. */
static void tracesprint(const struct guestend *end, const struct reportfor *f)
{
	struct buf decoded = { 0 };

	decodedshow(&end->console, f->options, &decoded);
	fputs(bufstr(&decoded), stderr);
	buffree(&decoded);
}

/* The same of a guest that did not fail, if that is wanted. */
static void warningsprint(const struct guestend *end, const struct reportfor *f)
{
	if (f->options->decodeall)
		tracesprint(end, f);
}

/* Print the last lines of the console, if it was not shown; then the trace with files and lines. */
static void tailprint(struct guestend *end, const struct reportfor *f)
{
	struct buf shown = { 0 }, text = { 0 };
	struct hush hush = { .on = true };
	bool seen = f->mode == MODE_TERMINAL || f->shown || (f->mode == MODE_SHELL && end->ready);

	consoleshow(&end->console, TAIL_LINES, &shown);
	hushfeed(&hush, shown.data, shown.len, &text);
	hushend(&hush, &text);
	if (!seen && shown.len)
		fputs(bufstr(&text), stderr);
	else if (!seen)
		warn("the guest's console showed nothing; with --show-log (LOG=y of make) its kernel says more");
	tracesprint(end, f);
	buffree(&shown);
	buffree(&text);
}

/*
 * Whether too little memory may be the reason: the console says so, or it ended without any output.
 */
static bool memoryshort(const struct guestend *end, const struct reportfor *f)
{
	static const char *const words[] = { "deadlocked on memory", "ut of memory",
					     "Initramfs unpacking failed: write error", "llocate",
					     "(error -12)" };
	const char *texts[] = { end->console.panic, end->console.troubleline };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		for (size_t j = 0; texts[i] && j < sizeof(words) / sizeof(*words); j++)
			if (strstr(texts[i], words[j]))
				return true;
	return !end->console.seen && !end->ready && f->memory < 2 * f->least;
}

static void memorytell(const struct guestend *end, const struct reportfor *f)
{
	if (memoryshort(end, f))
		warn("%u MiB of memory seem to be too little for this guest: raise --memory "
		     "(MEMORY= of make)",
		     f->memory);
}

/* QEMU did not start: say so if it is one for other machines. */
static void machinetell(struct guestend *end, const struct reportfor *f)
{
	char *how;

	if (!strstr(bufstr(&end->errors), "unsupported machine type"))
		return;
	how = targetpackages(f->machine->arch);
	warn("this QEMU has no machine %s: install one that has it (on Debian, %s), or name its "
	     "program by --qemu",
	     f->machine->type, how);
	free(how);
}

static int failed(struct guestend *end, const struct reportfor *f)
{
	struct buf text = { 0 };

	bufvisible(&text, bufstr(&end->errors), end->errors.len);
	fputs(bufstr(&text), stderr);
	buffree(&text);
	if (f->kvm)
		warn("the guest ran under KVM: try --accel tcg");
	machinetell(end, f);
	if (end->status >= 0 && !end->errors.len)
		memorytell(end, f);
	if (end->status < 0)
		warn("QEMU could not be started");
	else if (WIFSIGNALED(end->status))
		warn("QEMU was killed by signal %d (%s)", WTERMSIG(end->status),
		     strsignal(WTERMSIG(end->status)));
	else
		warn("QEMU ended with status %d %s", WEXITSTATUS(end->status),
		     end->console.seen || end->ready ? "while the guest ran"
						     : "before anything was heard of the guest");
	return EXIT_QEMU;
}

/* The guest ended, and no session sent a status. */
static int gone(struct guestend *end, const struct reportfor *f)
{
	const char *why = end->outcome == OUT_RESET ? "it restarted"
			  : end->outcome == OUT_OFF ? "it turned itself off"
						    : "QEMU was told to end";

	if ((f->mode == MODE_TERMINAL && (end->outcome != OUT_RESET || end->console.seen)) ||
	    (f->mode == MODE_SHELL && end->ready)) {
		warningsprint(end, f);
		return EXIT_OK;
	}
	tailprint(end, f);
	if (end->ready) {
		warn("guest ended before the command did: %s", why);
		return EXIT_GONE;
	}
	memorytell(end, f);
	warn("guest never reached init: %s", why);
	return EXIT_NOINIT;
}

static int silent(struct guestend *end, const struct reportfor *f)
{
	tailprint(end, f);
	if (f->kvm)
		warn("the guest ran under KVM: try --accel tcg");
	memorytell(end, f);
	if (end->console.trouble)
		warn("its kernel reported %s: %s", troublewords(end->console.trouble),
		     end->console.troubleline);
	if (end->outcome == OUT_LATE) {
		warn("guest never reached init in %ld seconds", f->silence * BOOT_FACTOR / 1000);
		return EXIT_NOINIT;
	}
	if (end->ready || f->mode == MODE_TERMINAL) {
		warn("guest timed out: no sign of life for %ld seconds; --timeout SECONDS "
		     "(TIMEOUT= of make) allows more",
		     f->silence / 1000);
		return EXIT_TIMEOUT;
	}
	warn("guest never reached init: no sign of life for %ld seconds", f->silence / 1000);
	return EXIT_NOINIT;
}

/* The command ended, and the kernel still runs. */
static int ended(struct guestend *end, const struct reportfor *f)
{
	if (f->mode != MODE_COMMAND || !f->strict || !end->console.trouble)
		warningsprint(end, f);
	if (f->mode != MODE_COMMAND)
		return EXIT_OK;
	if (!f->strict)
		return end->status;
	if (!end->console.trouble)
		return testverdict(&end->results, end->status, f->expects);
	tailprint(end, f);
	memorytell(end, f);
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

int report(struct guestend *end, const struct reportfor *f)
{
	switch (end->outcome) {
	case OUT_STATUS:
		return ended(end, f);
	case OUT_OFF:
	case OUT_RESET:
	case OUT_QUIT:
		return gone(end, f);
	case OUT_PANIC:
		tailprint(end, f);
		memorytell(end, f);
		warn("guest panicked: %s", end->console.panic ? end->console.panic : "(no reason)");
		return EXIT_PANIC;
	case OUT_NOINIT:
		tailprint(end, f);
		memorytell(end, f);
		warn("guest never reached init: %s", end->console.panic);
		return EXIT_NOINIT;
	case OUT_SILENT:
	case OUT_LATE:
		return silent(end, f);
	case OUT_SIGNAL:
		return 128 + end->status;
	case OUT_WRITE:
		if (end->status == EPIPE)
			return 128 + SIGPIPE;
		errno = end->status;
		warn("cannot write the guest's output:");
		return EXIT_QEMU;
	default:
		return failed(end, f);
	}
}
