// SPDX-License-Identifier: GPL-2.0-or-later
#include "tasks.h"

#include <elf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TASKS_MAX 65536	  /* the guest's lists may be damaged, and have no end */
#define NO_TASK	  4194304 /* more than any number of a task: for processors that are idle */
#define OWNER	  "CORE"  /* of notes with registers */

/* Where members of the kernel's structures are. */
struct layout {
	struct member tasks, pid, comm, sp, signal, node, head, oncpu, cpu;
	uint64_t frame; /* size of what a task that does not run has on its stack */
	bool cpus;	/* there may be more than one processor */
};

/* What a task that does not run has on its stack, and where it belongs among the registers. */
struct saved {
	const char *name, *reg; /* in inactive_task_frame and pt_regs */
	struct member from, to;
	bool there;
};

struct walk {
	struct elfcore *core;
	const struct kernel *kernel;
	struct layout at;
	struct saved saved[10];
	struct member stack;  /* among the registers: the stack pointer */
	size_t pidat, regsat; /* in a note of registers */
	struct buf proto;     /* such a note's contents */
	struct buf notes;     /* the new ones */
	struct strlist *names;
	size_t count; /* entries of lists of threads that were followed */
};

static const struct saved frames[] = {
	{ .name = "r15", .reg = "r15" },     { .name = "r14", .reg = "r14" },
	{ .name = "r13", .reg = "r13" },     { .name = "r12", .reg = "r12" },
	{ .name = "si", .reg = "si" },	     { .name = "di", .reg = "di" },
	{ .name = "bx", .reg = "bx" },	     { .name = "bp", .reg = "bp" },
	{ .name = "flags", .reg = "flags" }, { .name = "ret_addr", .reg = "ip" },
};

/* Find the members of the kernel's structures. Returns NULL, or why it cannot be done. */
static const char *layoutget(struct walk *w)
{
	struct layout *at = &w->at;
	Dwarf_Die task, signal, frame, regs;
	Dwarf_Word size;

	if (!w->kernel->dwarf || !kernelstruct(w->kernel, "task_struct", &task))
		return "the kernel has no debug information";
	if (!kernelstruct(w->kernel, "inactive_task_frame", &frame) ||
	    !kernelstruct(w->kernel, "pt_regs", &regs) || !kernelmember(&regs, "sp", &w->stack))
		return "it is not known where this architecture keeps their registers";
	if (!kernelstruct(w->kernel, "signal_struct", &signal) ||
	    !kernelmember(&task, "tasks", &at->tasks) || !kernelmember(&task, "pid", &at->pid) ||
	    !kernelmember(&task, "comm", &at->comm) || !kernelmember(&task, "thread.sp", &at->sp) ||
	    !kernelmember(&task, "signal", &at->signal) ||
	    !kernelmember(&task, "thread_node", &at->node) ||
	    !kernelmember(&signal, "thread_head", &at->head) ||
	    dwarf_aggregate_size(&frame, &size) < 0)
		return "this kernel keeps its tasks in another way";
	at->frame = size;
	at->cpus = kernelmember(&task, "on_cpu", &at->oncpu) &&
		   kernelmember(&task, "thread_info.cpu", &at->cpu);
	for (size_t i = 0; i < sizeof(frames) / sizeof(*frames); i++) {
		struct saved *s = &w->saved[i];

		*s = frames[i];
		s->there = kernelmember(&frame, s->name, &s->from) &&
			   kernelmember(&regs, s->reg, &s->to);
	}
	return NULL;
}

/* Append a note with the registers of a task. */
static void noteadd(struct buf *out, const void *data, size_t len)
{
	const Elf64_Nhdr h = { sizeof(OWNER), (Elf64_Word)len, NT_PRSTATUS };
	static const char none[4];

	bufadd(out, &h, sizeof(h));
	bufadd(out, OWNER "\0\0\0", (sizeof(OWNER) + 3) & ~3u);
	bufadd(out, data, len);
	bufadd(out, none, -len & 3);
}

static void pidset(char *note, const struct walk *w, uint32_t pid)
{
	memcpy(note + w->pidat, &pid, sizeof(pid));
}

/*
 * The contents of the note at *at in the core's, which is of registers; *at is set behind it. NULL:
 * there is no other one.
 */
static char *notenext(const struct walk *w, size_t *at, size_t *len)
{
	char *p = w->core->note.data;
	Elf64_Nhdr h;

	while (w->core->note.len - *at > sizeof(h)) {
		size_t name, desc, begin;

		memcpy(&h, p + *at, sizeof(h));
		name = ((size_t)h.n_namesz + 3) & ~(size_t)3;
		desc = ((size_t)h.n_descsz + 3) & ~(size_t)3;
		begin = *at + sizeof(h) + name;
		if (begin > w->core->note.len || desc > w->core->note.len - begin)
			return NULL;
		*at = begin + desc;
		*len = h.n_descsz;
		if (h.n_type == NT_PRSTATUS && h.n_namesz == sizeof(OWNER) &&
		    strcmp(p + begin - name, OWNER) == 0)
			return p + begin;
	}
	return NULL;
}

/* The number and the name of the task are the thread's. */
static char *nameof(const struct walk *w, uint64_t task)
{
	char comm[64] = { 0 };
	size_t len = w->at.comm.size < sizeof(comm) - 1 ? w->at.comm.size : sizeof(comm) - 1;

	if (!elfcoreread(w->core, task + w->at.comm.at, comm, len))
		return xstrdup("?");
	return xstrdup(comm);
}

/* Give the processor's note of that index the number and name of the task that it runs. */
static void running(struct walk *w, uint64_t cpu, uint64_t task, uint32_t pid)
{
	size_t at = 0, len;
	char *note = NULL;

	for (uint64_t i = 0; i <= cpu; i++)
		if (!(note = notenext(w, &at, &len)))
			return;
	pidset(note, w, pid);
	free(w->names->item[cpu]);
	w->names->item[cpu] = nameof(w, task);
}

/* Add a note for a task that does not run. */
static void waiting(struct walk *w, uint64_t task, uint32_t pid)
{
	char *note = w->proto.data, *regs = note + w->regsat, *name;
	size_t room = w->proto.len - w->regsat;
	uint64_t sp, value;

	if (!elfcorepointer(w->core, task + w->at.sp.at, &sp))
		return;
	memset(regs, 0, room);
	for (size_t i = 0; i < sizeof(w->saved) / sizeof(*w->saved); i++) {
		const struct saved *s = &w->saved[i];

		if (s->there && s->to.at + s->to.size <= room &&
		    !elfcoreread(w->core, sp + s->from.at, regs + s->to.at, s->to.size))
			return;
	}
	value = sp + w->at.frame;
	if (w->stack.at + w->stack.size <= room)
		memcpy(regs + w->stack.at, &value, w->stack.size);
	pidset(note, w, pid);
	noteadd(&w->notes, note, w->proto.len);
	name = nameof(w, task);
	listadd(w->names, name);
	free(name);
}

static void tasktake(struct walk *w, uint64_t task)
{
	uint64_t pid, on = 0, cpu = 0;

	if (!elfcorenumber(w->core, task + w->at.pid.at, w->at.pid.size, &pid))
		return;
	if (w->at.cpus)
		(void)(elfcorenumber(w->core, task + w->at.oncpu.at, w->at.oncpu.size, &on) &&
		       elfcorenumber(w->core, task + w->at.cpu.at, w->at.cpu.size, &cpu));
	if (on && cpu < w->names->len)
		running(w, cpu, task, (uint32_t)pid);
	else
		waiting(w, task, (uint32_t)pid);
}

/* Take all threads of a process. */
static void processtake(struct walk *w, uint64_t leader)
{
	uint64_t signal, head, node;

	if (!elfcorepointer(w->core, leader + w->at.signal.at, &signal))
		return;
	head = signal + w->at.head.at;
	if (!elfcorepointer(w->core, head, &node))
		return;
	while (node != head && w->count++ < TASKS_MAX) {
		tasktake(w, node - w->at.node.at);
		if (!elfcorepointer(w->core, node, &node))
			return;
	}
}

/* The notes of processors: how registers are in them, and names for those that are idle. */
static const char *processors(struct walk *w)
{
	size_t at = 0, len, word = w->core->wide ? 8 : 4;
	uint32_t cpu = 0;
	char *note, name[32];

	/* elf_prstatus: three numbers, two signal sets, four process IDs, four times, registers. */
	w->pidat = 16 + 2 * word;
	w->regsat = w->pidat + 16 + 8 * word;
	while ((note = notenext(w, &at, &len))) {
		if (len <= w->regsat)
			return "its notes of registers are too short";
		if (!cpu)
			bufadd(&w->proto, note, len);
		pidset(note, w, NO_TASK + cpu);
		snprintf(name, sizeof(name), "cpu%u", (unsigned)cpu++);
		listadd(w->names, name);
	}
	return cpu ? NULL : "it has no registers";
}

/* All tasks: first's list has all processes. */
static void alltake(struct walk *w, uint64_t first)
{
	uint64_t head = first + w->at.tasks.at, node;
	size_t processes = 0;

	if (!elfcorepointer(w->core, head, &node))
		return;
	while (node != head && processes++ < TASKS_MAX && w->count < TASKS_MAX) {
		processtake(w, node - w->at.tasks.at);
		if (!elfcorepointer(w->core, node, &node))
			return;
	}
}

char *tasksadd(struct elfcore *c, const struct kernel *k, uint64_t moved, struct strlist *names)
{
	struct walk w = { .core = c, .kernel = k, .names = names };
	uint64_t first, size;
	const char *why;
	struct buf all = { 0 };

	if (!c->native || !c->notehead)
		why = "it has no registers of this machine's byte order";
	else
		why = layoutget(&w);
	if (!why)
		why = processors(&w);
	if (!why && !kernelsymbol(k, "init_task", &first, &size))
		why = "the kernel has no symbols";
	if (!why) {
		alltake(&w, first + moved);
		bufadd(&all, c->note.data, c->note.len);
		bufadd(&all, w.notes.data, w.notes.len);
		if (elfcorenotes(c, &all) < 0)
			why = strerror(errno);
	}
	buffree(&all);
	buffree(&w.proto);
	buffree(&w.notes);
	return why ? xstrdup(why) : NULL;
}
