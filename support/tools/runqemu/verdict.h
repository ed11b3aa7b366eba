/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cached results on KVM on this machine, in a file of lines "VERDICT<tab>KEY". The last line of a
 * key counts; invalid lines and files are ignored.
 */
#ifndef RUNQEMU_VERDICT_H
#define RUNQEMU_VERDICT_H

enum verdict {
	VERDICT_NONE,	/* not known */
	VERDICT_KVM,	/* a guest runs under KVM */
	VERDICT_TCG,	/* no guest does */
	VERDICT_DENIED, /* no permission to try, and the user was told */
};

/*
 * Return the path of the file: below cache, or the user's cache directory if NULL. The caller frees
 * it.
 */
char *verdictpath(const char *cache);

/*
 * Return the key of a verdict: the host's kernel and processor, QEMU's program (a path), and the
 * machine type. The caller frees it.
 */
char *verdictkey(const char *qemu, const char *machine);

/*
 * Return the verdict on key in the file at path. For VERDICT_KVM, *cpu is set to the processor
 * model to use (caller frees).
 */
enum verdict verdictread(const char *path, const char *key, char **cpu);

/* Append a verdict to the file at path; create its directory. Returns 0, or -1 with errno. */
int verdictwrite(const char *path, const char *key, enum verdict v, const char *cpu);

#endif
