// SPDX-License-Identifier: GPL-2.0-or-later
/* mkinitramfs: the tree of names and inodes, and its paths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "archive/bound.h"
#include "base/buf.h"
#include "base/path.h"
#include "mkinitramfs/tree/node.h"

static void cleans(const char *name, const char *want)
{
	char *got = pathclean(name);

	if (want)
		assert_string_equal(got, want);
	else
		assert_null(got);
	free(got);
}

static void paths(void **state)
{
	(void)state;
	cleans("", "");
	cleans("/", "");
	cleans(".", "");
	cleans("/bin/sh", "bin/sh");
	cleans("./a//b/./c/", "a/b/c");
	cleans("...", "...");
	cleans("..a/b..", "..a/b..");
	cleans("..", NULL);
	cleans("a/../b", NULL);
	cleans("a/..", NULL);
}

static void parents(void **state)
{
	char *p = pathparent("a/b/c"), *top = pathparent("a");

	(void)state;
	assert_string_equal(p, "a/b");
	assert_string_equal(top, "");
	free(p);
	free(top);
}

static void limits(void **state)
{
	char name[BOUND_NAME + 2];

	(void)state;
	memset(name, 'a', sizeof(name));
	for (size_t i = 255; i < sizeof(name); i += 256)
		name[i] = '/';
	name[BOUND_NAME] = '\0';
	assert_null(pathreason(name));
	name[BOUND_NAME] = 'a';
	name[BOUND_NAME + 1] = '\0';
	assert_non_null(strstr(pathreason(name), "4095"));
	name[255] = 'a';
	name[300] = '\0';
	assert_non_null(strstr(pathreason(name), "255"));
	name[255] = '\0';
	assert_null(pathreason(name));
	assert_non_null(pathreason("TRAILER!!!"));
	assert_null(pathreason("a/TRAILER!!!"));
}

static void sorts_by_bytes(void **state)
{
	static const char *const sorted[] = {
		"a", "a-b", "a.b", "a/b", "a/b/c", "aB", "ab", "\303"
	};
	const size_t n = sizeof(sorted) / sizeof(*sorted);
	struct tree t = { 0 };

	(void)state;
	for (size_t i = n; i-- > 0;)
		nodeput(&t, sorted[i])->inode = inodenew(&t, S_IFDIR);
	treeseal(&t);
	assert_int_equal(t.len, n);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(t.node[i]->path, sorted[i]);
		assert_int_equal(t.node[i]->inode->nlink, 1);
	}
	nodesfree(&t);
}

static void links_share_an_inode(void **state)
{
	struct tree t = { 0 };
	struct inode *shared = inodenew(&t, S_IFREG);

	(void)state;
	nodeput(&t, "z")->inode = shared;
	nodeput(&t, "m")->inode = inodenew(&t, S_IFREG);
	nodeput(&t, "a")->inode = shared;
	treeseal(&t);
	assert_int_equal(shared->nlink, 2);
	assert_string_equal(shared->first->path, "a");
	assert_string_equal(shared->last->path, "z");
	assert_int_equal(t.node[1]->inode->nlink, 1);
	nodesfree(&t);
}

static void finds_many(void **state)
{
	struct tree t = { 0 };
	char name[32];

	(void)state;
	assert_null(nodeget(&t, "0"));
	for (int i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "dir/%d", i);
		nodeput(&t, name)->table = (unsigned)i;
		assert_ptr_equal(nodeput(&t, name), nodeget(&t, name));
	}
	assert_int_equal(t.len, 5000);
	assert_int_equal(nodeget(&t, "dir/4711")->table, 4711);
	assert_null(nodeget(&t, "dir/5000"));
	assert_true(treebelow(&t, "dir"));
	assert_false(treebelow(&t, "di"));
	assert_false(treebelow(&t, "dir/1"));
	for (size_t i = 0; i < t.len; i++)
		t.node[i]->inode = inodenew(&t, S_IFREG);
	nodesfree(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths),
		cmocka_unit_test(parents),
		cmocka_unit_test(limits),
		cmocka_unit_test(sorts_by_bytes),
		cmocka_unit_test(links_share_an_inode),
		cmocka_unit_test(finds_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
