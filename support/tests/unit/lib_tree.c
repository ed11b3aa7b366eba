// SPDX-License-Identifier: GPL-2.0-or-later
/* A directory tree, read at once: all that is in it, in order, by one thread or several. */
#include <errno.h>

#include "fs/tree.h"
#include "scratch.h"

/* Append to out the path of all below dir, a line each; directories end in a slash. */
static void paths(const struct treedir *dir, const char *below, struct buf *out)
{
	for (size_t i = 0; i < dir->len; i++) {
		const struct treenode *n = &dir->item[i];
		char *path = xasprintf("%s%s%s", below, n->name, n->dir ? "/" : "");

		assert_int_equal(!!n->dir, S_ISDIR(n->st.st_mode));
		bufprintf(out, "%s\n", path);
		if (n->dir)
			paths(n->dir, path, out);
		free(path);
	}
}

static void reads(const char *top, const char *skip, const char *want)
{
	struct treedir *dir = treeread(top, skip, NULL);
	struct buf out = { 0 };

	assert_non_null(dir);
	paths(dir, "", &out);
	assert_string_equal(bufstr(&out), want);
	buffree(&out);
	treefree(dir);
}

static void small(void **state)
{
	struct treedir *dir;
	struct stat st;

	(void)state;
	assert_int_equal(mkdirs("t/none"), 0);
	reads("t/none", NULL, "");
	put("t/b/x", "1");
	put("t/b.c", "12");
	put("t/B", "123");
	put("t/.git/HEAD", "1234");
	put("t/b/.git/HEAD", "12345");
	assert_int_equal(symlink("b", "t/l"), 0);
	assert_int_equal(symlink("nowhere", "t/m"), 0);
	reads("t", NULL, ".git/\n.git/HEAD\nB\nb/\nb/.git/\nb/.git/HEAD\nb/x\nb.c\nl\nm\nnone/\n");
	reads("t", ".git", "B\nb/\nb/x\nb.c\nl\nm\nnone/\n");
	dir = treeread("t", ".git", NULL);
	assert_non_null(dir);
	assert_true(dir->skipped);
	assert_true(dir->item[1].dir->skipped);
	assert_false(dir->item[5].dir->skipped);
	treefree(dir);
	reads("t/l", NULL, ".git/\n.git/HEAD\nx\n");
	dir = treeread("t", NULL, NULL);
	assert_non_null(dir);
	assert_string_equal(dir->item[3].name, "b.c");
	assert_int_equal(dir->item[3].st.st_size, 2);
	assert_true(S_ISLNK(dir->item[4].st.st_mode));
	assert_int_equal(stat("t/b.c", &st), 0);
	assert_memory_equal(&dir->item[3].st.st_ctim, &st.st_ctim, sizeof(st.st_ctim));
	treefree(dir);
}

/* As many directories as are worth some threads, and deep ones. */
static void large(void **state)
{
	struct buf want = { 0 };

	(void)state;
	for (int i = 100; i < 400; i++) {
		char *path = xasprintf("t/%d/sub/%d/file", i, i % 7);

		put(path, path);
		bufprintf(&want, "%d/\n%d/sub/\n%d/sub/%d/\n%d/sub/%d/file\n", i, i, i, i % 7, i,
			  i % 7);
		free(path);
	}
	for (int i = 0; i < 20; i++)
		reads("t", NULL, bufstr(&want));
	buffree(&want);
}

static void trouble(void **state)
{
	char *where;

	(void)state;
	assert_null(treeread("missing", NULL, &where));
	assert_int_equal(errno, ENOENT);
	assert_string_equal(where, "missing");
	free(where);
	put("file", "");
	assert_null(treeread("file", NULL, NULL));
	assert_int_equal(errno, ENOTDIR);
	put("t/a/b/c", "");
	assert_int_equal(chmod("t/a/b", 0), 0);
	assert_int_equal(chmod(".", 0755), 0);
	/* The superuser can read all: as somebody else, then. */
	if (geteuid() == 0)
		assert_int_equal(seteuid(65534), 0);
	assert_null(treeread("t", NULL, &where));
	assert_int_equal(errno, EACCES);
	assert_string_equal(where, "t/a/b");
	free(where);
	if (getuid() == 0)
		assert_int_equal(seteuid(0), 0);
	assert_int_equal(chmod("t/a/b", 0755), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(small, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(large, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(trouble, scratchmake, scratchremove),
	};

	return cmocka_run_group_tests_name("lib_tree", tests, NULL, NULL);
}
