// SPDX-License-Identifier: GPL-2.0-or-later
#include "gdbscript.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coreunpack.h"
#include "crash/crashdir.h"
#include "elfcore.h"
#include "fill.h"
#include "fs/file.h"
#include "kernel.h"
#include "tasks.h"

#define BANNER_MAX 4096 /* bytes of the kernel's banner */

/* Whether the core, if it has vmcoreinfo, is of another kernel; why is set then. */
static bool otherid(struct elfcore *c, const struct kernel *k, const char *path, char **why)
{
	char *id = elfcoreinfo(c, "BUILD-ID"), *release = elfcoreinfo(c, "OSRELEASE");
	bool other = id && *k->buildid && strcmp(id, k->buildid) != 0;

	if (other)
		*why = xasprintf(
			"the core is of another kernel than %s: of %s with the build ID %s, "
			"not %s; VMLINUX=FILE of make names the right one",
			path, release ? release : "one", id, k->buildid);
	free(id);
	free(release);
	return other;
}

/* The same by the banner, which is where the kernel has it in its memory. */
static bool otherbanner(const struct elfcore *c, const struct kernel *k, const char *path,
			uint64_t moved, char **why)
{
	char own[BANNER_MAX], there[BANNER_MAX];
	uint64_t addr, size;

	if (!c->paged || !kernelsymbol(k, "linux_banner", &addr, &size) || size > BANNER_MAX ||
	    !kernelread(k, addr, own, size))
		return false;
	if (elfcoreread(c, addr + moved, there, size) && memcmp(own, there, size) == 0)
		return false;
	*why = xasprintf(
		"%s is not the kernel of the core, or the kernel was moved (KASLR) and the "
		"core has no vmcoreinfo that tells how far; VMLINUX=FILE of make names another",
		path);
	return true;
}

/* How far the kernel is from the addresses of vmlinux. */
static uint64_t movedby(struct elfcore *c)
{
	char *text = elfcoreinfo(c, "KERNELOFFSET");
	uint64_t moved = text ? strtoull(text, NULL, 16) : 0;

	free(text);
	return moved;
}

/* Append a path as gdb takes it for one word. */
static void wordadd(struct buf *out, const char *path)
{
	for (; *path; path++) {
		if (strchr(" \t\"'\\", *path))
			bufputc(out, '\\');
		bufputc(out, *path);
	}
}

/* Append gdb's commands that name the threads. The names are the guest's: only harmless bytes stay.
 */
static void threadsname(struct buf *out, const struct strlist *names)
{
	for (size_t i = 0; i < names->len; i++) {
		bufprintf(out, "thread apply %zu -q -s thread name ", i + 1);
		for (const char *p = names->item[i]; *p; p++)
			bufputc(out, isalnum((unsigned char)*p) || strchr("/:._+-", *p) ? *p : '_');
		bufputc(out, '\n');
	}
}

/* Append the command that chooses the thread of the processor that panicked, if one has. */
static void panicked(const struct elfcore *c, const struct kernel *k, uint64_t moved,
		     struct buf *out, size_t threads)
{
	uint64_t addr, size, cpu;

	if (kernelsymbol(k, "panic_cpu", &addr, &size) &&
	    elfcorenumber(c, addr + moved, sizeof(uint32_t), &cpu) && cpu < threads)
		bufprintf(out, "thread %llu\n", (unsigned long long)cpu + 1);
}

/* A core for gdb: with a thread for each task. */
static void threads(struct elfcore *c, const struct kernel *k, uint64_t moved, struct buf *out,
		    const char *core, struct strlist *notes)
{
	struct strlist names = { 0 };
	char *why = NULL, *note;

	if (c->paged)
		why = tasksadd(c, k, moved, &names);
	else
		listadd(notes, "the core has no virtual addresses: QEMU cannot write them for this "
			       "machine; gdb cannot read it, but crash or drgn can");
	if (why) {
		note = xasprintf("only the processors are threads, not the tasks: %s", why);
		listadd(notes, note);
		free(note);
	}
	bufprintf(out, "core-file %s\n", core);
	threadsname(out, &names);
	panicked(c, k, moved, out, names.len);
	free(why);
	listfree(&names);
}

/* Look at core and kernel. Returns NULL, or why they do not fit. */
static char *fit(const struct opening *o, struct elfcore *c, const struct kernel *k,
		 const char *vmlinux, struct buf *out, struct strlist *notes)
{
	uint64_t moved = movedby(c);
	char *why = NULL;

	if (otherid(c, k, vmlinux, &why) || otherbanner(c, k, vmlinux, moved, &why))
		return why;
	if (!c->info.len)
		listadd(notes, "the core has no vmcoreinfo, which crash and drgn need: 'Debug "
			       "information' (menu Kernel, Debugging) has the guest tell it");
	if (!k->dwarf)
		listadd(notes, "the kernel has no debug information: 'Debug information' (menu "
			       "Kernel, Debugging) adds lines, types and the stacks of tasks");
	bufprintf(out, "add-auto-load-safe-path %s\n", o->dir);
	if (moved)
		bufprintf(out, "symbol-file -o 0x%llx ", (unsigned long long)moved);
	else
		bufputs(out, "file ");
	wordadd(out, vmlinux);
	bufputc(out, '\n');
	if (!o->plain)
		threads(c, k, moved, out, o->core, notes);
	return NULL;
}

/* Make the core from packed. Returns NULL, or why it cannot be done. */
static char *coremake(const struct opening *o, const char *packed, struct outfile *to,
		      const struct kernel *k, const char *vmlinux, struct buf *out,
		      struct strlist *notes)
{
	struct elfcore c = { 0 };
	char *why = coreunpack(packed, to->fd), *all = NULL;

	if (!why)
		why = elfcoreopen(&c, to->fd);
	if (!why && elfcorefill(&c, o->plain) < 0)
		why = xstrdup(strerror(errno));
	if (!why)
		all = fit(o, &c, k, vmlinux, out, notes);
	if (!why && !all && outcommit(to) < 0)
		all = xasprintf("%s: %s", o->core, strerror(errno));
	if (why)
		all = xasprintf("%s: %s", packed, why);
	elfcorefree(&c);
	free(why);
	return all;
}

char *crashopen(const struct opening *o, struct buf *out, struct strlist *notes)
{
	char *packed = pathjoin(o->dir, CRASH_CORE), *own = pathjoin(o->dir, CRASH_VMLINUX);
	const char *vmlinux = o->vmlinux ? o->vmlinux : own;
	struct kernel k = { .fd = -1 };
	struct outfile to = { .fd = -1 };
	char *why = kernelopen(&k, vmlinux), *all = NULL;

	if (why)
		all = xasprintf("%s: %s: VMLINUX=FILE of make names the kernel with symbols",
				vmlinux, why);
	else if (outopen(&to, o->core, 0600) < 0)
		all = xasprintf("%s: %s", o->core, strerror(errno));
	else
		all = coremake(o, packed, &to, &k, vmlinux, out, notes);
	outabort(&to);
	kernelclose(&k);
	free(why);
	free(packed);
	free(own);
	return all;
}
