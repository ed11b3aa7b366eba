// SPDX-License-Identifier: GPL-2.0-or-later
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The architectures whose system call numbers we know. */
#if defined(__x86_64__) || defined(__aarch64__)
#define KNOWN
#endif
#ifdef __aarch64__
static const uint32_t arch = AUDIT_ARCH_AARCH64;
#else
static const uint32_t arch = AUDIT_ARCH_X86_64;
#endif

#ifndef __NR_fchmodat2
#define __NR_fchmodat2 452
#endif

#define NONE -1

/* The system calls that set the mode of a file: which argument is the mode, and which the flags. */
static const struct call {
	unsigned number;
	int mode;
	int flags; /* the mode counts if these have O_CREAT or O_TMPFILE; NONE: always */
	bool type; /* the mode has the type of the file, which may be a device */
} calls[] = {
#ifdef __NR_chmod
	{ __NR_chmod, 1, NONE, false },	 { __NR_open, 2, 1, false },
	{ __NR_creat, 1, NONE, false },	 { __NR_mknod, 1, NONE, true },
#endif
	{ __NR_fchmod, 1, NONE, false }, { __NR_fchmodat, 2, NONE, false },
	{ __NR_openat, 3, 2, false },	 { __NR_fchmodat2, 2, NONE, false },
	{ __NR_mknodat, 2, NONE, true },
};

#define COUNT	 (sizeof(calls) / sizeof(*calls))
#define PER_CALL 12

struct program {
	struct sock_filter step[PER_CALL * COUNT + 5];
	unsigned short len;
};

static void add(struct program *p, unsigned short code, uint32_t k, uint8_t yes, uint8_t no)
{
	p->step[p->len++] = (struct sock_filter){ code, yes, no, k };
}

static void load(struct program *p, size_t offset)
{
	add(p, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

/* The lower half of an argument, on a little-endian processor. */
static void argument(struct program *p, int n)
{
	load(p, offsetof(struct seccomp_data, args) + sizeof(uint64_t) * (size_t)n);
}

static void decide(struct program *p, uint32_t action)
{
	add(p, BPF_RET | BPF_K, action, 0, 0);
}

/* Append the instructions for one call. */
static void callfilter(struct program *p, const struct call *c, uint32_t bits)
{
	unsigned short jump = p->len;

	add(p, BPF_JMP | BPF_JEQ | BPF_K, c->number, 0, 0);
	if (c->flags != NONE) {
		argument(p, c->flags);
		add(p, BPF_JMP | BPF_JSET | BPF_K, O_CREAT | (O_TMPFILE & ~O_DIRECTORY), 1, 0);
		decide(p, SECCOMP_RET_ALLOW);
	}
	argument(p, c->mode);
	add(p, BPF_JMP | BPF_JSET | BPF_K, bits, c->type ? 3 : 0, c->type ? 0 : 1);
	if (c->type) {
		add(p, BPF_ALU | BPF_AND | BPF_K, S_IFMT, 0, 0);
		add(p, BPF_JMP | BPF_JEQ | BPF_K, S_IFCHR, 1, 0);
		add(p, BPF_JMP | BPF_JEQ | BPF_K, S_IFBLK, 0, 1);
	}
	decide(p, SECCOMP_RET_ERRNO | EPERM);
	decide(p, SECCOMP_RET_ALLOW);
	p->step[jump].jf = (uint8_t)(p->len - jump - 1);
}

bool guardworks(void)
{
#ifdef KNOWN
	uint32_t action = SECCOMP_RET_ERRNO;

	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
#else
	return false;
#endif
}

#ifdef KNOWN
int guardset(bool setgid)
{
	struct program p = { .len = 0 };
	struct sock_fprog filter;
	/* Without this flag TCG would become slower, too. */
	const unsigned flags = SECCOMP_FILTER_FLAG_SPEC_ALLOW;

	if (!guardworks())
		return 0;
	/* A program of another architecture has other system call numbers: it is not filtered. */
	load(&p, offsetof(struct seccomp_data, arch));
	add(&p, BPF_JMP | BPF_JEQ | BPF_K, arch, 1, 0);
	decide(&p, SECCOMP_RET_ALLOW);
	load(&p, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < COUNT; i++)
		callfilter(&p, &calls[i], S_ISUID | (setgid ? 0 : S_ISGID));
	decide(&p, SECCOMP_RET_ALLOW);
	filter = (struct sock_fprog){ .len = p.len, .filter = p.step };
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &filter) == 0)
		return 0;
	/* Without root, a process must first give up gaining privileges. */
	if (errno != EACCES || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -1;
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &filter);
}
#else
int guardset(bool setgid)
{
	(void)setgid;
	return 0;
}
#endif
