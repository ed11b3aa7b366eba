// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: which machine a kernel gets, and what QEMU's command line then says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "runqemu/launch.h"
#include "runqemu/machine.h"

static const char full[] =
	"CONFIG_ACPI=y\nCONFIG_VIRTIO_MMIO=y\nCONFIG_VIRTIO_MMIO_CMDLINE_DEVICES=y\n"
	"CONFIG_VIRTIO_PCI=y\nCONFIG_VIRTIO_CONSOLE=y\nCONFIG_VIRTIO_NET=y\n";

static const struct kernels both = { .image = "bz", .pvh = "vm" }, bz = { .image = "bz" },
			    vm = { .pvh = "vm" }, elf = { .elf = "elf" };

static const struct machineneeds none;

static struct archs archs;

static const struct arch *arch(const char *name)
{
	const struct arch *a;
	char *why;

	a = archfind(&archs, name, &why);
	assert_non_null(a);
	return a;
}

/* config NULL: not known. */
static struct machine chooseof(const char *name, const char *wish, const struct kernels *k,
			       const char *config, bool poweroff)
{
	const struct machineneeds needs = { .poweroff = poweroff };
	struct ikconfig c = { 0 };
	char *text = config ? xstrdup(config) : NULL;
	struct machine m;

	ikconfigparse(&c, text);
	assert_null(machinechoose(&m, arch(name), wish, k, &c, &needs));
	free(text);
	ikconfigfree(&c);
	return m;
}

static struct machine choose(const char *wish, const struct kernels *k, const char *config,
			     bool poweroff)
{
	return chooseof("x86_64", wish, k, config, poweroff);
}

static void prefers_microvm(void **state)
{
	struct machine m = choose("auto", &both, full, false);

	(void)state;
	assert_string_equal(m.type, "microvm");
	assert_string_equal(m.kernel, "vm");
	assert_string_equal(m.bus, "device");
	assert_non_null(strstr(m.desc->qemu, "acpi=off"));
	assert_string_equal(m.desc->tuneone, "noapictimer");
	assert_true(m.virtio);
	assert_true(m.net);
	assert_false(m.uart);
}

static void needs_acpi_to_turn_off(void **state)
{
	struct machine m = choose("auto", &both, full, true);

	(void)state;
	assert_string_equal(m.type, "microvm");
	assert_non_null(strstr(m.desc->qemu, "acpi=on"));
	assert_null(m.desc->tuneone);
	m = choose("auto", &vm, "CONFIG_VIRTIO_MMIO=y\n", true);
	assert_non_null(strstr(m.desc->qemu, "acpi=off"));
}

static void finds_devices_by_acpi(void **state)
{
	struct machine m;

	(void)state;
	m = choose("auto", &vm, "CONFIG_ACPI=y\nCONFIG_VIRTIO_MMIO=y\nCONFIG_VIRTIO_CONSOLE=y\n",
		   false);
	assert_non_null(strstr(m.desc->qemu, "acpi=on"));
	assert_true(m.virtio);
	assert_false(m.net);
	m = choose("auto", &vm, "CONFIG_VIRTIO_MMIO=y\nCONFIG_VIRTIO_CONSOLE=y\n", false);
	assert_non_null(strstr(m.desc->qemu, "acpi=off"));
	assert_false(m.virtio);
	assert_true(m.uart);
}

static void takes_a_pc_otherwise(void **state)
{
	struct machine m = choose("auto", &bz, full, false);

	(void)state;
	assert_string_equal(m.type, "q35");
	assert_string_equal(m.kernel, "bz");
	assert_string_equal(m.bus, "pci");
	assert_true(m.virtio);
	assert_false(m.uart);
	m = choose("auto", &both, NULL, false);
	assert_string_equal(m.type, "q35");
	assert_string_equal(m.kernel, "vm");
	assert_true(m.virtio);
	assert_true(m.uart);
	m = choose("pc", &bz, "CONFIG_PCI=y\n", false);
	assert_string_equal(m.type, "pc");
	assert_false(m.virtio);
	assert_true(m.uart);
	assert_false(m.net);
}

static void says_why_not(void **state)
{
	struct ikconfig c = { 0 };
	struct machine m;
	char *why;

	(void)state;
	why = machinechoose(&m, arch("x86_64"), "auto", &elf, &c, &none);
	assert_non_null(strstr(why, "elf has no PVH entry"));
	free(why);
	why = machinechoose(&m, arch("x86_64"), "microvm", &bz, &c, &none);
	assert_non_null(strstr(why, "CONFIG_PVH"));
	free(why);
}

static void takes_what_others_have(void **state)
{
	static const struct kernels image = { .image = "Image", .elf = "vmlinux" };
	struct ikconfig c = { 0 };
	struct machine m = chooseof("aarch64", "auto", &image, NULL, true);
	char *why;

	(void)state;
	assert_string_equal(m.type, "virt");
	assert_string_equal(m.kernel, "Image");
	assert_string_equal(m.bus, "device");
	assert_true(m.virtio);
	assert_false(m.uart); /* there is no second one */
	m = chooseof("aarch64", "virt", &image, "CONFIG_VIRTIO_CONSOLE=y\n", false);
	assert_false(m.virtio);
	assert_false(m.uart);
	m = chooseof("mips", "auto", &elf, "CONFIG_VIRTIO_CONSOLE=y\n", false);
	assert_string_equal(m.type, "malta");
	assert_string_equal(m.kernel, "elf");
	assert_true(m.uart);
	m = chooseof("s390x", "auto", &bz, NULL, false);
	assert_string_equal(m.bus, "ccw");
	why = machinechoose(&m, arch("aarch64"), "auto", &elf, &c, &none);
	assert_string_equal(why, "the machine virt boots the kernel's Image: give one by --kernel");
	free(why);
}

static void names_the_machines(void **state)
{
	char *all;

	(void)state;
	assert_true(machineknown(arch("x86_64"), "auto", &all));
	assert_true(machineknown(arch("x86_64"), "pc", &all));
	assert_null(all);
	assert_false(machineknown(arch("x86_64"), "microvm-acpi", &all));
	assert_string_equal(all, "auto, microvm, q35, pc");
	free(all);
	assert_false(machineknown(arch("aarch64"), "q35", &all));
	assert_string_equal(all, "auto, virt");
	free(all);
}

/* Whether the words of part stand side by side in QEMU's command line. */
static bool says(const struct launch *l, const char *part)
{
	struct strlist argv = { 0 };
	struct buf text = { 0 };
	bool found;

	launchargv(l, &argv);
	bufputc(&text, ' ');
	launchquote(&argv, &text);
	bufputc(&text, ' ');
	found = strstr(text.data, part) != NULL;
	listfree(&argv);
	buffree(&text);
	return found;
}

static void says_it_to_qemu(void **state)
{
	struct machine m = choose("auto", &both, full, false);
	struct options o = { .qemu = "qemu", .memory = 99, .cpus = 1, .tune = true };
	struct launch l = {
		.options = &o, .machine = &m, .accel = { false, "max" }, .tsckhz = 1234567
	};

	(void)state;
	l.mode = MODE_COMMAND;
	assert_true(says(&l, " -machine microvm,acpi=off,rtc=on "));
	assert_true(says(&l, " -accel tcg -cpu max -smp 1 -m 99 "));
	assert_true(says(&l, " virtserialport,chardev=out,name=whittle.out "));
	assert_true(says(&l, " quiet "));
	assert_true(says(&l, " tsc_early_khz=1234567 "));
	assert_true(says(&l, " noapictimer "));
	assert_true(says(&l, " rdinit=/.whittle/session"));
	assert_true(says(&l, " -nic none "));
	assert_true(says(&l, " -initrd /proc/self/fd/10 "));
	assert_false(says(&l, "isa-serial"));
	assert_true(says(&l, ",max_ports=3 "));
	l.shells = true;
	assert_true(says(&l, ",max_ports=5 "));
	assert_true(says(&l, " virtserialport,chardev=shell,name=whittle.shell "));
	listadd(&o.qemuargs, "-s");
	assert_true(says(&l, ",max_ports=13 "));
	listfree(&o.qemuargs);
	o.guestinit = true;
	o.net = NET_ON;
	o.cpus = 2;
	assert_false(says(&l, "rdinit"));
	assert_true(says(&l, "virtio-net-device,netdev=net "));
	assert_false(says(&l, "noapictimer"));
	l.accel.kvm = true;
	assert_true(says(&l, " -accel kvm "));
	assert_false(says(&l, "tsc"));
}

/* Ports of other machines than PCs. */
static void says_other_ports(void **state)
{
	struct machine m = chooseof("mips", "auto", &elf, "CONFIG_RANDOMIZE_BASE=y\n", false);
	struct options o = { .qemu = "qemu", .cpus = 1, .debug = true };
	struct launch l = { .options = &o, .machine = &m, .accel = { false, NULL } };

	(void)state;
	l.mode = MODE_COMMAND;
	assert_true(says(
		&l, " -serial chardev:console -chardev socket,id=tty,fd=7 -serial chardev:tty "));
	assert_false(says(&l, " -cpu "));
	assert_true(says(&l, " nokaslr "));
	m = chooseof("mips", "auto", &elf, "CONFIG_NET=y\n", false);
	assert_false(says(&l, " nokaslr "));
	m = chooseof("mips", "auto", &elf, NULL, false);
	assert_true(says(&l, " nokaslr "));
	m = chooseof("sh4", "auto", &bz, NULL, false);
	assert_true(
		says(&l, " -serial null -chardev socket,id=console,fd=4 -serial chardev:console "));
	assert_true(says(&l, "'console=ttySC1,115200 panic=-1 noiotrap "));
	assert_false(says(&l, " nokaslr "));
	m = chooseof("s390x", "auto", &bz, NULL, false);
	assert_true(says(&l, " -device virtio-serial-ccw,max_ports=3 "));
	assert_true(says(&l, "'console=ttysclp0 panic=-1 "));
}

static void says_it_by_mode(void **state)
{
	struct machine m = choose("q35", &bz, NULL, true);
	struct options o = { .qemu = "qemu", .initramfs = "an initramfs", .cpus = 1 };
	struct launch l = { .options = &o, .machine = &m, .accel = { false, "max" } };

	(void)state;
	listadd(&o.qemuargs, "-s");
	bufputs(&o.append, "it's=mine");
	l.mode = MODE_TERMINAL;
	assert_true(says(&l, "fd=4,mux=on "));
	assert_true(says(&l, " -initrd 'an initramfs' "));
	assert_true(says(&l, ",romfile= "));
	assert_true(says(&l, " it'\\''s=mine' -s "));
	assert_false(says(&l, "quiet"));
	assert_false(says(&l, "rdinit"));
	assert_false(says(&l, "virtserialport"));
	l.mode = MODE_SHELL;
	assert_false(says(&l, "mux=on"));
	assert_true(says(&l, "rdinit=/.whittle/session"));
	l.mode = MODE_PROBE;
	assert_false(says(&l, "-initrd"));
	assert_false(says(&l, " -s "));
	listfree(&o.qemuargs);
	buffree(&o.append);
}

static int setup(void **state)
{
	char *why;

	(void)state;
	return archsload(&archs, &why);
}

static int teardown(void **state)
{
	(void)state;
	archsfree(&archs);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prefers_microvm),	  cmocka_unit_test(needs_acpi_to_turn_off),
		cmocka_unit_test(finds_devices_by_acpi),  cmocka_unit_test(takes_a_pc_otherwise),
		cmocka_unit_test(takes_what_others_have), cmocka_unit_test(names_the_machines),
		cmocka_unit_test(says_other_ports),	  cmocka_unit_test(says_why_not),
		cmocka_unit_test(says_it_to_qemu),	  cmocka_unit_test(says_it_by_mode),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
