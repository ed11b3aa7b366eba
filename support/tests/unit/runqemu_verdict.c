// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: what is remembered of KVM, and what is decided by it. QEMU is a shell script here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "runqemu/accel.h"
#include "runqemu/verdict.h"
#include "scratch.h"

static void remembers(void **state)
{
	char *cpu;

	(void)state;
	assert_int_equal(verdictread("dir/memory", "key", &cpu), VERDICT_NONE);
	assert_int_equal(verdictwrite("dir/memory", "key", VERDICT_TCG, NULL), 0);
	assert_int_equal(verdictwrite("dir/memory", "other key", VERDICT_DENIED, NULL), 0);
	assert_int_equal(verdictread("dir/memory", "key", &cpu), VERDICT_TCG);
	assert_null(cpu);
	assert_int_equal(verdictread("dir/memory", "other key", &cpu), VERDICT_DENIED);
	assert_int_equal(verdictread("dir/memory", "other", &cpu), VERDICT_NONE);
	assert_int_equal(verdictwrite("dir/memory", "key", VERDICT_KVM, "host"), 0);
	assert_int_equal(verdictread("dir/memory", "key", &cpu), VERDICT_KVM);
	assert_string_equal(cpu, "host");
	free(cpu);
	assert_int_equal(verdictwrite("/dev/null/memory", "key", VERDICT_TCG, NULL), -1);
}

static void ignores_what_it_cannot_read(void **state)
{
	char *cpu;

	(void)state;
	put("bad", "\n\t\nkvm\tkey\nkvm \tkey\ntcgx\tkey\ntcg key\n\ttcg\tkey\ntcg\tkey");
	assert_int_equal(verdictread("bad", "key", &cpu), VERDICT_NONE);
	assert_null(cpu);
}

static void asks_for_another_qemu(void **state)
{
	char *a, *b;

	(void)state;
	putas("qemu1", "one", 0755);
	a = verdictkey("qemu1", "q35");
	b = verdictkey("qemu1", "microvm");
	assert_string_not_equal(a, b);
	free(b);
	putas("qemu1", "three", 0755);
	b = verdictkey("qemu1", "q35");
	assert_string_not_equal(a, b);
	assert_null(strchr(a, '\n'));
	assert_null(strchr(a, '\t'));
	free(a);
	free(b);
}

/* One whose kernels KVM of this host runs, as far as its name tells. */
static struct arch arch = { .cpu = (char *)"max" };
static const struct archmachine desc = { .qemu = (char *)"q35", .console = (char *)"ttyS0" };
static const struct machine machine = {
	.arch = &arch, .desc = &desc, .type = "q35", .kernel = "kernel", .bus = "pci"
};

/* Decide with that script for QEMU and what memory says. */
static void choose(struct accels *a, struct buf *note, const char *script, const char *device,
		   bool dry)
{
	struct options o = { .qemu = "./qemu", .cpus = 1, .memory = 16, .dryrun = dry };
	struct launch l = { .options = &o, .machine = &machine };

	putas("qemu", script, 0755);
	bufclear(note);
	*a = (struct accels){ 0 };
	accelschoose(a, &l, device, "memory", "key", note);
}

#define HEAD  "#!/bin/sh\necho \"$@\" >>ran\n"
#define PANIC "printf 'Kernel panic - not syncing: VFS: Unable to mount root fs\\n' >&4\n"

static void tries_kvm_once(void **state)
{
	struct buf note = { 0 };
	struct accels a;

	(void)state;
	choose(&a, &note, HEAD PANIC, ".", false);
	assert_int_equal(a.learnt, VERDICT_KVM);
	assert_int_equal(a.len, 2);
	assert_true(a.item[0].kvm);
	assert_string_equal(a.item[0].cpu, "host");
	assert_false(a.item[1].kvm);
	assert_int_equal(note.len, 0);
	accelsfree(&a);
	buffree(&note);
}

static void tries_other_processors(void **state)
{
	struct buf note = { 0 };
	struct accels a;

	(void)state;
	choose(&a, &note,
	       HEAD
	       "case \"$*\" in *'-cpu host'*) echo 'failed to set MSR 0x345' >&2; exit 1 ;; esac\n" PANIC,
	       ".", false);
	assert_int_equal(a.learnt, VERDICT_KVM);
	assert_string_equal(a.item[0].cpu, "max");
	accelsfree(&a);
	buffree(&note);
}

static void falls_back_when_qemu_refuses(void **state)
{
	struct buf note = { 0 };
	struct accels a;

	(void)state;
	choose(&a, &note, HEAD "echo one >&2; echo 'failed to set MSR 0x345' >&2; exit 1\n", ".",
	       false);
	assert_int_equal(a.learnt, VERDICT_TCG);
	assert_int_equal(a.len, 1);
	assert_false(a.item[0].kvm);
	assert_non_null(
		strstr(bufstr(&note), "(with -cpu qemu64 QEMU ended: failed to set MSR 0x345)"));
	assert_non_null(strstr(bufstr(&note), "using TCG from now on (remembered in memory;"));
	accelsfree(&a);
	buffree(&note);
}

static void falls_back_after_a_hang(void **state)
{
	struct buf note = { 0 }, ran = { 0 };
	struct accels a;

	(void)state;
	unlink("ran");
	choose(&a, &note, HEAD "exec sleep 60\n", ".", false);
	assert_int_equal(a.learnt, VERDICT_TCG);
	assert_non_null(strstr(bufstr(&note), "it hung with -cpu host"));
	assert_int_equal(fileread("ran", &ran), 0);
	assert_null(strstr(bufstr(&ran), "-cpu max"));
	accelsfree(&a);
	buffree(&note);
	buffree(&ran);
}

static void asks_memory_first(void **state)
{
	struct buf note = { 0 };
	struct accels a;

	(void)state;
	unlink("ran");
	put("memory", "tcg\tkey\n");
	choose(&a, &note, HEAD PANIC, ".", false);
	assert_int_equal(a.learnt, VERDICT_NONE);
	assert_false(a.item[0].kvm);
	accelsfree(&a);
	put("memory", "tcg\tkey\nkvm max\tkey\n");
	choose(&a, &note, HEAD PANIC, ".", false);
	assert_true(a.item[0].kvm);
	assert_string_equal(a.item[0].cpu, "max");
	accelsfree(&a);
	unlink("memory");
	choose(&a, &note, HEAD PANIC, ".", true);
	assert_false(a.item[0].kvm);
	accelsfree(&a);
	choose(&a, &note, HEAD PANIC, "no-such-device", false);
	assert_false(a.item[0].kvm);
	assert_int_equal(a.learnt, VERDICT_NONE);
	accelsfree(&a);
	assert_int_equal(note.len, 0);
	assert_int_equal(access("ran", F_OK), -1);
	buffree(&note);
}

static void says_once_that_it_may_not(void **state)
{
	struct buf note = { 0 };
	struct accels a;

	(void)state;
	putas("device", "", 0000);
	/* access(2) goes by the real user, and root may do anything. */
	assert_int_equal(chmod(".", 0755), 0);
	if (getuid() == 0)
		assert_int_equal(setresuid(65534, (uid_t)-1, (uid_t)-1), 0);
	unlink("memory");
	choose(&a, &note, HEAD PANIC, "device", false);
	assert_int_equal(a.learnt, VERDICT_DENIED);
	assert_non_null(strstr(bufstr(&note), "add yourself to the group kvm"));
	put("memory", "denied\tkey\n");
	choose(&a, &note, HEAD PANIC, "device", false);
	assert_int_equal(a.learnt, VERDICT_NONE);
	assert_int_equal(note.len, 0);
	if (geteuid() == 0)
		assert_int_equal(setresuid(0, (uid_t)-1, (uid_t)-1), 0);
	buffree(&note);
}

static void forces(void **state)
{
	struct accels a;

	(void)state;
	accelsforced(&a, &machine, true);
	assert_int_equal(a.len, 3);
	assert_true(a.item[0].kvm && a.item[1].kvm && a.item[2].kvm);
	accelsforced(&a, &machine, false);
	assert_int_equal(a.len, 1);
	assert_false(a.item[0].kvm);
}

/* KVM of another host is not even tried. */
static void leaves_foreign_kvm(void **state)
{
	struct buf note = { 0 };
	struct strlist host = arch.host;
	struct accels a;

	(void)state;
	remove("ran");
	remove("memory");
	arch.host = (struct strlist){ 0 };
	choose(&a, &note, HEAD PANIC, ".", false);
	arch.host = host;
	assert_int_equal(a.len, 1);
	assert_false(a.item[0].kvm);
	assert_int_equal(a.learnt, VERDICT_NONE);
	assert_int_equal(note.len, 0);
	assert_int_equal(access("ran", F_OK), -1);
	assert_true(accelhost(&arch));
	arch.kvm = host;
	arch.host = (struct strlist){ 0 };
	assert_true(accelhost(&arch));
	arch.host = host;
	arch.kvm = (struct strlist){ 0 };
}

static int setup(void **state)
{
	static const char *const cpus[] = { "host", "max", "qemu64" };
	struct utsname host;

	assert_int_equal(uname(&host), 0);
	listadd(&arch.host, host.machine);
	for (size_t i = 0; i < 3; i++)
		listadd(&arch.kvmcpus, cpus[i]);
	signal(SIGPIPE, SIG_IGN); /* as main does */
	return scratchmake(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(remembers),
		cmocka_unit_test(ignores_what_it_cannot_read),
		cmocka_unit_test(asks_for_another_qemu),
		cmocka_unit_test(tries_kvm_once),
		cmocka_unit_test(tries_other_processors),
		cmocka_unit_test(falls_back_when_qemu_refuses),
		cmocka_unit_test(falls_back_after_a_hang),
		cmocka_unit_test(asks_memory_first),
		cmocka_unit_test(says_once_that_it_may_not),
		cmocka_unit_test(forces),
		cmocka_unit_test(leaves_foreign_kvm),
	};

	return cmocka_run_group_tests(tests, setup, scratchremove);
}
