// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: which files are kernels, and which of them QEMU can start without firmware. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "runqemu/kernelimage.h"

/* A vmlinux: its header, two segments, and notes. */
struct image {
	Elf64_Ehdr head;
	Elf64_Phdr segment[2];
	struct note {
		Elf64_Nhdr head;
		char owner[4];
		uint32_t desc[3];
	} first;
	struct {
		Elf64_Nhdr head;
		char owner[4];
		uint32_t entry[2];
	} pvh;
};

static struct image image(void)
{
	struct image i = { .head = { .e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64,
						  ELFDATA2LSB },
				     .e_phoff = offsetof(struct image, segment),
				     .e_phnum = 2 },
			   .segment = { { .p_type = PT_LOAD },
					{ .p_type = PT_NOTE,
					  .p_align = 4,
					  .p_offset = offsetof(struct image, first),
					  .p_filesz = sizeof(struct image) -
						      offsetof(struct image, first) } },
			   .first = { { 4, 12, 19 }, "Xen", { 1, 2, 3 } },
			   .pvh = { { 4, 8, 18 }, "Xen", { 0x1000000, 0 } } };

	return i;
}

static enum kerneltype typeof_image(const struct image *i)
{
	return kerneltype(i, sizeof(*i));
}

static void finds_the_note(void **state)
{
	struct image i = image();

	(void)state;
	assert_int_equal(typeof_image(&i), KERNEL_PVH);
	i.pvh.head.n_descsz = 4; /* as a 32-bit entry */
	assert_int_equal(typeof_image(&i), KERNEL_PVH);
}

static void wants_owner_and_type(void **state)
{
	struct image i = image();

	(void)state;
	i.pvh.head.n_type = 17;
	assert_int_equal(typeof_image(&i), KERNEL_ELF);
	i = image();
	memcpy(i.pvh.owner, "GNU", 4);
	assert_int_equal(typeof_image(&i), KERNEL_ELF);
	i = image();
	i.pvh.head.n_descsz = 0;
	assert_int_equal(typeof_image(&i), KERNEL_ELF);
	i = image();
	i.segment[1].p_type = PT_LOAD;
	assert_int_equal(typeof_image(&i), KERNEL_ELF);
}

/* Sizes that lie: nothing is read beyond the end (a checked build would tell). */
static void survives_damage(void **state)
{
	struct image good = image();

	(void)state;
	for (size_t len = 0; len < sizeof(good); len++) {
		void *part = malloc(len ? len : 1);

		memcpy(part, &good, len);
		assert_int_not_equal(kerneltype(part, len), KERNEL_BZIMAGE);
		assert_int_not_equal(kerneltype(part, len), KERNEL_PVH);
		free(part);
	}
	for (size_t at = 4; at < sizeof(good); at++) {
		struct image i = good;

		((unsigned char *)&i)[at] ^= 0xff;
		typeof_image(&i);
	}
	good.first.head.n_namesz = UINT32_MAX;
	assert_int_equal(typeof_image(&good), KERNEL_ELF);
	good = image();
	good.first.head.n_descsz = UINT32_MAX;
	assert_int_equal(typeof_image(&good), KERNEL_ELF);
	good = image();
	good.segment[1].p_filesz = UINT64_MAX;
	assert_int_equal(typeof_image(&good), KERNEL_ELF);
	good = image();
	good.head.e_phoff = UINT64_MAX - 8;
	assert_int_equal(typeof_image(&good), KERNEL_ELF);
}

static void tells_a_bzimage(void **state)
{
	char data[1024] = { 0 };

	(void)state;
	assert_int_equal(kerneltype(data, sizeof(data)), KERNEL_UNKNOWN);
	memcpy(data + 0x202, "HdrS", 4);
	assert_int_equal(kerneltype(data, sizeof(data)), KERNEL_BZIMAGE);
	assert_int_equal(kerneltype(data, 0x205), KERNEL_UNKNOWN);
}

static void reads_other_elf(void **state)
{
	Elf32_Ehdr head = { .e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS32,
					 ELFDATA2MSB } };
	struct kernelhead h;

	(void)state;
	assert_int_equal(kerneltype(&head, sizeof(head)), KERNEL_ELF);
	assert_int_equal(kerneltype(&head, sizeof(head) - 1), KERNEL_UNKNOWN);
	head.e_machine = (uint16_t)__builtin_bswap16(8);
	h = kernelhead(&head, sizeof(head));
	assert_int_equal(h.elf, 8);
	assert_int_equal(h.bits, 32);
	assert_true(h.big);
	head.e_ident[EI_CLASS] = 3;
	assert_int_equal(kerneltype(&head, sizeof(head)), KERNEL_UNKNOWN);
	head.e_ident[EI_CLASS] = ELFCLASS32;
	head.e_ident[EI_DATA] = 0;
	assert_int_equal(kerneltype(&head, sizeof(head)), KERNEL_UNKNOWN);
}

/* A vmlinux of 32 bits, big-endian, that is linked at a virtual address. */
static void knows_what_memory_another_vmlinux_needs(void **state)
{
	struct {
		Elf32_Ehdr head;
		Elf32_Phdr segment[2];
	} i = { .head = { .e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS32,
				       ELFDATA2MSB } } };

	(void)state;
	i.head.e_phoff = __builtin_bswap32(sizeof(i.head));
	i.head.e_phnum = __builtin_bswap16(2);
	i.segment[0].p_type = i.segment[1].p_type = __builtin_bswap32(PT_LOAD);
	i.segment[0].p_paddr = __builtin_bswap32(0x80100000);
	i.segment[0].p_memsz = __builtin_bswap32(0x1000);
	i.segment[1].p_paddr = __builtin_bswap32(0x80200000);
	i.segment[1].p_memsz = __builtin_bswap32(0x345);
	assert_int_equal(kernelreach(&i, sizeof(i)), 0x1345);
	assert_int_equal(kernelreach(&i, sizeof(i.head)), 0);
}

static void knows_what_memory_a_vmlinux_needs(void **state)
{
	struct image i = image();

	(void)state;
	i.segment[0].p_paddr = 0x1000000;
	i.segment[0].p_memsz = 0x234567;
	assert_int_equal(kernelreach(&i, sizeof(i)), 0x1234567);
	/* Without a PVH entry it says nothing about the memory below. */
	i.segment[1].p_type = PT_LOAD;
	i.segment[1].p_paddr = 0x100000;
	i.segment[1].p_memsz = 0x1000;
	assert_int_equal(kernelreach(&i, sizeof(i)), 0x235567);
	i.segment[0].p_memsz = UINT64_MAX; /* beyond all memory: no such segment */
	assert_int_equal(kernelreach(&i, sizeof(i)), 0x1000);
	assert_int_equal(kernelreach(&i, sizeof(i.head)), 0);
}

static void knows_what_memory_a_bzimage_needs(void **state)
{
	static const unsigned char reach[] = { 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xa0, 0 };
	unsigned char head[0x300] = { 0 };

	(void)state;
	memcpy(head + 0x202, "HdrS", 4);
	memcpy(head + 0x258, reach, sizeof(reach));
	head[0x206] = 0x0f;
	head[0x207] = 2;
	assert_int_equal(kernelreach(head, sizeof(head)), 0x1a00000);
	assert_int_equal(kernelreach(head, 0x263), 0);
	head[0x206] = 9; /* it did not tell yet */
	assert_int_equal(kernelreach(head, sizeof(head)), 0);
	assert_int_equal(kernelreach("no kernel", 9), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_note),
		cmocka_unit_test(wants_owner_and_type),
		cmocka_unit_test(survives_damage),
		cmocka_unit_test(tells_a_bzimage),
		cmocka_unit_test(reads_other_elf),
		cmocka_unit_test(knows_what_memory_another_vmlinux_needs),
		cmocka_unit_test(knows_what_memory_a_vmlinux_needs),
		cmocka_unit_test(knows_what_memory_a_bzimage_needs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
