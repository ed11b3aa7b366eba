// SPDX-License-Identifier: GPL-2.0-or-later
/* kmerge: which lines of a configuration are taken, and as what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fs/file.h"
#include "kconfig/config.h"
#include "kmerge/check.h"

static char path[] = "/tmp/kmerge_config.XXXXXX";

/* Read text as a configuration file, on top of c. */
static int readtext(struct config *c, const char *text, size_t len, struct buf *errors)
{
	assert_int_equal(filewrite(path, text, len, 0600), 0);
	return configread(c, path, errors);
}

static void good_lines(void **state)
{
	static const struct {
		const char *line, *name, *value; /* name NULL: a comment */
	} row[] = {
		{ "CONFIG_A=y", "A", "y" },
		{ "CONFIG_A=m", "A", "m" },
		{ "CONFIG_A=n", "A", "n" },
		{ "CONFIG_A_b9=12", "A_b9", "12" },
		{ "CONFIG_64BIT=-5", "64BIT", "-5" },
		{ "CONFIG_A=0xfF", "A", "0xfF" },
		{ "CONFIG_A=\"\"", "A", "\"\"" },
		{ "CONFIG_A=\"a \\\"b\\\\\"", "A", "\"a \\\"b\\\\\"" },
		{ "CONFIG_A=\"# x\"", "A", "\"# x\"" },
		{ "# CONFIG_A is not set", "A", "n" },
		{ "# CONFIG_A is not set (why)", "A", "n" },
		{ "CONFIG_A=y \t", "A", "y" },
		{ "CONFIG_A=y\r", "A", "y" },
		{ "#CONFIG_A=y", NULL, NULL },
		{ "# CONFIG_A=y", NULL, NULL },
		{ "# CONFIG_A is set", NULL, NULL },
		{ "#", NULL, NULL },
		{ "", NULL, NULL },
		{ "   ", NULL, NULL },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		struct config c = { 0 };
		struct buf errors = { 0 };
		int ret = readtext(&c, row[i].line, strlen(row[i].line), &errors);

		if (ret < 0 || c.len != (row[i].name != NULL))
			fail_msg("%s: %s", row[i].line, bufstr(&errors));
		if (row[i].name) {
			assert_non_null(configget(&c, row[i].name));
			assert_string_equal(configget(&c, row[i].name)->value, row[i].value);
			assert_int_equal(configget(&c, row[i].name)->line, 1);
		}
		configfree(&c);
	}
}

static void bad_lines(void **state)
{
	static const char *const bad[] = {
		"A=y",
		"CONFIG_A",
		"CONFIG_A y",
		"CONFIG_=y",
		"CONFIG_A=",
		"CONFIG_A=Y",
		"CONFIG_A=yes",
		"CONFIG_A = y",
		" CONFIG_A=y",
		"CONFIG_A=\"x",
		"CONFIG_A=x\"",
		"CONFIG_A=\"x\"y",
		"CONFIG_A=\"\\\"",
		"CONFIG_A=0x",
		"CONFIG_A=12a",
		"CONFIG_A-B=y",
		"export CONFIG_A=y",
		"CONFIG_A=-",
		"y",
		"CONFIG_A==y",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct config c = { 0 };
		struct buf errors = { 0 };
		char *start = xasprintf("%s:1: '%s': ", path, bad[i]);

		if (readtext(&c, bad[i], strlen(bad[i]), &errors) == 0)
			fail_msg("'%s' was taken", bad[i]);
		assert_int_equal(c.len, 0);
		if (strncmp(bufstr(&errors), start, strlen(start)) != 0)
			fail_msg("'%s' gave %s", bad[i], bufstr(&errors));
		free(start);
		buffree(&errors);
		configfree(&c);
	}
}

static void later_wins(void **state)
{
	const char *first = "CONFIG_A=y\nCONFIG_B=y\nCONFIG_A=m\n", *second = "CONFIG_B=n";
	struct config c = { 0 };
	struct buf errors = { 0 };

	(void)state;
	assert_int_equal(readtext(&c, first, strlen(first), &errors), 0);
	assert_int_equal(readtext(&c, second, strlen(second), &errors), 0);
	assert_string_equal(configget(&c, "A")->value, "m");
	assert_int_equal(configget(&c, "A")->line, 3);
	assert_string_equal(configget(&c, "B")->value, "n");
	assert_null(configget(&c, "C"));
	assert_int_equal(c.len, 4);
	assert_true(c.setting[0]->gone && c.setting[1]->gone);
	configfree(&c);
}

static void no_text(void **state)
{
	struct config c = { 0 };
	struct buf errors = { 0 };

	(void)state;
	assert_int_equal(readtext(&c, "CONFIG_A=y\0\n", 12, &errors), -1);
	assert_non_null(strstr(bufstr(&errors), "NUL"));
	bufclear(&errors);
	assert_int_equal(configread(&c, "/nonexistent", &errors), -1);
	assert_string_equal(bufstr(&errors),
			    "/nonexistent: cannot read: No such file or directory\n");
	assert_int_equal(readtext(&c, "", 0, &errors), 0);
	assert_int_equal(c.len, 0);
	buffree(&errors);
	configfree(&c);
}

static void diffs(void **state)
{
	const char *a = "CONFIG_SAME=y\nCONFIG_CHANGED=1\nCONFIG_GONE=y\nCONFIG_GONESTR=\"x\"\n"
			"# CONFIG_GONEUNSET is not set\nCONFIG_OFF=y\n";
	const char *b = "# CONFIG_OFF is not set\nCONFIG_NEW=m\nCONFIG_CHANGED=2\nCONFIG_SAME=y\n"
			"# CONFIG_NEWOFF is not set\n";
	struct config old = { 0 }, new = { 0 };
	struct buf errors = { 0 }, out = { 0 };

	(void)state;
	assert_int_equal(readtext(&old, a, strlen(a), &errors), 0);
	assert_int_equal(readtext(&new, b, strlen(b), &errors), 0);
	configdiff(&old, &new, &out);
	assert_string_equal(bufstr(&out),
			    "# CONFIG_OFF is not set\nCONFIG_NEW=m\nCONFIG_CHANGED=2\n"
			    "# CONFIG_NEWOFF is not set\n# CONFIG_GONE is not set\n");
	bufclear(&out);
	configdiff(&new, &new, &out);
	assert_string_equal(bufstr(&out), "");
	buffree(&out);
	configfree(&old);
	configfree(&new);
}

static int pathmake(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	close(fd);
	return fd < 0;
}

static int pathremove(void **state)
{
	(void)state;
	return unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_lines), cmocka_unit_test(bad_lines),
		cmocka_unit_test(later_wins), cmocka_unit_test(no_text),
		cmocka_unit_test(diffs),
	};

	return cmocka_run_group_tests(tests, pathmake, pathremove);
}
