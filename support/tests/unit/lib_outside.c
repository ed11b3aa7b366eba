// SPDX-License-Identifier: GPL-2.0-or-later
/* What links lead to, out of a tree. */
#include <errno.h>

#include "fs/outside.h"
#include "scratch.h"

static char *here;

/* What is outside of the tree at path is these, below the directory of the test, a blank between
 * them. */
static void outside(const char *path, const char *except, const char *want)
{
	struct treedir *dir = treeread(path, ".git", NULL);
	struct strlist found = { 0 };
	struct buf got = { 0 };

	assert_non_null(dir);
	assert_int_equal(outsidelist(path, dir, ".git", except, &found, NULL), 0);
	for (size_t i = 0; i < found.len; i++) {
		assert_memory_equal(found.item[i], here, strlen(here));
		bufprintf(&got, "%s%s", i ? " " : "", found.item[i] + strlen(here) + 1);
	}
	assert_string_equal(bufstr(&got), want);
	buffree(&got);
	listfree(&found);
	treefree(dir);
}

static void leads(void **state)
{
	(void)state;
	here = realpath(".", NULL);
	put("tree/file", "1");
	put("tree/sub/file", "1");
	put("there/dir/file", "1");
	put("there/dir/.git/HEAD", "1");
	put("there/one", "1");
	put("there/other", "1");
	put("far/file", "1");
	/* what stays in it, or leads nowhere */
	assert_int_equal(symlink("file", "tree/a"), 0);
	assert_int_equal(symlink("../sub", "tree/sub/b"), 0);
	assert_int_equal(symlink("../nowhere", "tree/c"), 0);
	assert_int_equal(symlink("loop", "tree/loop"), 0);
	outside("tree", NULL, "");
	/* a file, a directory, each once; and on from there */
	assert_int_equal(symlink("../there/one", "tree/d"), 0);
	assert_int_equal(symlink("../../there/dir", "tree/sub/e"), 0);
	assert_int_equal(symlink("../there/dir/file", "tree/sub2"), 0);
	assert_int_equal(symlink("../there/one", "tree/z"), 0);
	assert_int_equal(symlink("../../far", "there/dir/f"), 0);
	assert_int_equal(symlink("../../tree", "there/dir/back"), 0);
	assert_int_equal(symlink("../../there/other", "there/dir/.git/g"), 0);
	outside("tree", NULL, "there/one there/dir far");
	/* by another name of the tree */
	assert_int_equal(symlink("tree", "name"), 0);
	outside("name", NULL, "there/one there/dir far");
	/* what does not count */
	outside("tree", "there", "");
	outside("tree", "far", "there/one there/dir");
	outside("tree", "far/deeper", "there/one there/dir far");
	assert_int_equal(mkdirs("far/deeper"), 0);
	outside("tree", "far/deeper", "there/one there/dir");
	assert_int_equal(symlink("..", "tree/up"), 0);
	assert_int_equal(symlink("/", "tree/root"), 0);
	outside("tree", "far", "there/one there/dir");
	free(here);
}

static void trouble(void **state)
{
	struct treedir *dir;
	struct strlist found = { 0 };
	char *where = NULL;

	(void)state;
	put("tree/file", "1");
	put("there/file", "1");
	assert_int_equal(symlink("../there", "tree/link"), 0);
	dir = treeread("tree", NULL, NULL);
	assert_non_null(dir);
	assert_int_equal(outsidelist("missing", dir, NULL, NULL, &found, &where), -1);
	assert_int_equal(errno, ENOENT);
	assert_string_equal(where, "missing");
	free(where);
	where = NULL;
	assert_int_equal(chmod(".", 0755), 0);
	assert_int_equal(chmod("there", 0), 0);
	/* The superuser can read all: as somebody else, then. */
	if (geteuid() == 0)
		assert_int_equal(seteuid(65534), 0);
	assert_int_equal(outsidelist("tree", dir, NULL, NULL, &found, &where), -1);
	assert_int_equal(errno, EACCES);
	assert_non_null(where);
	if (getuid() == 0)
		assert_int_equal(seteuid(0), 0);
	assert_int_equal(chmod("there", 0755), 0);
	free(where);
	listfree(&found);
	treefree(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(leads, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(trouble, scratchmake, scratchremove),
	};

	return cmocka_run_group_tests_name("lib_outside", tests, NULL, NULL);
}
