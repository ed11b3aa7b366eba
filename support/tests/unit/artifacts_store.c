// SPDX-License-Identifier: GPL-2.0-or-later
/* The store: what is in it comes back whole or not at all; what was not used for long goes. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/digest.h"
#include "scratch.h"
#include "store/artifact.h"
#include "store/artlist.h"

static const struct artifacts store = { .dir = "store" };

/* A key for each letter. */
static const char *key(char letter)
{
	static char text[4][DIGESTHEX];
	static int at;

	at = (at + 1) % 4;
	digestbytes(&letter, 1, text[at]);
	return text[at];
}

static int setup(void **state)
{
	if (scratchmake(state) < 0 || mkdirs("from/d") < 0)
		return -1;
	return filewrite("from/d/file", "content\n", 8, 0755);
}

static void keep(const struct artifacts *a, char letter, const char *text)
{
	struct buf meta = { 0 };
	char *note;

	bufputs(&meta, text);
	assert_int_equal(artifactstore(a, key(letter), "from", &meta, &note), 0);
	assert_null(note);
	buffree(&meta);
}

/* artifactfind gives want and, if pattern is not NULL, a note that has it in it; else none. */
static void finds(const struct artifacts *a, char letter, int want, const char *pattern)
{
	char *note;

	assert_int_equal(artifactfind(a, key(letter), NULL, &note), want);
	if (!pattern)
		assert_null(note);
	else
		assert_non_null(note && strstr(note, pattern) ? note : NULL);
	free(note);
}

static int there(char letter)
{
	char *path = artifactpath("store", key(letter));
	int ret = access(path, F_OK) == 0;

	free(path);
	return ret;
}

/* The number of files in the store, of whatever kind. */
static size_t files(void)
{
	struct strlist subs = { 0 };
	size_t n = 0;

	assert_int_equal(dirlist("store", &subs), 0);
	for (size_t i = 0; i < subs.len; i++) {
		struct strlist names = { 0 };
		char *sub = pathjoin("store", subs.item[i]);

		assert_int_equal(dirlist(sub, &names), 0);
		n += names.len;
		listfree(&names);
		free(sub);
	}
	listfree(&subs);
	return n;
}

static void roundtrip(void **state)
{
	struct buf meta = { 0 };
	char *note;

	(void)state;
	finds(&store, 'a', 0, NULL);
	assert_int_equal(artifactload(&store, key('a'), "to", &meta, &note), 0);
	assert_null(note);
	keep(&store, 'a', "title 1\nmore\n");
	bufputs(&meta, "before ");
	assert_int_equal(artifactfind(&store, key('a'), &meta, &note), 1);
	assert_string_equal(bufstr(&meta), "before title 1\nmore\n");
	assert_int_equal(mkdirs("to.part/left/by/another"), 0);
	bufclear(&meta);
	assert_int_equal(artifactload(&store, key('a'), "to", &meta, &note), 1);
	assert_null(note);
	assert_string_equal(bufstr(&meta), "title 1\nmore\n");
	bufclear(&meta);
	assert_int_equal(fileread("to/d/file", &meta), 0);
	assert_string_equal(bufstr(&meta), "content\n");
	assert_int_equal(access("to/left", F_OK), -1);
	assert_int_equal(access("to.part", F_OK), -1);
	assert_int_equal(files(), 1);

	/* Once more, without a meta text, in its place. */
	assert_int_equal(artifactstore(&store, key('a'), "from", NULL, &note), 0);
	bufclear(&meta);
	assert_int_equal(artifactfind(&store, key('a'), &meta, &note), 1);
	assert_int_equal(meta.len, 0);
	assert_int_equal(files(), 1);
	buffree(&meta);
}

static void badplaces(void **state)
{
	static const struct artifacts none = { .dir = "from/d/file" };
	struct buf meta = { 0 };
	char *note;

	(void)state;
	keep(&store, 'a', "");
	assert_int_equal(artifactload(&store, key('a'), "from", &meta, &note), -1);
	assert_non_null(strstr(note, " to from: it exists"));
	free(note);
	assert_int_equal(artifactload(&store, key('a'), "no/such/place", NULL, &note), -1);
	assert_non_null(strstr(note, "cannot write no/such/place.part: No such file"));
	free(note);
	assert_true(there('a'));
	assert_int_equal(artifactstore(&store, key('b'), "nowhere", NULL, &note), -1);
	assert_non_null(strstr(note, "cannot store nowhere as store/"));
	free(note);
	assert_int_equal(artifactstore(&none, key('b'), "from", NULL, &note), -1);
	assert_non_null(strstr(note, "cannot write from/d/file/"));
	free(note);
	finds(&none, 'b', 0, NULL);
	assert_int_equal(artifactstore(&store, "../../x", "from", NULL, &note), -1);
	assert_string_equal(note, "'../../x' is not the key of an artifact");
	free(note);
	assert_int_equal(artifactfind(&store, "../../x", NULL, &note), 0);
	assert_string_equal(note, "'../../x' is not the key of an artifact");
	free(note);
	while (meta.len <= 1 << 20)
		bufputs(&meta, "a meta text that is far too long ");
	assert_int_equal(artifactstore(&store, key('b'), "from", &meta, &note), -1);
	assert_non_null(strstr(note, "its meta text is too long"));
	free(note);
	buffree(&meta);
	assert_int_equal(files(), 1);
}

/* Write data as the file of the entry 'a', which is then found damaged, and is gone. */
static void damaged(const char *data, size_t len, const char *pattern)
{
	char *path = artifactpath("store", key('a'));

	assert_int_equal(filewrite(path, data, len, 0644), 0);
	finds(&store, 'a', 0, pattern);
	assert_int_equal(access(path, F_OK), -1);
	finds(&store, 'a', 0, NULL);
	free(path);
}

static void damage(void **state)
{
	char *path = artifactpath("store", key('a'));
	struct buf good = { 0 };
	char *note;

	(void)state;
	keep(&store, 'a', "title\n");
	assert_int_equal(fileread(path, &good), 0);
	for (size_t i = 0; i < good.len; i++) {
		good.data[i] ^= 1;
		damaged(good.data, good.len, "damaged and is removed");
		good.data[i] ^= 1;
		damaged(good.data, i, "damaged and is removed");
	}
	bufputc(&good, 'x');
	damaged(good.data, good.len, "its length is wrong");
	good.len--;
	good.data[good.len - 1] ^= 0x40;
	damaged(good.data, good.len, "its digest is wrong");
	good.data[good.len - 1] ^= 0x40;
	assert_int_equal(filewrite(path, good.data, good.len, 0644), 0);
	finds(&store, 'a', 1, NULL);

	/* The entry of another key, whole as it is. */
	assert_int_equal(unlink(path), 0);
	keep(&store, 'b', "");
	free(path);
	path = artifactpath("store", key('b'));
	bufclear(&good);
	assert_int_equal(fileread(path, &good), 0);
	damaged(good.data, good.len, "it has another key");

	/* Nothing is left of a tree that was to be loaded. */
	good.data[good.len - 1] ^= 1;
	assert_int_equal(filewrite(path, good.data, good.len, 0644), 0);
	assert_int_equal(artifactload(&store, key('b'), "to", NULL, &note), 0);
	assert_non_null(strstr(note, "its digest is wrong"));
	free(note);
	assert_int_equal(access("to", F_OK), -1);
	assert_int_equal(access("to.part", F_OK), -1);
	buffree(&good);
	free(path);
}

/* A file of the right form whose tree is not: only its maker can have done that. */
static void malice(void **state)
{
	static const char tree[] = "size 00000000000000000004\nmeta 0000000000\nevil";
	char *path = artifactpath("store", key('a'));
	struct buf meta = { 0 }, text = { 0 };
	char hex[DIGESTHEX];
	char *note;

	(void)state;
	assert_int_equal(mkparents(path), 0);
	digestbytes(tree, sizeof(tree) - 1, hex);
	bufprintf(&text, "whittle-artifact 1\nkey %s\ndigest %s\n%s", key('a'), hex, tree);
	assert_int_equal(filewrite(path, text.data, text.len, 0644), 0);
	finds(&store, 'a', 1, NULL);
	assert_int_equal(artifactload(&store, key('a'), "to", &meta, &note), 0);
	assert_non_null(strstr(note, "was damaged and is removed: it cannot be unpacked"));
	free(note);
	assert_int_equal(meta.len, 0);
	assert_int_equal(access("to", F_OK), -1);
	assert_int_equal(access("to.part", F_OK), -1);
	assert_int_equal(access(path, F_OK), -1);
	buffree(&text);
	free(path);
}

/* Say that an entry, or the file at path, was used that many seconds ago. */
static void age(const char *path, time_t seconds)
{
	struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { time(NULL) - seconds, 0 } };

	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void entryage(char letter, time_t seconds)
{
	char *path = artifactpath("store", key(letter));

	age(path, seconds);
	free(path);
}

static unsigned long long entrysize(char letter)
{
	char *path = artifactpath("store", key(letter));
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	free(path);
	return (unsigned long long)st.st_size;
}

static void eviction(void **state)
{
	struct artifacts a = store;

	(void)state;
	keep(&a, 'a', "same length\n");
	a.limit = 3 * entrysize('a') + 1;
	keep(&a, 'b', "same length\n");
	keep(&a, 'c', "same length\n");
	assert_int_equal(files(), 3);
	entryage('a', 100);
	entryage('b', 300);
	entryage('c', 200);
	keep(&a, 'd', "same length\n");
	assert_true(there('a') && !there('b') && there('c') && there('d'));

	/* Being found counts as being used. */
	finds(&a, 'c', 1, NULL);
	keep(&a, 'e', "same length\n");
	assert_true(!there('a') && there('c') && there('d') && there('e'));

	/* What was just stored stays, also if it alone is too large, or the oldest. */
	a.limit = 10;
	keep(&a, 'f', "same length\n");
	assert_true(there('f'));
	assert_int_equal(files(), 1);
	entryage('f', -1000);
	keep(&a, 'g', "same length\n");
	assert_true(there('g'));
	assert_int_equal(files(), 1);
}

static void listing(void **state)
{
	struct artifactentry *list;
	char *title;
	size_t n;

	(void)state;
	assert_int_equal(artifactlist("store", &list, &n), 0);
	assert_int_equal(n, 0);
	free(list);
	keep(&store, 'a', "one\ntwo\n");
	keep(&store, 'b', "no line break");
	keep(&store, 'c', "");
	entryage('a', 10);
	entryage('b', 20);
	assert_int_equal(mkdirs("store/zz"), 0);
	assert_int_equal(filewrite("store/zz/file", "", 0, 0644), 0);
	assert_int_equal(filewrite("store/README", "", 0, 0644), 0);
	assert_int_equal(artifactlist("store", &list, &n), 0);
	assert_int_equal(n, 3);
	assert_string_equal(list[0].key, key('b'));
	assert_string_equal(list[1].key, key('a'));
	assert_int_equal(list[2].size, entrysize('c'));
	free(list);
	title = artifacttitle("store", key('a'));
	assert_string_equal(title, "one");
	free(title);
	title = artifacttitle("store", key('b'));
	assert_string_equal(title, "no line break");
	free(title);
	title = artifacttitle("store", key('c'));
	assert_string_equal(title, "");
	free(title);
	assert_null(artifacttitle("store", key('x')));
	assert_int_equal(artifactremove("store", key('a')), 1);
	assert_int_equal(artifactremove("store", key('a')), 0);
	assert_int_equal(artifactlist("store/README", &list, &n), -1);
}

static void collection(void **state)
{
	struct artifactgc gc = { 0 };
	char *path = artifactpath("store", key('b'));
	char *young = xasprintf("%s.tmp7-1", path);
	char *old = xasprintf("%s.tmp7-2", path);
	struct buf text = { 0 };
	unsigned long long size;

	(void)state;
	assert_int_equal(artifactgc("store", 1, ARTGC_VERIFY, &gc), 0);
	keep(&store, 'a', "same length\n");
	keep(&store, 'b', "same length\n");
	keep(&store, 'c', "same length\n");
	keep(&store, 'd', "same length\n");
	size = entrysize('a');
	assert_int_equal(filewrite(young, "xx", 2, 0644), 0);
	assert_int_equal(filewrite(old, "xxx", 3, 0644), 0);
	age(young, 23 * 3600);
	age(old, 25 * 3600);
	assert_int_equal(fileread(path, &text), 0);
	text.data[text.len - 1] ^= 1;
	assert_int_equal(filewrite(path, text.data, text.len, 0644), 0);

	assert_int_equal(artifactgc("store", 0, 0, &gc), 0);
	assert_int_equal(access(young, F_OK), 0);
	assert_int_equal(access(old, F_OK), -1);
	assert_int_equal(gc.stale, 1);
	assert_int_equal(gc.damaged, 0);
	assert_int_equal(gc.evicted, 0);
	assert_int_equal(gc.freed, 3);
	assert_int_equal(gc.kept, 4);
	assert_int_equal(gc.size, 4 * size);

	gc = (struct artifactgc){ 0 };
	assert_int_equal(artifactgc("store", 0, ARTGC_VERIFY, &gc), 0);
	assert_int_equal(gc.damaged, 1);
	assert_false(there('b'));
	assert_int_equal(gc.freed, size);
	assert_int_equal(gc.kept, 3);

	/* A header is looked at in any case. */
	free(path);
	path = artifactpath("store", key('c'));
	assert_int_equal(filewrite(path, "x", 1, 0644), 0);
	entryage('a', 10);
	gc = (struct artifactgc){ 0 };
	assert_int_equal(artifactgc("store", size, 0, &gc), 0);
	assert_int_equal(gc.damaged, 1);
	assert_int_equal(gc.evicted, 1);
	assert_int_equal(gc.kept, 1);
	assert_int_equal(gc.size, size);
	assert_true(!there('a') && !there('c') && there('d'));
	buffree(&text);
	free(path);
	free(young);
	free(old);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(roundtrip, setup, scratchremove),
		cmocka_unit_test_setup_teardown(badplaces, setup, scratchremove),
		cmocka_unit_test_setup_teardown(damage, setup, scratchremove),
		cmocka_unit_test_setup_teardown(malice, setup, scratchremove),
		cmocka_unit_test_setup_teardown(eviction, setup, scratchremove),
		cmocka_unit_test_setup_teardown(listing, setup, scratchremove),
		cmocka_unit_test_setup_teardown(collection, setup, scratchremove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
