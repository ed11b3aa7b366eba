// SPDX-License-Identifier: GPL-2.0-or-later
/* What was seen of a tree, written and read. */
#include <fcntl.h>

#include "fs/outside.h"
#include "fs/seen.h"
#include "scratch.h"

static const struct timespec when = { .tv_sec = 1700000000, .tv_nsec = 4000000 };

static void saw(const char *path)
{
	struct treedir *dir = treeread(path, ".git", NULL);

	assert_non_null(dir);
	assert_int_equal(seenwrite("seen", path, when, dir), 0);
	treefree(dir);
}

static void whole(void **state)
{
	struct snapshot now = { 0 }, seen = { 0 };
	struct timespec looked = { 0 };
	char *where = NULL;

	(void)state;
	put("tree/b", "1");
	put("tree/a b/file", "22");
	put("tree/.git/HEAD", "3");
	assert_int_equal(symlink("b", "tree/link"), 0);
	assert_int_equal(utimensat(AT_FDCWD, "tree/b",
				   (struct timespec[]){ { .tv_sec = -5, .tv_nsec = 7 },
							{ .tv_sec = -5, .tv_nsec = 7 } },
				   0),
			 0);
	saw("tree");
	assert_int_equal(symlink("tree", "name"), 0);
	assert_int_equal(seenread("seen", "name", &seen, &looked), 0);
	assert_int_equal(looked.tv_sec, when.tv_sec);
	assert_int_equal(looked.tv_nsec, when.tv_nsec);
	assert_int_equal(snapshottree(&now, "tree", ".git", &where), 0);
	assert_int_equal(seen.len, 3);
	assert_int_equal(now.len, 3);
	for (size_t i = 0; i < now.len; i++) {
		const struct snapfile *a = &now.item[i], *b = &seen.item[i];

		assert_string_equal(a->path, b->path);
		assert_int_equal(a->mode, b->mode);
		assert_int_equal(a->size, b->size);
		assert_int_equal(a->ino, b->ino);
		assert_int_equal(a->mtim.tv_sec, b->mtim.tv_sec);
		assert_int_equal(a->mtim.tv_nsec, b->mtim.tv_nsec);
		assert_int_equal(a->ctim.tv_sec, b->ctim.tv_sec);
		assert_int_equal(a->ctim.tv_nsec, b->ctim.tv_nsec);
	}
	snapshotfree(&now);
	snapshotfree(&seen);
}

static void none(const char *path)
{
	struct snapshot seen = { 0 };
	const struct timespec before = { .tv_sec = 1, .tv_nsec = 2 };
	struct timespec looked = before;

	assert_int_equal(seenread("seen", path, &seen, &looked), -1);
	assert_int_equal(seen.len, 0);
	assert_memory_equal(&looked, &before, sizeof(before));
}

static void unfit(void **state)
{
	struct buf text = { 0 };

	(void)state;
	put("tree/a", "1");
	put("tree/c/d", "1");
	put("other/a", "1");
	none("tree"); /* there is none */
	saw("tree");
	none("other");
	none("missing");
	assert_int_equal(fileread("seen", &text), 0);
	/* cut anywhere, or with a zero in it */
	for (size_t len = 0; len < text.len - 1; len++) {
		assert_int_equal(filewrite("seen", text.data, len, 0666), 0);
		none("tree");
	}
	text.data[text.len / 2] = '\0';
	assert_int_equal(filewrite("seen", text.data, text.len, 0666), 0);
	none("tree");
	buffree(&text);
	/* a name that no line can have: there is no file then, not even that of before */
	put("tree/a\nb", "1");
	struct treedir *dir = treeread("tree", NULL, NULL);

	assert_int_equal(seenwrite("seen", "tree", when, dir), -1);
	assert_int_equal(access("seen", F_OK), -1);
	treefree(dir);
}

/* The links that were seen lead to what those of the tree do. */
static void links(void **state)
{
	struct strlist all = { 0 }, found = { 0 };
	char *far;

	(void)state;
	put("tree/sub/a", "1");
	put("far/b", "1");
	assert_int_equal(symlink("../../far", "tree/sub/far"), 0);
	assert_int_equal(symlink("a", "tree/sub/near"), 0);
	listadd(&all, "sub/far");
	listadd(&all, "sub/near");
	listadd(&all, "sub/gone");
	assert_int_equal(outsidelinks("tree", &all, ".git", NULL, &found, NULL), 0);
	far = realpath("far", NULL);
	assert_int_equal(found.len, 1);
	assert_string_equal(found.item[0], far);
	free(far);
	listfree(&all);
	listfree(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(whole, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(unfit, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(links, scratchmake, scratchremove),
	};

	return cmocka_run_group_tests_name("lib_seen", tests, NULL, NULL);
}
