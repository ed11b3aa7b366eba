// SPDX-License-Identifier: GPL-2.0-or-later
/* Descriptions of architectures: the reader, and those that the tree has. */
#include <stdlib.h>
#include <string.h>

#include "arch/arch.h"
#include "scratch.h"

/* One that is complete. */
#define HEAD                                                                                       \
	"# a comment = with a sign\n"                                                              \
	"arch.title = An architecture\n"                                                           \
	"arch.bits=64\n"                                                                           \
	"\tarch.endian\t=  big \t\n"                                                               \
	"arch.elf = 4711\n"                                                                        \
	"arch.cross = one-linux-\n"                                                                \
	"arch.musl = one\narch.loader = ld-one.so.1\narch.triplet = one-linux-musl\n"              \
	"arch.cmake = one\narch.meson = one\narch.host = one uno\n"                                \
	"arch.kernel = one\narch.srcarch = uno\narch.symbols = ONE\n"                              \
	"arch.append =\n"                                                                          \
	"arch.qemu = qemu-one\n"
#define IMAGE                                                                                      \
	"arch.target = Image\narch.image = arch/uno/boot/Image\narch.magic = 3 00ff\n"             \
	"arch.size = 8 4\n"
#define MACHINES "arch.machines = first second\n"
#define MACHINE(name)                                                                              \
	"machine." name ".qemu = " name ",x=y\nmachine." name ".kernel = vmlinux\n"                \
	"machine." name ".bus = device\nmachine." name ".needs = VIRTIO\n"                         \
	"machine." name ".console = tty0\n"
#define GOOD HEAD IMAGE MACHINES MACHINE("second") MACHINE("first")

static void reads_all(void **state)
{
	struct arch a;
	char *why;

	(void)state;
	assert_int_equal(archparse(&a, "some/where/one.arch", GOOD, &why), 0);
	assert_null(why);
	assert_string_equal(a.name, "one");
	assert_string_equal(a.title, "An architecture");
	assert_int_equal(a.bits, 64);
	assert_true(a.big);
	assert_int_equal(a.elf, 4711);
	assert_int_equal(a.host.len, 2);
	assert_string_equal(a.host.item[1], "uno");
	assert_null(a.append);
	assert_int_equal(a.machines, 2);
	assert_string_equal(a.machine[0].name, "first");
	assert_string_equal(a.machine[1].qemu, "second,x=y");
	assert_ptr_equal(archmachine(&a, "second"), &a.machine[1]);
	assert_null(archmachine(&a, "third"));
	archfree(&a);
}

static void knows_its_image(void **state)
{
	static const unsigned char image[] = { 1, 2, 3, 0, 0xff, 6, 7, 8, 0, 1, 2, 3 };
	struct arch a;
	char *why;

	(void)state;
	assert_int_equal(archparse(&a, "one.arch", GOOD, &why), 0);
	assert_true(archhasmagic(&a, image, sizeof(image)));
	assert_true(archhasmagic(&a, image, 5));
	assert_false(archhasmagic(&a, image, 4));
	assert_false(archhasmagic(&a, image + 1, sizeof(image) - 1));
	assert_int_equal(archsize(&a, image, sizeof(image)), 0x010203);
	assert_int_equal(archsize(&a, image, sizeof(image) - 1), 0);
	archfree(&a);
	assert_int_equal(archparse(&a, "one.arch", HEAD "arch.machines = m\n" MACHINE("m"), &why),
			 0);
	assert_false(archhasmagic(&a, image, sizeof(image)));
	assert_int_equal(archsize(&a, image, sizeof(image)), 0);
	archfree(&a);
}

/* Text is refused with that message. */
static void refuses(const char *text, const char *want)
{
	struct arch a;
	char *why;

	assert_int_equal(archparse(&a, "one.arch", text, &why), -1);
	assert_string_equal(why, want);
	free(why);
	archfree(&a);
}

static void names_the_line(void **state)
{
	(void)state;
	refuses("arch.title = x\n\narch.bit = 64\n", "one.arch:3: arch.bit: there is no such key");
	refuses("title = x\n", "one.arch:1: title: there is no such key");
	refuses("machine.x.y = 1\n", "one.arch:1: machine.x.y: there is no such key");
	refuses("machine.x = 1\n", "one.arch:1: machine.x: a machine's key is machine.NAME.KEY");
	refuses("machine..qemu = 1\n",
		"one.arch:1: machine..qemu: a machine's key is machine.NAME.KEY");
	refuses("arch.title\n", "one.arch:1: arch.title: expected 'key = value'");
	refuses("= x\n", "one.arch:1: : there is no such key");
	refuses("arch.title = a\narch.title = b\n",
		"one.arch:2: arch.title: it has this key already");
	refuses("arch.title = a\001\n", "one.arch:1: arch.title = a\001: a control character");
	refuses("arch.title = a$(b)\n",
		"one.arch:1: arch.title: make reads this file too: a value can have no $, # or backslash");
	refuses("arch.title = a # b\n",
		"one.arch:1: arch.title: make reads this file too: a value can have no $, # or backslash");
}

static void wants_what_is_required(void **state)
{
	(void)state;
	refuses("", "one.arch: arch.title is missing");
	refuses("arch.title =\n", "one.arch: arch.title is missing");
	refuses(HEAD, "one.arch: arch.machines is missing");
	refuses(HEAD "arch.target = x\n" MACHINES MACHINE("first") MACHINE("second"),
		"one.arch: of arch.target and arch.image one is missing");
	refuses(HEAD MACHINES MACHINE("first"), "one.arch: machine.second.qemu is missing");
	refuses(GOOD MACHINE("third"),
		"one.arch: arch.machines does not name third, of which there are keys");
	refuses(GOOD "machine.first.serial = serial\n", "one.arch: machine.first.tty is missing");
	refuses(GOOD "machine.first.variant = third\n",
		"one.arch: machine.first.variant names third, which is no machine");
	refuses(HEAD "arch.machines = m\nmachine.m.qemu = m\nmachine.m.kernel = image\n"
		     "machine.m.bus = pci\nmachine.m.needs = X\nmachine.m.console = c\n",
		"one.arch: the machine m boots an image, and there is no arch.image");
}

static void wants_good_values(void **state)
{
	(void)state;
	refuses(GOOD "arch.nokaslr = n\n", "one.arch: arch.nokaslr is y, not 'n'");
	refuses(GOOD "arch.static = n\n", "one.arch: arch.static is y, not 'n'");
	refuses(GOOD "arch.lacks = a_1 b-2\n",
		"one.arch: arch.lacks has words of small letters, digits and _, not 'b-2'");
	refuses(GOOD "arch.llvm = n\n", "one.arch: arch.llvm is y, not 'n'");
	refuses(GOOD "machine.first.known = n\n", "one.arch: machine.first.known is y, not 'n'");
	refuses(GOOD "machine.first.skip = a\n",
		"one.arch: machine.first.skip is a number up to 9, not 'a'");
	refuses(GOOD "machine.first.kernel = uImage\n",
		"one.arch: machine.first.kernel is image, vmlinux or pvh, not 'uImage'");
	refuses(GOOD "machine.first.serial = usb\nmachine.first.tty = x\n",
		"one.arch: machine.first.serial is isa-serial or serial, not 'usb'");
	refuses(HEAD "arch.target = x\narch.image = x\narch.magic = 1 0\n" MACHINES,
		"one.arch: arch.magic is an offset and bytes in hex");
	refuses(HEAD "arch.target = x\narch.image = x\narch.magic = x 00\n" MACHINES,
		"one.arch: arch.magic is an offset and bytes in hex");
	refuses(HEAD "arch.size = 1 9\n" MACHINES,
		"one.arch: arch.size is an offset and a number of bytes up to 8");
}

static void finds_them(void **state)
{
	struct archs all = { 0 };
	const struct arch *a;
	char *why;
	size_t len;

	(void)state;
	assert_int_equal(archsload(&all, &why), 0);
	len = all.len;
	a = archfind(&all, "s390x", &why);
	assert_non_null(a);
	assert_ptr_equal(archofelf(&all, a->elf, a->bits, a->big), a);
	assert_null(archofelf(&all, a->elf, a->bits, !a->big));
	assert_null(archfind(&all, "one", &why));
	assert_null(why);
	assert_null(archfind(&all, "./one.arch", &why));
	assert_string_equal(why, "cannot read ./one.arch: No such file or directory");
	free(why);
	put("one.arch", "x\n");
	assert_null(archfind(&all, "./one.arch", &why));
	assert_string_equal(why, "./one.arch:1: x: expected 'key = value'");
	free(why);
	assert_int_equal(all.len, len);
	put("one.arch", GOOD);
	a = archfind(&all, "./one.arch", &why);
	assert_string_equal(a->name, "one");
	assert_ptr_equal(archofelf(&all, 4711, 64, true), a);
	assert_int_equal(all.len, len + 1);
	archsfree(&all);
}

/* Those of the tree: none has a program that another one has. */
static void the_trees_are_good(void **state)
{
	struct archs all = { 0 };
	char *why;

	(void)state;
	if (archsload(&all, &why) < 0)
		fail_msg("%s", why);
	assert_true(all.len >= 12);
	for (size_t i = 0; i < all.len; i++) {
		const struct arch *a = &all.item[i];

		assert_ptr_equal(archofelf(&all, a->elf, a->bits, a->big), a);
		assert_true(a->apt.len > 0);
		assert_null(a->machine[0].variant);
		assert_true(!i || strcmp(all.item[i - 1].name, a->name) < 0);
	}
	archsfree(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_all),	      cmocka_unit_test(knows_its_image),
		cmocka_unit_test(names_the_line),     cmocka_unit_test(wants_what_is_required),
		cmocka_unit_test(wants_good_values),  cmocka_unit_test(finds_them),
		cmocka_unit_test(the_trees_are_good),
	};

	return cmocka_run_group_tests(tests, scratchmake, scratchremove);
}
