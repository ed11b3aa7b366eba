/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A directory of crashes: one directory for each, NAME, with the guest's memory and what belongs to
 * it. It is made under another name, which begins with a dot, and renamed when it is complete, and
 * back before it is removed.
 * Functions return 0, or -1 with errno set; none prints.
 */
#ifndef CRASH_CRASHDIR_H
#define CRASH_CRASHDIR_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Files in the directory of a crash. */
#define CRASH_CORE    "vmcore.zst"     /* the guest's memory: an ELF core, compressed */
#define CRASH_VMLINUX "vmlinux"	       /* the kernel, if there is one with symbols */
#define CRASH_LOG     "console.log"    /* the guest's console */
#define CRASH_RECORD  "record.json"    /* what runqemu --json writes */
#define CRASH_COMMAND "command"	       /* command lines of runqemu and QEMU */
#define CRASH_SCRIPT  "vmlinux-gdb.py" /* the kernel's commands for gdb, if they are there */
#define CRASH_SCRIPTS "scripts/gdb/linux"

/* The bytes that crashes take at most, unless told otherwise. */
#define CRASH_MAX (2ULL << 30)

struct crashentry {
	char *name;	/* owned */
	uint64_t bytes; /* on the disk; a file that several share counts in parts */
};

/* Zero-initialise before use. */
struct crashlist {
	struct crashentry *item; /* owned; the oldest first */
	size_t len;
};

/* List the complete crashes in dir. A missing directory has none. */
int crashlist(const char *dir, struct crashlist *out);

void crashlistfree(struct crashlist *l);

/*
 * Create a directory for a crash that is not complete, below dir, which is created, too. *lock is
 * set to a descriptor that marks it as in use until it is closed. Returns its path (caller frees),
 * or NULL with errno.
 */
char *crashnew(const char *dir, int *lock);

/*
 * Remove the directories in dir that crashnew made and nobody uses, which were never completed, and
 * what a process that was killed has left of a crash that it removed.
 */
void crashsweep(const char *dir);

/*
 * Remove the oldest crashes in dir until the rest takes at most max bytes; append the names of the
 * removed ones to *gone. The last one is removed as well if it alone takes more.
 */
int crashprune(const char *dir, uint64_t max, struct strlist *gone);

#endif
