// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: the script that makes the files of a session. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "archive/newc.h"
#include "runqemu/agentdisk.h"

static int tobuf(void *to, const void *data, size_t len)
{
	bufadd(to, data, len);
	return 0;
}

static void put(struct newcout *layer, unsigned mode, const char *name, const char *data,
		size_t len)
{
	struct newc h = { .ino = 1, .mode = mode, .nlink = 1, .size = (uint32_t)len };

	newcentry(layer, &h, name, data);
}

static void script(void **state)
{
	struct buf layer = { 0 }, out = { 0 };
	struct newcout to = { .put = tobuf, .to = &layer };
	static const char text[] = "it's $HOME `x`\nEND\n";

	(void)state;
	put(&to, S_IFDIR | 0700, ".whittle", NULL, 0);
	put(&to, S_IFREG | 0600, ".whittle/cmd", text, strlen(text));
	put(&to, S_IFREG | 0700, ".whittle/open", "no end", 6);
	newcend(&to);
	assert_int_equal(agentdisk(&out, &layer), 0);
	assert_int_equal(out.len % 512, 0);
	assert_non_null(strstr(bufstr(&out), "mkdir -p -m 700 /.whittle\n"
					     "cat >/.whittle/cmd <<'END-'\n"
					     "it's $HOME `x`\nEND\n"
					     "END-\nchmod 600 /.whittle/cmd\n"
					     "cat >/.whittle/open <<'END'\nno end\nEND\n"
					     "chmod 700 /.whittle/open\n"));
	buffree(&layer);
	buffree(&out);
}

static void notext(void **state)
{
	struct buf layer = { 0 }, out = { 0 };
	struct newcout to = { .put = tobuf, .to = &layer };

	(void)state;
	put(&to, S_IFREG | 0600, ".whittle/module", "a\0b", 3);
	newcend(&to);
	assert_int_equal(agentdisk(&out, &layer), -1);
	buffree(&layer);
	buffree(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(script),
		cmocka_unit_test(notext),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
