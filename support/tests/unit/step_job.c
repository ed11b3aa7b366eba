// SPDX-License-Identifier: GPL-2.0-or-later
/* What a package is built against: its dependencies and theirs. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"
#include "step/job.h"

static void depend(struct job *j, const char *name, const char *dir)
{
	pairadd(&j->deps, name, dir);
}

/* jobdeps makes of j->deps just "NAME DIR" of want, and of dir/deps the text. */
static void closes(struct job *j, const char *want, const char *text)
{
	char *path = jobpath(j, "deps");
	struct buf b = { 0 };

	assert_int_equal(mkdirs(j->dir), 0);
	assert_int_equal(jobdeps(j), 0);
	for (size_t i = 0; i < j->deps.len; i++)
		bufprintf(&b, "%s %s\n", j->deps.item[i].name, j->deps.item[i].value);
	pairsfree(&j->deps);
	assert_string_equal(bufstr(&b), want);
	bufclear(&b);
	assert_int_equal(fileread(path, &b), 0);
	assert_string_equal(bufstr(&b), text);
	buffree(&b);
	free(path);
}

static void closure(void **state)
{
	struct job libc = { .dir = "out/libc" };
	struct job zlib = { .dir = "out/zlib" };
	struct job lib = { .dir = "out/lib" };
	struct job app = { .dir = "out/app" };

	(void)state;
	closes(&libc, "", "");
	depend(&zlib, "libc", "out/libc");
	closes(&zlib, "libc out/libc\n", "libc\n");
	depend(&lib, "zlib", "out/zlib");
	closes(&lib, "libc out/libc\nzlib out/zlib\n", "libc\nzlib\n");
	depend(&app, "lib", "out/lib");
	depend(&app, "zlib", "out/zlib");
	closes(&app, "lib out/lib\nlibc out/libc\nzlib out/zlib\n", "lib\nlibc\nzlib\n");
	/* what is no dependency any more is gone */
	closes(&app, "", "");
}

/* A tree that was moved or copied speaks of itself, not of where it was. */
static void moved(void **state)
{
	struct job zlib = { .dir = "out/build/zlib" };
	struct job app = { .dir = "new/place/app" };

	(void)state;
	depend(&zlib, "libc", "out/build/libc");
	closes(&zlib, "libc out/build/libc\n", "libc\n");
	assert_int_equal(mkdirs("new"), 0);
	assert_int_equal(rename("out/build", "new/place"), 0);
	depend(&app, "zlib", "new/place/zlib");
	closes(&app, "libc new/place/libc\nzlib new/place/zlib\n", "libc\nzlib\n");
}

static void elsewhere(void **state)
{
	struct job zlib = { .dir = "zlib" };
	struct job app = { .dir = "out/app" };

	(void)state;
	depend(&zlib, "libc", "/far away/libc");
	depend(&zlib, "tool", "tool");
	closes(&zlib, "libc /far away/libc\ntool tool\n", "libc /far away/libc\ntool\n");
	depend(&app, "zlib", "zlib");
	closes(&app, "libc /far away/libc\ntool tool\nzlib zlib\n",
	       "libc /far away/libc\ntool tool\nzlib zlib\n");
}

static void unchanged(void **state)
{
	struct job app = { .dir = "app" };
	struct stat before, after;

	(void)state;
	depend(&app, "zlib", "zlib");
	closes(&app, "zlib zlib\n", "zlib\n");
	assert_int_equal(stat("app/deps", &before), 0);
	depend(&app, "zlib", "zlib");
	closes(&app, "zlib zlib\n", "zlib\n");
	assert_int_equal(stat("app/deps", &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
}

static void errors(void **state)
{
	struct job app = { .dir = "app" };

	(void)state;
	assert_int_equal(mkdirs("zlib/deps"), 0);
	assert_int_equal(mkdirs("app"), 0);
	depend(&app, "zlib", "zlib");
	assert_int_equal(jobdeps(&app), -1);
	assert_int_equal(errno, EISDIR);
	assert_int_equal(access("app/deps", F_OK), -1);
	free(app.deps.item[0].name);
	free(app.deps.item[0].value);
	free(app.deps.item);
}

static void paths(void **state)
{
	struct job j = { .dir = "out/p" };
	char *p = jobpath(&j, "stamp");

	(void)state;
	assert_string_equal(p, "out/p/stamp");
	free(p);
	p = jobfile(&j, "done/", "build", "");
	assert_string_equal(p, "out/p/done/build");
	free(p);
	p = jobfile(&j, "", "build", ".log");
	assert_string_equal(p, "out/p/build.log");
	free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(closure, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(moved, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(elsewhere, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(unchanged, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(errors, scratchmake, scratchremove),
		cmocka_unit_test(paths),
	};

	return cmocka_run_group_tests_name("step_job", tests, NULL, NULL);
}
