// SPDX-License-Identifier: GPL-2.0-or-later
/* Places of code in lines of the kernel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "oops/code.h"

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

/* A line, and its place of code. */
struct told {
	const char *line, *name, *module, *buildid;
	uint64_t offset, size, address;
	bool exact, guess;
};

static const struct told names[] = {
	/* Stacks. */
	{ " vfs_write+0xc7/0x3f0", "vfs_write", "", "", 0xc7, 0x3f0, 0, false, false },
	{ " ? vfs_write+0xc7/0x3f0", "vfs_write", "", "", 0xc7, 0x3f0, 0, false, true },
	{ " f.isra.0+0x1/0x2 [null_blk]", "f.isra.0", "null_blk", "", 1, 2, 0, false, false },
	{ " f+0x1/0x2 [m 0123456789abcdef]", "f", "m", "0123456789abcdef", 1, 2, 0, false, false },
	{ " [<ffffffff81012345>] f+0x1/0x2", "f", "", "", 1, 2, 0xffffffff81012345, false, false },
	{ " [<ffffffff81012345>] ? f+0x1/0x2", "f", "", "", 1, 2, 0xffffffff81012345, false, true },
	{ "[c000000004a03c50] [c0000000000d2f94] f+0x1/0x2 (unreliable)", "f", "", "", 1, 2,
	  0xc0000000000d2f94, false, true },
	{ " [<000000000010fbb4>] f+0x1/0x2 ", "f", "", "", 1, 2, 0x10fbb4, false, false },
	{ "([<000000000010fbb4>] f+0x1/0x2)", "f", "", "", 1, 2, 0x10fbb4, false, false },
	{ "[<c0112345>] (show_stack) from [<c0118765>] (f+0x1/0x2)", "f", "", "", 1, 2, 0xc0118765,
	  false, false },
	{ " show_stack from f+0x1/0x2", "f", "", "", 1, 2, 0, false, false },
	{ "[<80012345>] f+0x1/0x2", "f", "", "", 1, 2, 0x80012345, false, false },
	/* The instruction. */
	{ "RIP: 0010:f+0x1/0x2", "f", "", "", 1, 2, 0, true, false },
	{ "RIP: 0010:[<ffffffff81012345>]  [<ffffffff81012345>] f+0x1/0x2", "f", "", "", 1, 2,
	  0xffffffff81012345, true, false },
	{ "EIP: f+0x1/0x2", "f", "", "", 1, 2, 0, true, false },
	{ "pc : f+0x1/0x2", "f", "", "", 1, 2, 0, true, false },
	{ "lr : f+0x1/0x2", "f", "", "", 1, 2, 0, false, false },
	{ "PC is at f+0x1/0x2", "f", "", "", 1, 2, 0, true, false },
	{ "LR is at f+0x1/0x2", "f", "", "", 1, 2, 0, false, false },
	{ "epc : f+0x1/0x2", "f", "", "", 1, 2, 0, true, false },
	{ " ra : f+0x1/0x2", "f", "", "", 1, 2, 0, false, false },
	{ "epc   : 80012345 f+0x1/0x2", "f", "", "", 1, 2, 0x80012345, true, false },
	{ "ra    : 80012345 f+0x1/0x2", "f", "", "", 1, 2, 0x80012345, false, false },
	{ "NIP [c0000000000d2f94] f+0x1/0x2", "f", "", "", 1, 2, 0xc0000000000d2f94, true, false },
	{ "LR [c0000000000d2f94] f+0x1/0x2", "f", "", "", 1, 2, 0xc0000000000d2f94, false, false },
	{ "Krnl PSW : 0704c00180000000 000000000010fbb4 (f+0x1/0x2)", "f", "", "", 1, 2, 0x10fbb4,
	  true, false },
	{ "PC: [<00012345>] f+0x1/0x2", "f", "", "", 1, 2, 0x12345, true, false },
	{ "WARNING: CPU: 0 PID: 1 at kernel/x.c:1 f+0x1/0x2 [m]", "f", "m", "", 1, 2, 0, true,
	  false },
	/* In words. */
	{ "BUG: KASAN: use-after-free in f+0x1/0x2", "f", "", "", 1, 2, 0, false, false },
	{ "  (&x){+.+.}-{3:3}, at: f+0x1/0x2", "f", "", "", 1, 2, 0, false, false },
	{ " f+0x0/0x2", "f", "", "", 0, 2, 0, true, false }, /* nothing is before it */
};

static void knows_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct told *t = &names[i];
		const char *next = t->line;
		struct code c;

		if (!codenext(t->line, &next, &c))
			fail_msg("nothing is found in '%s'", t->line);
		assert_string_equal(c.name, t->name);
		assert_string_equal(c.module, t->module);
		assert_string_equal(c.buildid, t->buildid);
		assert_int_equal(c.offset, t->offset);
		assert_int_equal(c.size, t->size);
		if (c.address != t->address || c.exact != t->exact || c.guess != t->guess)
			fail_msg("'%s': address %llx, exact %d, doubtful %d", t->line,
				 (unsigned long long)c.address, c.exact, c.guess);
		assert_false(codenext(t->line, &next, &c));
	}
}

static void knows_several(void **state)
{
	const char *line = "CFI failure at f+0x1/0x2 (target: g+0x0/0x3; expected)", *next = line;
	struct code c;

	(void)state;
	assert_true(codenext(line, &next, &c));
	assert_string_equal(c.name, "f");
	assert_true(codenext(line, &next, &c));
	assert_string_equal(c.name, "g");
	assert_true(c.exact);
	assert_false(codenext(line, &next, &c));
}

static void knows_addresses(void **state)
{
	static const struct told lines[] = {
		{ .line = " [<ffffffff81012345>]", .address = 0xffffffff81012345 },
		{ .line = " 0xffffffff81012345", .address = 0xffffffff81012345 },
		{ .line = " ? 0xffffffff81012345", .address = 0xffffffff81012345, .guess = true },
		{ .line = "RIP: 0010:0xffffffff81012345",
		  .address = 0xffffffff81012345,
		  .exact = true },
		{ .line = "pc : 0xffff800080012345", .address = 0xffff800080012345, .exact = true },
		{ .line = "PC is at 0xc0112345", .address = 0xc0112345, .exact = true },
		{ .line = "epc : 0xffffffff80012345",
		  .address = 0xffffffff80012345,
		  .exact = true },
		{ .line = "   PC: c0012345", .address = 0xc0012345, .exact = true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		const char *next = lines[i].line;
		struct code c;

		if (!codenext(lines[i].line, &next, &c))
			fail_msg("nothing is found in '%s'", lines[i].line);
		assert_string_equal(c.name, "");
		assert_int_equal(c.address, lines[i].address);
		assert_int_equal(c.exact, lines[i].exact);
		assert_int_equal(c.guess, lines[i].guess);
	}
}

static void knows_others(void **state)
{
	static const char *const lines[] = {
		"",
		"f+0x1",
		"f+0x/0x2",
		"f+0x3/0x2", /* behind its end */
		"+0x1/0x2",
		"1+0x1/0x2",
		"RAX: ffffffff81012345 RBX: 0000000000000000",
		"RSP: 0018:ffffc90000013e40 EFLAGS: 00010246",
		"epc : ffffffff80012345 ra : ffffffff80012345 sp : ff20000000013e40",
		"pc : [<c0112345>]    lr : [<c0112345>]    psr: 60000013",
		"Code: 0f 0b 48 89 df e8",
		"RIP: 0033:0x4cd95a",
		"f+0x11111111111111111/0x2",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		const char *next = lines[i];
		struct code c;

		if (codenext(lines[i], &next, &c))
			fail_msg("'%s' is found in '%s'", c.name, lines[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_names),
		cmocka_unit_test(knows_several),
		cmocka_unit_test(knows_addresses),
		cmocka_unit_test(knows_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
