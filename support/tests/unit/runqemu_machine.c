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

static const struct kernels both = { .bzimage = "bz", .vmlinux = "vm" }, bz = { .bzimage = "bz" },
			    vm = { .vmlinux = "vm" }, elf = { .elf = "elf" };

/* config NULL: not known. */
static struct machine choose(const char *wish, const struct kernels *k, const char *config,
			     bool poweroff)
{
	struct ikconfig c = { 0 };
	char *text = config ? xstrdup(config) : NULL;
	struct machine m;

	ikconfigparse(&c, text);
	assert_null(machinechoose(&m, wish, k, &c, poweroff));
	free(text);
	ikconfigfree(&c);
	return m;
}

static void prefers_microvm(void **state)
{
	struct machine m = choose("auto", &both, full, false);

	(void)state;
	assert_string_equal(m.type, "microvm");
	assert_string_equal(m.kernel, "vm");
	assert_string_equal(m.bus, "device");
	assert_false(m.acpi);
	assert_true(m.pctimers);
	assert_true(m.virtio);
	assert_true(m.net);
	assert_false(m.uart);
}

static void needs_acpi_to_turn_off(void **state)
{
	struct machine m = choose("auto", &both, full, true);

	(void)state;
	assert_string_equal(m.type, "microvm");
	assert_true(m.acpi);
	assert_false(m.pctimers);
	m = choose("auto", &vm, "CONFIG_VIRTIO_MMIO=y\n", true);
	assert_false(m.acpi);
}

static void finds_devices_by_acpi(void **state)
{
	struct machine m;

	(void)state;
	m = choose("auto", &vm, "CONFIG_ACPI=y\nCONFIG_VIRTIO_MMIO=y\nCONFIG_VIRTIO_CONSOLE=y\n",
		   false);
	assert_true(m.acpi);
	assert_true(m.virtio);
	assert_false(m.net);
	m = choose("auto", &vm, "CONFIG_VIRTIO_MMIO=y\nCONFIG_VIRTIO_CONSOLE=y\n", false);
	assert_false(m.acpi);
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
	why = machinechoose(&m, "auto", &elf, &c, false);
	assert_non_null(strstr(why, "elf has no PVH entry"));
	free(why);
	why = machinechoose(&m, "microvm", &bz, &c, false);
	assert_non_null(strstr(why, "CONFIG_PVH"));
	free(why);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prefers_microvm),	 cmocka_unit_test(needs_acpi_to_turn_off),
		cmocka_unit_test(finds_devices_by_acpi), cmocka_unit_test(takes_a_pc_otherwise),
		cmocka_unit_test(says_why_not),		 cmocka_unit_test(says_it_to_qemu),
		cmocka_unit_test(says_it_by_mode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
