// SPDX-License-Identifier: GPL-2.0-or-later
/* mkinitramfs: what ELF files and first lines of scripts say, good and hostile ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <elf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../../fuzz/elf.c"
#include "base/buf.h"

#define BASE 0x10000 /* where the file is loaded */

/* A file being made: of 64 bits or 32, most significant byte first or last. */
struct maker {
	struct buf out;
	bool wide, big;
};

/* What goes into the sample, and where it is there. */
struct layout {
	size_t headers, interp, dynamic, strings; /* offsets */
	size_t headersize, dynsize;		  /* bytes of one */
};

static const char interp[] = "/lib/ld.so";
static const char strings[] = "\0libone.so\0libtwo.so\0/run\0/path"; /* at 1, 11, 21, 26 */

static void put(struct maker *m, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		bufputc(&m->out, (char)(value >> 8 * (m->big ? size - 1 - i : i)));
}

/* A number of the class's size. */
static void putword(struct maker *m, uint64_t value)
{
	put(m, value, m->wide ? 8 : 4);
}

static struct layout layoutof(const struct maker *m)
{
	struct layout l = { .headers = m->wide ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr),
			    .headersize = m->wide ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr),
			    .dynsize = m->wide ? sizeof(Elf64_Dyn) : sizeof(Elf32_Dyn) };

	l.interp = l.headers + 3 * l.headersize;
	l.dynamic = l.interp + sizeof(interp);
	l.strings = l.dynamic + 6 * l.dynsize;
	return l;
}

static void puthead(struct maker *m, const struct layout *l)
{
	const char ident[EI_NIDENT] = { ELFMAG0,
					ELFMAG1,
					ELFMAG2,
					ELFMAG3,
					m->wide ? ELFCLASS64 : ELFCLASS32,
					m->big ? ELFDATA2MSB : ELFDATA2LSB,
					EV_CURRENT };

	bufadd(&m->out, ident, sizeof(ident));
	put(m, ET_DYN, 2);
	put(m, EM_RISCV, 2);
	put(m, EV_CURRENT, 4);
	putword(m, 0);		/* e_entry */
	putword(m, l->headers); /* e_phoff */
	putword(m, 0);		/* e_shoff */
	put(m, 0, 4);		/* e_flags */
	put(m, l->headers, 2);	/* e_ehsize */
	put(m, l->headersize, 2);
	put(m, 3, 2); /* e_phnum */
	put(m, 0, 2); /* e_shentsize */
	put(m, 0, 2); /* e_shnum */
	put(m, 0, 2); /* e_shstrndx */
}

static void putheader(struct maker *m, uint32_t type, uint64_t at, uint64_t size)
{
	put(m, type, 4);
	if (m->wide)
		put(m, 0, 4); /* p_flags */
	putword(m, at);
	putword(m, BASE + at); /* p_vaddr */
	putword(m, BASE + at); /* p_paddr */
	putword(m, size);
	putword(m, size); /* p_memsz */
	if (!m->wide)
		put(m, 0, 4);
	putword(m, 1); /* p_align */
}

static void putdynamic(struct maker *m, uint64_t tag, uint64_t value)
{
	putword(m, tag);
	putword(m, value);
}

/* A program that needs two libraries and has both paths. */
static struct maker sample(bool wide, bool big)
{
	struct maker m = { .wide = wide, .big = big };
	struct layout l = layoutof(&m);

	puthead(&m, &l);
	putheader(&m, PT_LOAD, 0, l.strings + sizeof(strings));
	putheader(&m, PT_INTERP, l.interp, sizeof(interp));
	putheader(&m, PT_DYNAMIC, l.dynamic, 6 * l.dynsize);
	bufadd(&m.out, interp, sizeof(interp));
	putdynamic(&m, DT_NEEDED, 1);
	putdynamic(&m, DT_RPATH, 26);
	putdynamic(&m, DT_NEEDED, 11);
	putdynamic(&m, DT_RUNPATH, 21);
	putdynamic(&m, DT_STRTAB, BASE + l.strings);
	putdynamic(&m, DT_NULL, 0);
	bufadd(&m.out, strings, sizeof(strings));
	return m;
}

/* What is read from it, as text; the file is gone after it. */
static void reads(struct maker *m, const char *want)
{
	struct elf e = { 0 };
	struct buf got = { 0 };
	const char *why = elfread(&e, m->out.data, m->out.len);

	if (why) {
		bufputs(&got, why);
	} else {
		bufprintf(&got, "%d %d %d %s %s%s", e.class, e.order, e.machine,
			  e.interp ? e.interp : "-", e.runpath ? "run " : "",
			  e.path ? e.path : "-");
		for (size_t i = 0; i < e.needed.len; i++)
			bufprintf(&got, " %s", e.needed.item[i]);
	}
	assert_string_equal(bufstr(&got), want);
	elffree(&e);
	buffree(&got);
	buffree(&m->out);
}

/* Overwrite what is at that offset. */
static void change(struct maker *m, size_t at, uint64_t value, size_t size)
{
	struct maker bytes = { .big = m->big };

	put(&bytes, value, size);
	assert_true(at + size <= m->out.len);
	memcpy(m->out.data + at, bytes.out.data, size);
	buffree(&bytes.out);
}

static void reads_both_sizes_and_orders(void **state)
{
	static const char *const want[] = {
		"1 1 243 /lib/ld.so run /run libone.so libtwo.so",
		"1 2 243 /lib/ld.so run /run libone.so libtwo.so",
		"2 1 243 /lib/ld.so run /run libone.so libtwo.so",
		"2 2 243 /lib/ld.so run /run libone.so libtwo.so",
	};

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		struct maker m = sample(i & 2, i & 1);

		reads(&m, want[i]);
	}
}

static void an_rpath_counts_alone(void **state)
{
	struct maker m = sample(true, false);
	struct layout l = layoutof(&m);

	(void)state;
	change(&m, l.dynamic + 3 * l.dynsize, DT_DEBUG, 8);
	reads(&m, "2 1 243 /lib/ld.so /path libone.so libtwo.so");
}

static void what_cannot_be_run_needs_nothing(void **state)
{
	struct maker object = sample(true, false), plain = sample(true, false);

	(void)state;
	change(&object, 16, ET_REL, 2);
	reads(&object, "2 1 243 - -");
	change(&plain, 56, 0, 2);
	reads(&plain, "2 1 243 - -");
}

/* A change of the 64 bit sample, and what is said of it. */
struct hostile {
	size_t at;
	uint64_t value;
	size_t size; /* bytes to change */
	const char *want;
};

static void tells_what_is_wrong(void **state)
{
	struct maker m = { .wide = true };
	struct layout l = layoutof(&m);
	const size_t load = l.headers, pi = load + l.headersize, pd = pi + l.headersize;
	const struct hostile changes[] = {
		{ 4, 3, 1, "it is neither of 32 nor of 64 bits, or of no byte order" },
		{ 5, 0, 1, "it is neither of 32 nor of 64 bits, or of no byte order" },
		{ 32, UINT64_MAX, 8, "its program headers lie beyond its end" },
		{ 32, UINT64_MAX - 55, 8, "its program headers lie beyond its end" },
		{ 54, 1, 2, "its program headers have no size that is known" },
		{ 56, 0xffff, 2, "its program headers lie beyond its end" },
		{ pi + 8, UINT64_MAX, 8, "its interpreter's name lies beyond its end" },
		{ pi + 32, UINT64_MAX, 8, "its interpreter's name lies beyond its end" },
		{ pi + 32, 4, 8, "its interpreter's name does not end" },
		{ pi + 32, 0, 8, "2 1 243 - run /run libone.so libtwo.so" },
		{ pd + 8, UINT64_MAX - 8, 8, "its dynamic section lies beyond its end" },
		{ pd + 32, UINT64_MAX, 8, "its dynamic section lies beyond its end" },
		{ pd + 32, 0, 8, "2 1 243 /lib/ld.so -" },
		{ pd + 32, 15, 8, "2 1 243 /lib/ld.so -" },
		{ load + 8, UINT64_MAX, 8, "its path for libraries lies beyond its end" },
		{ load + 32, 1, 8, "its path for libraries lies beyond its end" },
		{ l.dynamic + 8, UINT64_MAX, 8, "a library's name lies beyond its end" },
		{ l.dynamic + 3 * l.dynsize + 8, 5000, 8,
		  "its path for libraries lies beyond its end" },
		{ l.dynamic + 4 * l.dynsize, DT_DEBUG, 8,
		  "its path for libraries lies beyond its end" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		m = sample(true, false);
		change(&m, changes[i].at, changes[i].value, changes[i].size);
		reads(&m, changes[i].want);
	}
}

static void too_many_libraries(void **state)
{
	struct maker m = { .wide = true };
	struct layout l = layoutof(&m);

	(void)state;
	m = sample(true, false);
	change(&m, l.headers + 2 * l.headersize + 8, m.out.len, 8);
	change(&m, l.headers + 2 * l.headersize + 32, 4098 * l.dynsize, 8);
	for (size_t i = 0; i < 4097; i++)
		putdynamic(&m, DT_NEEDED, 1);
	putdynamic(&m, DT_STRTAB, BASE + l.strings);
	reads(&m, "it names more than 4096 libraries");
}

static void names_too_long_for_a_path(void **state)
{
	struct maker m = sample(true, false);
	struct layout l = layoutof(&m);
	size_t at = l.headers + l.headersize;

	(void)state;
	change(&m, at + 8, m.out.len, 8);
	change(&m, at + 32, 4097, 8);
	for (size_t i = 0; i < 4096; i++)
		bufputc(&m.out, 'x');
	bufputc(&m.out, '\0');
	reads(&m, "its interpreter's name does not end");
}

/* In memory of that very size, for the address sanitizer. */
static void run(const struct buf *b, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	assert_non_null(copy);
	memcpy(copy, b->data, len);
	assert_int_equal(LLVMFuzzerTestOneInput(copy, len), 0);
	free(copy);
}

static void any_bytes_will_do(void **state)
{
	static const unsigned char odd[] = { 0, 1, 0x7f, 0x80, 0xff };

	(void)state;
	for (unsigned kind = 0; kind < 4; kind++) {
		struct maker m = sample(kind & 2, kind & 1);

		for (size_t at = 0; at < m.out.len; at++) {
			char was = m.out.data[at];

			run(&m.out, at);
			for (size_t i = 0; i < sizeof(odd); i++) {
				m.out.data[at] = (char)odd[i];
				run(&m.out, m.out.len);
			}
			m.out.data[at] = was;
		}
		buffree(&m.out);
	}
}

static void machines_differ(void **state)
{
	const struct elf a = { .class = ELFCLASS64, .order = ELFDATA2LSB, .machine = EM_X86_64 };
	const struct elf b = { .class = ELFCLASS32, .order = ELFDATA2LSB, .machine = EM_X86_64 };
	const struct elf c = { .class = ELFCLASS32, .order = ELFDATA2MSB, .machine = 4711 };
	char *text = elfdifference(&c, &a);

	(void)state;
	assert_true(elfsame(&a, &a));
	assert_false(elfsame(&a, &b));
	assert_false(elfsame(&b, &c));
	assert_string_equal(text,
			    "is for another machine (machine 4711, 32 bit, big-endian, not x86_64, "
			    "64 bit, little-endian)");
	free(text);
}

/* The first line's interpreter, argument, and what env is to run. */
static void line(const char *text, size_t len, const char *want)
{
	struct shebang s = { 0 };
	struct buf got = { 0 };
	const char *why = shebangread(&s, text, len);
	char *program = why ? NULL : shebangenv(&s);

	bufprintf(&got, "%s|%s|%s", why ? why : s.interp, s.arg ? s.arg : "",
		  program ? program : "");
	assert_string_equal(bufstr(&got), want);
	free(program);
	shebangfree(&s);
	buffree(&got);
}

static void reads_first_lines(void **state)
{
	static const char *const lines[][2] = {
		{ "#!/bin/sh", "/bin/sh||" },
		{ "#! \t /bin/sh\nx", "/bin/sh||" },
		{ "#!/bin/sh -e -u \t\n", "/bin/sh|-e -u|" },
		{ "#!/bin/sh\r\n", "/bin/sh\r||" },
		{ "#!\n/bin/sh\n", "its first line names no interpreter||" },
		{ "#!", "its first line names no interpreter||" },
		{ "#!/usr/bin/env perl\n", "/usr/bin/env|perl|perl" },
		{ "#!/usr/bin/env perl -w\n", "/usr/bin/env|perl -w|perl -w" },
		{ "#!/usr/bin/env -S perl -w\n", "/usr/bin/env|-S perl -w|perl" },
		{ "#!/usr/bin/env -Sperl\n", "/usr/bin/env|-Sperl|perl" },
		{ "#!/bin/env -S -i A=b  awk\t-f\n", "/bin/env|-S -i A=b  awk\t-f|awk" },
		{ "#!/bin/env -S\n", "/bin/env|-S|" },
		{ "#!/bin/env -i\n", "/bin/env|-i|" },
		{ "#!/bin/env\n", "/bin/env||" },
		{ "#!/bin/environ perl\n", "/bin/environ|perl|" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		line(lines[i][0], strlen(lines[i][0]), lines[i][1]);
	assert_true(shebangis("#!", 2));
	assert_false(shebangis("#", 1));
	assert_false(shebangis(" #!", 3));
}

static void reads_256_bytes(void **state)
{
	static const char *const limit =
		"its first line is longer than the 256 bytes that the kernel reads||";
	char text[SHEBANG_LIMIT], want[SHEBANG_LIMIT + 8] = "";

	(void)state;
	memset(text, 'x', sizeof(text));
	memcpy(text, "#!", 2);
	line(text, sizeof(text), limit);
	memcpy(want, text + 2, sizeof(text) - 3);
	memcpy(want + sizeof(text) - 3, "||", 3);
	text[SHEBANG_LIMIT - 1] = '\n';
	line(text, sizeof(text), want);
	memset(text + 2, ' ', sizeof(text) - 2);
	line(text, sizeof(text), limit);
	memcpy(text + 2, "/bin/sh", 7); /* just an argument is cut */
	line(text, sizeof(text), "/bin/sh||");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_both_sizes_and_orders),
		cmocka_unit_test(an_rpath_counts_alone),
		cmocka_unit_test(what_cannot_be_run_needs_nothing),
		cmocka_unit_test(tells_what_is_wrong),
		cmocka_unit_test(too_many_libraries),
		cmocka_unit_test(names_too_long_for_a_path),
		cmocka_unit_test(any_bytes_will_do),
		cmocka_unit_test(machines_differ),
		cmocka_unit_test(reads_first_lines),
		cmocka_unit_test(reads_256_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
