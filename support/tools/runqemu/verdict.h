/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was learnt about KVM on this machine, kept in a file of lines "VERDICT<tab>KEY". The last
 * line of a key counts; a file or line that cannot be understood says nothing.
 */
#ifndef RUNQEMU_VERDICT_H
#define RUNQEMU_VERDICT_H

enum verdict {
	VERDICT_NONE,	/* nothing is known */
	VERDICT_KVM,	/* a guest runs under KVM */
	VERDICT_TCG,	/* none does */
	VERDICT_DENIED, /* it could not be tried for want of permission, and that was said */
};

/* Where verdicts are kept: below cache, NULL for the user's. A new string; caller frees. */
char *verdictpath(const char *cache);

/*
 * What a verdict holds for: the host's kernel and processor, QEMU's program (a path), and the type
 * of the machine. A new string; caller frees.
 */
char *verdictkey(const char *qemu, const char *machine);

/* What path says of key. With VERDICT_KVM, *cpu is the processor to use (caller frees). */
enum verdict verdictread(const char *path, const char *key, char **cpu);

/* Add a line to path, making its directory. Returns 0, or -1 with errno set. */
int verdictwrite(const char *path, const char *key, enum verdict v, const char *cpu);

#endif
