// SPDX-License-Identifier: GPL-2.0-or-later
/* Digests of files and trees: what changes them, what does not, what is remembered. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "inputs/content.h"
#include "scratch.h"

/* Until files written before are old enough to be remembered. */
static void settle(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 60 * 1000000 }, NULL);
}

static void digest(const char *path, char hex[DIGESTHEX])
{
	struct index *x = indexopen("index");
	char *where;

	assert_int_equal(contentdigest(x, path, hex, &where), 0);
	assert_null(where);
	assert_int_equal(indexclose(x), 0);
}

static void file(void **state)
{
	char got[DIGESTHEX], want[DIGESTHEX];

	(void)state;
	put("f", "text");
	digestbytes("text", 4, want);
	digest("f", got);
	assert_string_equal(got, want);
	assert_int_equal(symlink("f", "l"), 0);
	digest("l", got);
	assert_string_equal(got, want);
	put("f", "");
	digestbytes("", 0, want);
	digest("f", got);
	assert_string_equal(got, want);
}

static void same(const char *before)
{
	char hex[DIGESTHEX];

	digest("t", hex);
	assert_string_equal(hex, before);
}

/* The digest of t is not before any more; it becomes that. */
static void other(char *before)
{
	char hex[DIGESTHEX];

	digest("t", hex);
	assert_string_not_equal(hex, before);
	memcpy(before, hex, DIGESTHEX);
}

static void tree(void **state)
{
	struct timespec old[2] = { { .tv_sec = 5 }, { .tv_sec = 5 } };
	char hex[DIGESTHEX], first[DIGESTHEX];

	(void)state;
	put("t/a", "one");
	put("t/d/b", "two");
	digest("t", hex);
	memcpy(first, hex, DIGESTHEX);
	/* what does not count */
	assert_int_equal(utimensat(AT_FDCWD, "t/a", old, 0), 0);
	assert_int_equal(chmod("t/a", 0600), 0);
	put("t/.git/HEAD", "x");
	put("t/d/.git", "gitdir: elsewhere");
	same(hex);
	assert_int_equal(chmod("t/a", 0655), 0);
	same(hex);
	/* what does */
	assert_int_equal(chmod("t/a", 0700), 0);
	other(hex);
	put("t/a", "One");
	other(hex);
	assert_int_equal(rename("t/a", "t/c"), 0);
	other(hex);
	assert_int_equal(rename("t/c", "t/d/c"), 0);
	other(hex);
	assert_int_equal(mkdirs("t/e"), 0);
	other(hex);
	assert_int_equal(symlink("x", "t/l"), 0);
	other(hex);
	assert_int_equal(unlink("t/l"), 0);
	assert_int_equal(symlink("y", "t/l"), 0);
	other(hex);
	assert_int_equal(unlink("t/l"), 0);
	put("t/l", "y");
	other(hex);
	assert_int_equal(unlink("t/l"), 0);
	assert_int_equal(mkfifo("t/l", 0600), 0);
	other(hex);
	assert_int_equal(unlink("t/l"), 0);
	put("t/l", "two");
	other(hex);
	assert_int_equal(unlink("t/l"), 0);
	assert_int_equal(link("t/d/b", "t/l"), 0);
	other(hex); /* not the same as a copy of it: it is packed once */
	if (mknod("u", S_IFCHR | 0600, makedev(1, 3)) == 0) {
		assert_int_equal(unlink("t/l"), 0);
		assert_int_equal(rename("u", "t/l"), 0);
		other(hex);
		assert_int_equal(unlink("t/l"), 0);
		assert_int_equal(mknod("t/l", S_IFCHR | 0600, makedev(1, 5)), 0);
		other(hex);
	}
	/* and back to where it was */
	assert_int_equal(treeremove("t"), 0);
	put("t/d/b", "two");
	put("t/a", "one");
	same(first);
	/* wherever it lies */
	assert_int_equal(rename("t", "u"), 0);
	digest("u", hex);
	assert_string_equal(hex, first);
}

/* The digest that the index says, if the file is as it was: proof that it is not read again. */
static void remembers(void **state)
{
	static const char lie[] = "00000000000000000000000000000000"
				  "00000000000000000000000000000000";
	struct buf text = { 0 };
	char hex[DIGESTHEX], real[DIGESTHEX];
	struct stat st;

	(void)state;
	put("f", "text");
	put("g", "more");
	settle();
	digest("f", real);
	assert_int_equal(fileread("index", &text), 0);
	assert_memory_equal(text.data, real, 64);
	assert_string_equal(text.data + text.len - 3, " f\n");
	memcpy(text.data, lie, 64);
	assert_int_equal(filewrite("index", text.data, text.len, 0644), 0);
	digest("f", hex);
	assert_string_equal(hex, lie);
	assert_int_equal(stat("index", &st), 0);
	digest("f", hex);
	ino_t ino = st.st_ino;
	assert_int_equal(stat("index", &st), 0);
	assert_int_equal(st.st_ino, ino); /* nothing new: not written again */

	/* the same bytes in another file, and other bytes with the old time, are read */
	struct timespec times[2];

	assert_int_equal(stat("f", &st), 0);
	times[0] = st.st_atim;
	times[1] = st.st_mtim;
	put("f", "next");
	assert_int_equal(utimensat(AT_FDCWD, "f", times, 0), 0);
	digest("f", hex);
	digestbytes("next", 4, real);
	assert_string_equal(hex, real);

	/* for a small file the index is not written again, for a large one it is */
	assert_int_equal(stat("index", &st), 0);
	assert_int_equal(st.st_ino, ino);
	digest("f", hex);
	assert_string_equal(hex, real);
	struct buf large = { 0 };

	while (large.len < 3000000)
		bufputs(&large, "large ");
	put("f", bufstr(&large));
	settle();
	digest("f", hex);
	digestbytes(large.data, large.len, real);
	assert_string_equal(hex, real);
	buffree(&large);
	assert_int_equal(stat("index", &st), 0);
	assert_int_not_equal(st.st_ino, ino);

	/* a damaged index is an empty one */
	static const char *const damage[] = { "", "x", "\n\n", " f\n", "00 1 2 3 4 5 f\n" };

	for (size_t i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
		put("index", damage[i]);
		digest("f", hex);
		assert_string_equal(hex, real);
	}
	assert_int_equal(filewrite("index", text.data, text.len - 1, 0644), 0);
	digest("f", hex);
	assert_string_equal(hex, real);
	buffree(&text);
}

/* A file that was just written could change again unseen: it is not remembered. */
static void racy(void **state)
{
	struct index *x;
	struct buf text = { 0 };
	char hex[DIGESTHEX];

	(void)state;
	put("t/old", "old");
	settle();
	put("t/new", "new");
	x = indexopen("index");
	assert_int_equal(contentdigest(x, "t", hex, NULL), 0);
	assert_int_equal(contentdigest(x, "t/new", hex, NULL), 0);
	assert_int_equal(contentdigest(x, "t/new", hex, NULL), 0);
	assert_int_equal(indexclose(x), 0);
	assert_int_equal(fileread("index", &text), 0);
	assert_non_null(strstr(bufstr(&text), " t/old\n"));
	assert_null(strstr(bufstr(&text), " t/new\n"));
	bufclear(&text);
	settle();
	digest("t", hex);
	assert_int_equal(fileread("index", &text), 0);
	assert_non_null(strstr(bufstr(&text), " t/new\n"));
	buffree(&text);
}

/* More files than the table begins with; all come back from the file. */
static void many(void **state)
{
	char before[DIGESTHEX], hex[DIGESTHEX];
	struct buf text = { 0 };
	size_t lines = 0;

	(void)state;
	for (int i = 0; i < 1500; i++) {
		char *path = xasprintf("t/%d", i);

		put(path, path);
		free(path);
	}
	put("t/a b", "a name with a blank");
	settle();
	digest("t", before);
	assert_int_equal(fileread("index", &text), 0);
	for (size_t i = 0; i < text.len; i++)
		lines += text.data[i] == '\n';
	assert_int_equal(lines, 1501);
	digest("t", hex);
	assert_string_equal(hex, before);

	/* some others: the same as without an index, and then what is not there any more is
	 * forgotten */
	assert_int_equal(unlink("t/0"), 0);
	assert_int_equal(unlink("t/70"), 0);
	put("t/700", "other");
	put("t/new", "new");
	settle();
	digest("t", before);
	bufclear(&text);
	assert_int_equal(fileread("index", &text), 0);
	assert_null(strstr(bufstr(&text), " t/70\n"));
	assert_non_null(strstr(bufstr(&text), " t/71\n"));
	assert_int_equal(rename("index", "kept"), 0);
	digest("t", hex);
	assert_string_equal(hex, before);
	holds("kept", bufstr(&text));
	assert_int_equal(rename("kept", "index"), 0);
	bufclear(&text);
	assert_int_equal(unlink("t/99"), 0);
	digest("t", before);
	assert_int_equal(fileread("index", &text), 0);
	assert_null(strstr(bufstr(&text), " t/99\n"));
	buffree(&text);
}

static void errors(void **state)
{
	struct index *x = indexopen("no/such/index");
	char hex[DIGESTHEX];
	char *where;

	(void)state;
	assert_int_equal(contentdigest(x, "missing", hex, &where), -1);
	assert_int_equal(errno, ENOENT);
	assert_string_equal(where, "missing");
	free(where);
	assert_int_equal(contentdigest(x, "missing", hex, NULL), -1);
	put("f", "");
	assert_int_equal(contentdigest(x, "f/g", hex, &where), -1);
	assert_int_equal(errno, ENOTDIR);
	free(where);
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_int_equal(contentdigest(x, "fifo", hex, &where), -1);
	assert_string_equal(where, "fifo");
	free(where);
	assert_int_equal(contentdigest(x, "f", hex, NULL), 0);
	assert_int_equal(indexclose(x), -1);
	assert_int_equal(errno, ENOENT);
}

static void sources(struct index *x, struct sources *s)
{
	char *where;

	assert_int_equal(sourcesdigest(x, "t", &(struct look){ .except = "made" }, s, &where), 0);
	assert_null(where);
}

/* The digests of t change: h the content, c what decides on the configuration, g what git says. */

static void changes(struct index *x, struct sources *before, const char *what)
{
	struct sources now;

	sources(x, &now);
	assert_int_equal(strcmp(now.hex, before->hex) != 0, strchr(what, 'h') != NULL);
	assert_int_equal(strcmp(now.configs, before->configs) != 0, strchr(what, 'c') != NULL);
	assert_int_equal(strcmp(now.git, before->git) != 0, strchr(what, 'g') != NULL);
	*before = now;
}

/* Of a tree that is built, all that a build can read counts; the files that decide on its
 * configuration have a digest of their own. */
static void built(void **state)
{
	struct index *x = indexopen("index");
	struct sources s;
	char hex[DIGESTHEX];

	(void)state;
	put("t/sub/Kconfig.x", "a");
	put("t/file.c", "a");
	put("t/scripts/a/test.sh", "a");
	put("t/Makefile", "a");
	put("t/sub/Makefile", "a");
	put("t/x86_defconfig", "a");
	sources(x, &s);
	assert_true(digestvalid(s.configs));
	assert_string_equal(s.git, "");
	changes(x, &s, "");
	put("t/file.c", "b");
	changes(x, &s, "h");
	put("t/sub/Makefile", "b");
	changes(x, &s, "h");
	put("t/sub/Kconfig.x", "b");
	changes(x, &s, "hc");
	put("t/x86_defconfig", "b");
	changes(x, &s, "hc");
	put("t/Makefile", "b");
	changes(x, &s, "hc");
	put("t/scripts/a/test.sh", "b");
	changes(x, &s, "hc");
	/* all bits of modes, of files and directories */
	assert_int_equal(chmod("t/file.c", 0600), 0);
	changes(x, &s, "h");
	assert_int_equal(chmod("t/sub", 0700), 0);
	changes(x, &s, "h");
	/* what links lead to */
	put("far/file", "a");
	put("far/.git/HEAD", "a");
	put("near", "a");
	put("made/file", "a");
	assert_int_equal(symlink("../far", "t/far"), 0);
	assert_int_equal(symlink("../near", "t/near"), 0);
	assert_int_equal(symlink("../made/file", "t/made"), 0);
	changes(x, &s, "hg");
	put("far/file", "b");
	changes(x, &s, "h");
	put("near", "b");
	changes(x, &s, "h");
	assert_int_equal(chmod("near", 0755), 0);
	changes(x, &s, "h");
	put("far/.git/HEAD", "b");
	put("made/file", "b");
	changes(x, &s, "");
	assert_int_equal(unlink("near"), 0);
	changes(x, &s, "h");
	/* a file is one */
	assert_int_equal(sourcesdigest(x, "t/file.c", &(struct look){ 0 }, &s, NULL), 0);
	assert_string_equal(s.configs, "");
	assert_string_equal(s.git, "");
	memcpy(hex, s.hex, DIGESTHEX);
	assert_int_equal(chmod("t/file.c", 0755), 0);
	assert_int_equal(sourcesdigest(x, "t/file.c", &(struct look){ 0 }, &s, NULL), 0);
	assert_string_not_equal(hex, s.hex);
	assert_int_equal(sourcesdigest(x, "missing", &(struct look){ 0 }, &s, NULL), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(indexclose(x), 0);
}

/* What need not be there. */
static void any(void **state)
{
	struct index *x = indexopen("index");
	char none[DIGESTHEX], hex[DIGESTHEX], want[DIGESTHEX];

	(void)state;
	assert_int_equal(contentany(x, "f", none, NULL), 0);
	put("f", "text");
	assert_int_equal(contentany(x, "f", hex, NULL), 0);
	digestbytes("text", 4, want);
	assert_string_equal(hex, want);
	assert_int_equal(contentany(x, "/dev/null", want, NULL), 0);
	assert_string_not_equal(want, none);
	assert_int_equal(contentany(x, "/dev/zero", hex, NULL), 0);
	assert_string_not_equal(want, hex);
	put("d/f", "text");
	assert_int_equal(contentany(x, "d", hex, NULL), 0);
	assert_int_equal(contentdigest(x, "d", want, NULL), 0);
	assert_string_equal(hex, want);
	assert_int_equal(indexclose(x), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(built, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(any, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(file, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(tree, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(remembers, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(racy, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(many, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(errors, scratchmake, scratchremove),
	};

	return cmocka_run_group_tests_name("inputs_index", tests, NULL, NULL);
}
