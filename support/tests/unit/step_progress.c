// SPDX-License-Identifier: GPL-2.0-or-later
/* How far a step is, by how it went the last time. */
#include "scratch.h"

#include "step/progress.h"

static void records(void **state)
{
	struct progress p;

	(void)state;
	p = progressread("dir", "linux", "build");
	assert_int_equal(p.lines, 0);
	progresskeep("dir", "linux", "build", (struct progress){ 1900, 240.5 });
	p = progressread("dir", "linux", "build");
	assert_int_equal(p.lines, 1900);
	assert_true(p.seconds > 240 && p.seconds < 241);
	progresskeep("dir", "linux", "unpack", (struct progress){ 0, 20.5 });
	p = progressread("dir", "linux", "unpack");
	assert_int_equal(p.lines, 0);
	assert_true(p.seconds > 20 && p.seconds < 21);
	assert_int_equal(progressread("dir", "linux", "install").lines, 0);
	assert_int_equal(progressread(NULL, "linux", "build").lines, 0);
	put("dir/a.build", "-3 5\n");
	put("dir/b.build", "3 0\n");
	put("dir/c.build", "many\n");
	assert_int_equal(progressread("dir", "a", "build").lines, 0);
	assert_int_equal(progressread("dir", "b", "build").lines, 0);
	assert_int_equal(progressread("dir", "c", "build").lines, 0);
}

static void names(void **state)
{
	(void)state;
	assert_string_equal(progressname("build", 0), "build");
	assert_string_equal(progressname("build", 1), "build-on");
	assert_string_equal(progressname("configure", 1), "configure");
}

static void says(long all, double took, long lines, double seconds, const char *want)
{
	struct progress last = { all, took };
	struct buf out = { 0 };

	progresssay(&last, lines, seconds, &out);
	assert_string_equal(bufstr(&out), want);
	buffree(&out);
}

static void tells(void **state)
{
	(void)state;
	says(0, 0, 286, 45, "286 lines of log");
	/* at the pace of now, twice as slow as the last time */
	says(2000, 100, 500, 50, "500 of about 2000 lines of log, about 150 s to go");
	/* too early to have a pace of its own */
	says(2000, 100, 20, 15, "20 of about 2000 lines of log, about 99 s to go");
	/* no log yet, or none at all */
	says(2000, 100, 0, 15, "about 85 s to go");
	says(0, 48, 0, 15, "about 33 s to go");
	says(0, 48, 0, 50, "");
	says(0, 0, 0, 15, "");
	says(2000, 100, 2000, 120, "2000 lines of log");
	says(2000, 100, 2500, 120, "2500 lines of log");
	/* the first time: the pace of its beginning says nothing */
	says(2000, 0, 100, 5, "100 of about 2000 lines of log");
	says(2000, 0, 250, 5, "250 of about 2000 lines of log");
	says(2000, 0, 500, 50, "500 of about 2000 lines of log, about 150 s to go");
	says(2000, 0, 2000, 120, "2000 lines of log");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(records, scratchmake, scratchremove),
		cmocka_unit_test(names),
		cmocka_unit_test(tells),
	};

	return cmocka_run_group_tests_name("step_progress", tests, NULL, NULL);
}
