// SPDX-License-Identifier: GPL-2.0-or-later
/* kbuild's records: what is read of them, and which commands are known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fs/snapshot.h"
#include "replay/cmdfile.h"
#include "replay/form.h"
#include "replay/makefiles.h"
#include "replay/role.h"
#include "replay/submake.h"

#define DEPS                                                                                       \
	"source_a/b.o := /src/a/b.c\n\ndeps_a/b.o := \\\n    $(wildcard include/config/SMP) \\\n"  \
	"  /src/include/x.h \\\n  include/generated/y.h \\\n\na/b.o: $(deps_a/b.o)\n\n"            \
	"$(deps_a/b.o):\n"
#define CC "gcc -Wp,-MMD,a/.b.o.d -DX='\"a;b\"' -c -o a/b.o /src/a/b.c"

static struct cmdfile record(const char *target, const char *text)
{
	struct cmdfile c = { .target = xstrdup(target) };

	bufputs(&c.text, text);
	return c;
}

static void drop(struct cmdfile *c)
{
	free(c->target);
	free(c->dep);
	buffree(&c->text);
}

static void reads(void **state)
{
	struct cmdfile c = record("a/b.o", "savedcmd_a/b.o := echo $$x $(pound)y\n\n" DEPS
					   "\na/b.o: $(wildcard ./tools/objtool/objtool)\n");
	char *command;

	(void)state;
	assert_true(cmdfileparse(&c));
	assert_string_equal(c.source, "/src/a/b.c");
	assert_int_equal(c.deps, 2);
	assert_int_equal(c.dep[0].len, strlen("/src/include/x.h"));
	assert_memory_equal(c.dep[1].path, "include/generated/y.h", c.dep[1].len);
	assert_string_equal(c.tail, "\na/b.o: $(wildcard ./tools/objtool/objtool)\n");
	command = cmdfilecommand(&c);
	assert_string_equal(command, "echo $x #y");
	free(command);
	drop(&c);

	c = record("a/built-in.a", "cmd_a/built-in.a := rm -f a/built-in.a\n");
	assert_true(cmdfileparse(&c));
	assert_string_equal(c.name, "cmd");
	assert_null(c.source);
	assert_string_equal(c.tail, "");
	drop(&c);
}

static void refuses(void **state)
{
	static const char *const bad[] = {
		"",
		"savedcmd_a/b.o\n",
		"other_a/b.o := x\n",
		"savedcmd_a/b.o := x\n\nsource_a/b.o := y\n",
		"savedcmd_a/b.o := x\n\nsource_a/b.o := y\n\ndeps_a/c.o := \\\n",
		"savedcmd_a/b.o := x\n\nsource_a/b.o := y\n\ndeps_a/b.o := \\\n  z \\\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct cmdfile c = record("a/b.o", bad[i]);

		assert_false(cmdfileparse(&c));
		drop(&c);
	}
}

static enum form formof(const char *target, const char *command, const char *rest,
			struct strlist *members)
{
	char *text = xasprintf("savedcmd_%s := %s\n%s%s", target, command, *rest ? "\n" : "", rest);
	struct cmdfile c = record(target, text);
	const struct programs by = { "gcc", "ar", "ld", "nm" };
	enum form form;

	assert_true(cmdfileparse(&c));
	form = commandform(&c, &by, members);
	drop(&c);
	free(text);
	return form;
}

static void compiles(void **state)
{
	static const char *const other[] = {
		CC " ; rm x",
		CC " ; ./tools/objtool/objtool --orc a/c.o",
		CC " ; ./tools/objtool/objtool --orc a/b.o; rm x a/b.o",
		CC " -x",
		"x; " CC,
		"cc -Wp,-MMD,a/.b.o.d -c -o a/b.o /src/a/b.c",
		"gcc -c -o a/b.o /src/a/b.c",
		"gcc -Wp,-MMD,a/.b.o.d -c -o a/c.o /src/a/b.c",
		"gcc -Wp,-MMD,a/.b.o.d -I`pwd` -c -o a/b.o /src/a/b.c",
	};

	(void)state;
	assert_int_equal(formof("a/b.o", CC, DEPS, NULL), FORM_COMPILE);
	assert_int_equal(formof("a/b.o", CC "  ; ./tools/objtool/objtool --orc   a/b.o", DEPS,
				NULL),
			 FORM_COMPILE);
	assert_int_equal(formof("a/b.o", CC, "", NULL), FORM_OTHER);
	for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++)
		assert_int_equal(formof("a/b.o", other[i], DEPS, NULL), FORM_OTHER);
}

static void archives(void **state)
{
	struct strlist m = { 0 };

	(void)state;
	assert_int_equal(formof("a/built-in.a",
				"rm -f a/built-in.a;  printf \"a/%s \" b.o c/built-in.a | xargs ar "
				"cDPrST a/built-in.a",
				"", &m),
			 FORM_ARCHIVE);
	assert_int_equal(m.len, 2);
	assert_string_equal(m.item[1], "a/c/built-in.a");
	listfree(&m);
	assert_int_equal(
		formof("built-in.a",
		       "rm -f built-in.a;  printf \"./%s \" a/built-in.a | xargs ar cDPrST "
		       "built-in.a",
		       "", &m),
		FORM_ARCHIVE);
	assert_string_equal(m.item[0], "a/built-in.a");
	listfree(&m);
	assert_int_equal(formof("a/lib.a", "rm -f a/lib.a; ar cDPrsT a/lib.a a/b.o a/c.o", "", &m),
			 FORM_ARCHIVE);
	assert_int_equal(m.len, 2);
	listfree(&m);
	assert_int_equal(formof("a/built-in.a", "rm -f a/built-in.a;  ar cDPrST a/built-in.a", "",
				&m),
			 FORM_ARCHIVE);
	assert_int_equal(m.len, 0);
	assert_int_equal(formof("a/x.a", "rm -f a/x.a; ar cDPrsT a/x.a a/b.o; touch y", "", NULL),
			 FORM_OTHER);
	assert_int_equal(formof("a/x.a", "rm -f a/y.a; ar cDPrsT a/x.a a/b.o", "", NULL),
			 FORM_OTHER);
}

static void links(void **state)
{
	struct strlist m = { 0 };
	static const char *const other[] = {
		"ld -r -o a/b.o @a/b.mod; rm x", "ld -r -o a/c.o @a/b.mod",
		"ld `x` -r -o a/b.o @a/b.mod",	 "ld -r -o a/b.o a/c.o",
		"ld -r -o a/b.o @a/b.list",	 "xld -r -o a/b.o @a/b.mod",
	};

	(void)state;
	assert_int_equal(formof("a/b.o", "ld -m elf -z x   -r -o a/b.o @a/b.mod ", "", &m),
			 FORM_LINK);
	assert_int_equal(m.len, 1);
	assert_string_equal(m.item[0], "a/b.mod");
	listfree(&m);
	assert_int_equal(formof("a/b.o",
				"ld -r -o a/b.o @a/b.mod  ; ./tools/objtool/objtool --link a/b.o",
				"", NULL),
			 FORM_LINK);
	for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++)
		assert_int_equal(formof("a/b.o", other[i], "", NULL), FORM_OTHER);
}

static void orders(void **state)
{
	struct strlist m = { 0 };
	static const char *const other[] = {
		"{ echo a/b.o; :; } > a/other.order",
		"{ echo a/b.o; rm x; :; } > a/modules.order",
		"{ echo a/b.o; :; } > a/modules.order; rm x",
		"{ echo `x`; :; } > a/modules.order",
		"{ echo a/b.o",
		"{ ",
	};

	(void)state;
	assert_int_equal(formof("a/modules.order",
				"{   cat a/c/modules.order;   echo a/b.o;   echo a/d.ko; :; }"
				" > a/modules.order",
				"", &m),
			 FORM_ORDER);
	assert_int_equal(m.len, 3);
	assert_string_equal(m.item[0], "a/c/modules.order");
	assert_string_equal(m.item[1], "a/b.o");
	assert_string_equal(m.item[2], "a/d.o");
	listfree(&m);
	assert_int_equal(formof("modules.order", "{  :; } > modules.order", "", NULL), FORM_ORDER);
	for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++)
		assert_int_equal(formof("a/modules.order", other[i], "", NULL), FORM_OTHER);
}

static void named(void **state)
{
	struct strlist n = { 0 };

	(void)state;
	makefilenames(
		"# a.c\n\t# b.c\nx.c: $(srctree)/include/y.h %.c\n"
		"\tsh $(src)/z.sh '#d.h' $(obj)/%_reg.h foo.c.bak $(x)-tail.S $(v).c $(src)/../asm/up.h",
		&n);
	assert_int_equal(n.len, 6);
	assert_true(makefilesname(&n, "kernel/x.c"));
	assert_true(makefilesname(&n, "include/y.h"));
	assert_true(makefilesname(&n, "arch/x/include/y.h"));
	assert_false(makefilesname(&n, "include/linux/y.h"));
	assert_true(makefilesname(&n, "asm/up.h"));
	assert_true(makefilesname(&n, "a/d.h"));
	assert_true(makefilesname(&n, "a/r600_reg.h"));
	assert_true(makefilesname(&n, "a/b-tail.S"));
	assert_false(makefilesname(&n, "a.c"));
	assert_false(makefilesname(&n, "b.c"));
	assert_false(makefilesname(&n, "xx.c"));
	listfree(&n);
}

static void early(void **state)
{
	(void)state;
	assert_true(submakeearly("scripts/mod/modpost"));
	assert_true(submakeearly("scripts/dtc/libfdt/fdt.o"));
	assert_true(submakeearly("arch/x/tools/relocs"));
	assert_true(submakeearly("arch/x/kernel/vdso/note.o"));
	assert_false(submakeearly("arch/x/entry/vdso/note.o"));
	assert_false(submakeearly("kernel/fork.o"));
	assert_false(submakeearly("vmlinux"));
}

static void collect(void *ctx, const char *path, size_t len)
{
	bufprintf(ctx, "%.*s ", (int)len, path);
}

static void mentions(void **state)
{
	struct buf out = { 0 };
	struct strlist words = { 0 };

	(void)state;
	commandpaths("sh /src/a.sh -T/src/b/c.lds '/src/d' /srcs/no /src", "/src", collect, &out);
	assert_string_equal(bufstr(&out), "a.sh b/c.lds d ");
	buffree(&out);
	commandwords("ld -o ./x.o @y.mod a=b.o;'c.o'", &words);
	assert_true(listhas(&words, "x.o"));
	assert_true(listhas(&words, "y.mod"));
	assert_true(listhas(&words, "b.o"));
	assert_true(listhas(&words, "c.o"));
	listfree(&words);
}

static void roles(void **state)
{
	(void)state;
	assert_true(roleunread("Documentation/a.rst"));
	assert_false(roleunread("Documentation/Kconfig"));
	assert_false(roleunread("kernel/README"));
	assert_true(roleleftover("kernel/.fork.c.swp"));
	assert_false(roleleftover("kernel/fork.c"));
	assert_true(roleleftover("cscope.out"));
	assert_true(roleleftover(".cache/clangd/index/fork.c"));
	assert_false(roleleftover("kernel/tags"));
	assert_true(rolelast("fs/a/a.ko"));
	assert_true(rolelast("fs/a/a.mod.o"));
	assert_false(rolelast("fs/a/a.o"));
	assert_true(rolenames("fs/a/a.mod"));
	assert_true(rolenames("modules.order"));
	assert_true(rolerecorded("kernel/fork.c"));
	assert_false(rolerecorded("kernel/Makefile"));
	assert_false(rolerecorded("scripts/mod/modpost.c"));
	assert_false(rolerecorded("include/uapi/asm-generic/unistd.h"));
	assert_true(roleimage("arch/x/boot/compressed/a.o"));
	assert_false(roleimage("arch/x/kernel/boot.o"));
}

static void difference(void *ctx, enum snapchange what, const struct snapfile *file)
{
	bufprintf(ctx, "%c%s ", "+-*="[what], file -> path);
}

static void snapshots(void **state)
{
	struct snapshot before = { 0 }, now = { 0 }, again = { 0 };
	struct stat st = { .st_mtim = { .tv_sec = 5 }, .st_ctim = { .tv_sec = 5 } };
	struct timespec never = { .tv_sec = 100 };
	struct buf out = { 0 }, text = { 0 };
	char *p, *line;

	(void)state;
	snapshotadd(&before, "a b", &st);
	snapshotadd(&before, "a/gone", &st);
	snapshotadd(&before, "a.c", &st);
	snapshotadd(&before, "dated", &st);
	snapshotsort(&before);
	assert_string_equal(before.item[0].path, "a/gone");
	snapshotadd(&now, "a b", &st);
	st.st_size = 7;
	snapshotadd(&now, "a.c", &st);
	st.st_mtim.tv_nsec = 1;
	snapshotadd(&now, "dated", &st);
	snapshotadd(&now, "new", &st);
	snapshotsort(&now);
	snapshotcompare(&before, &now, difference, &out);
	assert_string_equal(bufstr(&out), "-a/gone =a.c *dated +new ");
	bufclear(&out);

	snapshotwrite(&now, 'S', never, &text);
	p = text.data;
	while ((line = strsep(&p, "\n")) && *line)
		assert_true(snapshotline(&again, line + 2));
	snapshotcompare(&again, &now, difference, &out);
	assert_string_equal(bufstr(&out), "");
	assert_non_null(snapshotfind(&again, "a b"));
	bufclear(&text);

	/* What changed after the limit differs from any. */
	snapshotfree(&again);
	never.tv_sec = 1;
	snapshotwrite(&now, 'S', never, &text);
	p = text.data;
	while ((line = strsep(&p, "\n")) && *line)
		assert_true(snapshotline(&again, line + 2));
	snapshotcompare(&again, &now, difference, &out);
	assert_string_equal(bufstr(&out), "*a b *a.c *dated *new ");
	assert_false(snapshotline(&again, (char[]){ "100644 1 2 3.4 5.6" }));
	snapshotfree(&before);
	snapshotfree(&now);
	snapshotfree(&again);
	buffree(&out);
	buffree(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),     cmocka_unit_test(refuses),	 cmocka_unit_test(compiles),
		cmocka_unit_test(archives),  cmocka_unit_test(mentions), cmocka_unit_test(roles),
		cmocka_unit_test(snapshots), cmocka_unit_test(links),	 cmocka_unit_test(orders),
		cmocka_unit_test(named),     cmocka_unit_test(early),
	};

	return cmocka_run_group_tests_name("replay: records", tests, NULL, NULL);
}
