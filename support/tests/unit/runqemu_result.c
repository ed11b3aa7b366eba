// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: the record of a run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fs/file.h"
#include "fs/remove.h"
#include "runqemu/report.h"
#include "runqemu/result.h"

static void names_the_cause(void **state)
{
	struct guestend oops = { .outcome = OUT_STATUS, .console.trouble = TROUBLE_OOPS };
	struct guestend tests = { .outcome = OUT_STATUS, .results.counts[TEST_MISSING] = 2 };
	const struct {
		struct guestend end;
		enum mode mode;
		int code;
		const char *cause;
	} cases[] = {
		{ { .outcome = OUT_STATUS }, MODE_COMMAND, 0, "ok" },
		{ { .outcome = OUT_STATUS, .status = 3 }, MODE_COMMAND, 3, "command failed" },
		{ { .outcome = OUT_STATUS, .status = 3 }, MODE_SHELL, 0, "ok" },
		{ { .outcome = OUT_STATUS, .status = 3 }, MODE_COMMAND, 0, "ok" },
		{ tests, MODE_COMMAND, EXIT_TESTS, "tests failed" },
		{ { .outcome = OUT_STATUS, .status = 119 },
		  MODE_COMMAND,
		  EXIT_TESTS,
		  "command failed" },
		{ oops, MODE_COMMAND, EXIT_TROUBLE, "oops" },
		{ oops, MODE_COMMAND, 0, "ok" },
		{ { .outcome = OUT_PANIC }, MODE_COMMAND, EXIT_PANIC, "panic" },
		{ { .outcome = OUT_NOINIT }, MODE_COMMAND, EXIT_NOINIT, "no init" },
		{ { .outcome = OUT_OFF }, MODE_COMMAND, EXIT_NOINIT, "no init" },
		{ { .outcome = OUT_OFF, .ready = true }, MODE_COMMAND, EXIT_GONE, "ended" },
		{ { .outcome = OUT_OFF }, MODE_TERMINAL, 0, "ok" },
		{ { .outcome = OUT_SILENT }, MODE_COMMAND, EXIT_TIMEOUT, "timeout" },
		{ { .outcome = OUT_SILENT }, MODE_COMMAND, EXIT_NOINIT, "no init" },
		{ { .outcome = OUT_SILENT, .console.trouble = TROUBLE_LOCKUP },
		  MODE_COMMAND,
		  EXIT_TIMEOUT,
		  "lockup" },
		{ { .outcome = OUT_SIGNAL, .status = 15 }, MODE_COMMAND, 143, "interrupted" },
		{ { .outcome = OUT_WRITE }, MODE_COMMAND, EXIT_QEMU, "output lost" },
		{ { .outcome = OUT_FAILED }, MODE_COMMAND, EXIT_QEMU, "QEMU died" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(resultcause(&cases[i].end, cases[i].mode, cases[i].code),
				    cases[i].cause);
}

static const char *text(const cJSON *o, const char *name)
{
	const cJSON *item = cJSON_GetObjectItem(o, name);

	assert_non_null(item);
	return cJSON_IsNull(item) ? NULL : cJSON_GetStringValue(item);
}

static int number(const cJSON *o, const char *name)
{
	const cJSON *item = cJSON_GetObjectItem(o, name);

	assert_non_null(item);
	return cJSON_IsNull(item) ? -1 : item->valueint;
}

static cJSON *parsed(const struct result *r)
{
	struct buf out = { 0 };
	cJSON *o;

	resultprint(r, &out);
	assert_int_equal(out.data[out.len - 1], '\n');
	o = cJSON_Parse(out.data);
	assert_non_null(o);
	buffree(&out);
	return o;
}

static void writes_what_happened(void **state)
{
	char line[] = "BUG: \"quoted\"\t\\";
	struct guestend end = {
		.outcome = OUT_STATUS, .status = 4, .readyms = 512, .totalms = 900
	};
	struct result r = { .cause = "oops",
			    .detail = line,
			    .exit = 120,
			    .command = "echo '\"'\n",
			    .accel = "tcg",
			    .machine = "microvm",
			    .kernel = "vmlinux",
			    .end = &end };
	const cJSON *kernel;
	cJSON *o;

	(void)state;
	end.console.trouble = TROUBLE_OOPS;
	end.console.troubleline = line;
	end.console.warnings = 2;
	o = parsed(&r);
	assert_string_equal(text(o, "cause"), "oops");
	assert_string_equal(text(o, "detail"), line);
	assert_int_equal(number(o, "exit"), 120);
	assert_int_equal(number(o, "status"), 4);
	assert_string_equal(text(o, "command"), "echo '\"'\n");
	assert_string_equal(text(o, "accelerator"), "tcg");
	assert_string_equal(text(o, "machine"), "microvm");
	assert_string_equal(text(o, "image"), "vmlinux");
	assert_int_equal(number(o, "boot_ms"), 512);
	assert_int_equal(number(o, "total_ms"), 900);
	kernel = cJSON_GetObjectItem(o, "kernel");
	assert_null(text(kernel, "panic"));
	assert_string_equal(text(kernel, "trouble"), "oops");
	assert_string_equal(text(kernel, "line"), line);
	assert_int_equal(number(kernel, "warnings"), 2);
	cJSON_Delete(o);
}

static void leaves_open_what_is_not_known(void **state)
{
	struct result r = { .cause = "not started", .exit = 125 };
	cJSON *o;

	(void)state;
	o = parsed(&r);
	assert_null(text(o, "detail"));
	assert_null(text(o, "command"));
	assert_int_equal(number(o, "status"), -1);
	assert_int_equal(number(o, "boot_ms"), -1);
	assert_int_equal(number(cJSON_GetObjectItem(o, "kernel"), "warnings"), 0);
	cJSON_Delete(o);
}

static void is_a_whole_file(void **state)
{
	char dir[] = "/tmp/runqemu_result.XXXXXX", *path;
	struct result r = { .cause = "ok" };
	struct strlist names = { 0 };

	(void)state;
	assert_non_null(mkdtemp(dir));
	path = pathjoin(dir, "json");
	assert_int_equal(resultwrite(&r, path), 0);
	assert_int_equal(resultwrite(&r, path), 0);
	assert_int_equal(dirlist(dir, &names), 0);
	assert_int_equal(names.len, 1);
	listfree(&names);
	assert_int_equal(treeremove(dir), 0);
	assert_int_equal(resultwrite(&r, path), -1);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_the_cause),
		cmocka_unit_test(writes_what_happened),
		cmocka_unit_test(leaves_open_what_is_not_known),
		cmocka_unit_test(is_a_whole_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
