// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: places of virtio devices on a PCI bus where only some slots have interrupts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "runqemu/slots.h"

static void device(struct strlist *argv, const char *text)
{
	listadd(argv, "-device");
	listadd(argv, text);
}

static void gives_places(void **state)
{
	struct strlist slots = { 0 }, argv = { 0 };

	(void)state;
	listadd(&slots, "12");
	device(&argv, "virtio-serial-pci,max_ports=3");
	device(&argv, "virtserialport,name=a-pci");
	device(&argv, "isa-serial");
	device(&argv, "virtio-blk-pci,drive=d,addr=15.0");
	listadd(&argv, "-append");
	listadd(&argv, "virtio-net-pci");
	device(&argv, "vhost-user-fs-pci,tag=t");
	slotsassign(&slots, &argv);
	assert_string_equal(argv.item[1],
			    "virtio-serial-pci,max_ports=3,addr=12.0,multifunction=on");
	assert_string_equal(argv.item[3], "virtserialport,name=a-pci");
	assert_string_equal(argv.item[5], "isa-serial");
	assert_string_equal(argv.item[7], "virtio-blk-pci,drive=d,addr=15.0");
	assert_string_equal(argv.item[9], "virtio-net-pci");
	assert_string_equal(argv.item[11], "vhost-user-fs-pci,tag=t,addr=12.1,multifunction=on");
	listfree(&argv);
	listfree(&slots);
}

static void goes_to_the_next_slot(void **state)
{
	struct strlist slots = { 0 }, argv = { 0 };

	(void)state;
	listadd(&slots, "12");
	listadd(&slots, "13");
	for (int i = 0; i < 17; i++)
		device(&argv, "virtio-rng-pci");
	slotsassign(&slots, &argv);
	assert_string_equal(argv.item[15], "virtio-rng-pci,addr=12.7,multifunction=on");
	assert_string_equal(argv.item[17], "virtio-rng-pci,addr=13.0,multifunction=on");
	assert_string_equal(argv.item[31], "virtio-rng-pci,addr=13.7,multifunction=on");
	assert_string_equal(argv.item[33], "virtio-rng-pci");
	listfree(&argv);
	listfree(&slots);
}

static void leaves_other_machines_alone(void **state)
{
	struct strlist slots = { 0 }, argv = { 0 };

	(void)state;
	device(&argv, "virtio-rng-pci");
	slotsassign(&slots, &argv);
	assert_string_equal(argv.item[1], "virtio-rng-pci");
	listfree(&argv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_places),
		cmocka_unit_test(goes_to_the_next_slot),
		cmocka_unit_test(leaves_other_machines_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
