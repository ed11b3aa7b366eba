// SPDX-License-Identifier: GPL-2.0-or-later
/* mkinitramfs: reading archives, good and hostile ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../../fuzz/cpio.c"
#include "fs/file.h"

#define CORPUS "support/fuzz/corpus/cpio"

/* What an entry of an archive under test has; zero fields are left out. */
struct sample {
	const char *name;
	uint32_t mode;
	const char *data;
	uint32_t nlink, ino;
};

static void addpadded(struct buf *b, const void *data, size_t len)
{
	bufadd(b, data, len);
	while (b->len % NEWC_ALIGN)
		bufputc(b, '\0');
}

static void addentry(struct buf *b, const struct sample *s)
{
	char text[NEWC_HEADER + 1];
	struct newc h = {
		.ino = s->ino,
		.mode = s->mode,
		.nlink = s->nlink ? s->nlink : 1,
		.size = s->data ? (uint32_t)strlen(s->data) : 0,
		.namesize = (uint32_t)strlen(s->name) + 1,
	};

	newcformat(&h, text);
	bufadd(b, text, NEWC_HEADER);
	addpadded(b, s->name, h.namesize);
	if (s->data)
		addpadded(b, s->data, h.size);
}

static struct buf sample(void)
{
	static const struct sample entries[] = {
		{ "d", S_IFDIR | 0755, NULL, 2, 1 },
		{ "d/file", S_IFREG | 0644, "hello", 1, 2 },
		{ "TRAILER!!!", 0, NULL, 1, 0 },
	};
	struct buf b = { 0 };

	for (size_t i = 0; i < 3; i++)
		addentry(&b, &entries[i]);
	return b;
}

/* What the reader says of the bytes: the listing, or "error: ...". The caller frees it. */
static char *listing(const void *data, size_t len)
{
	struct buf out = { 0 }, why = { 0 };
	const struct visitor v = { .context = &out, .piece = listpiece, .entry = listentry };
	char *text;

	if (imageread(data, len, LIMIT, &v, &why) == 0)
		text = bufsteal(&out);
	else
		text = xasprintf("error: %s", bufstr(&why));
	buffree(&out);
	buffree(&why);
	return text;
}

static void lists(struct buf *b, const char *want)
{
	char *got = listing(b->data, b->len);

	assert_string_equal(got, want);
	free(got);
	buffree(b);
}

/* What the image unpacks to, as a list. */
static void unpacks(struct buf *b, const char *want)
{
	struct buf out = { 0 }, why = { 0 };
	struct problems problems = { 0 };
	struct unpacked u = { .problems = &problems };
	const struct visitor v = { .context = &u, .entry = unpackentry };

	assert_int_equal(imageread(b->data, b->len, LIMIT, &v, &why), 0);
	treeseal(&u.tree);
	listformat(&u.tree, "src", &out);
	for (size_t i = 0; i < problems.count; i++)
		bufprintf(&out, "%s\n", problems.text.item[i]);
	assert_string_equal(bufstr(&out), want);
	problemfree(&problems);
	linksfree(&u.links);
	nodesfree(&u.tree);
	buffree(&out);
	buffree(b);
}

static void reads_a_good_one(void **state)
{
	struct buf b = sample();

	(void)state;
	lists(&b, "# cpio at 0\n"
		  "drwxr-xr-x   2     0     0          0 1970-01-01 00:00 d\n"
		  "-rw-r--r--   1     0     0          5 1970-01-01 00:00 d/file\n");
}

static void reads_one_without_a_trailer(void **state)
{
	struct buf b = { 0 };

	(void)state;
	addentry(&b, &(struct sample){ .name = "x", .mode = S_IFIFO | 0600 });
	lists(&b, "# cpio at 0\n"
		  "prw-------   1     0     0          0 1970-01-01 00:00 x\n");
}

static void reads_nothing(void **state)
{
	struct buf b = { 0 };

	(void)state;
	bufadd(&b, "\0\0\0", 3);
	lists(&b, "");
}

static void tells_where_it_is_broken(void **state)
{
	static const struct {
		size_t at;	  /* offset of the byte that is changed */
		char byte;	  /* its new value */
		const char *want; /* the error */
	} broken[] = {
		{ 5, '7',
		  "error: offset 0: this is no newc header: an initramfs is made with 'cpio -H newc'" },
		{ 0, 'x', "error: offset 0: this is neither a cpio archive nor compressed data" },
		{ 20, 'g',
		  "error: offset 0: this is no newc header: an initramfs is made with 'cpio -H newc'" },
		{ 101, '0', "error: offset 0: a name has 1 to 4096 bytes" },
		{ 94, '1', "error: offset 0: a name has 1 to 4096 bytes" },
		{ 98, '1', "error: offset 0: a name has 1 to 4096 bytes" },
		{ 99, '7', "error: offset 0: the archive is cut off in a name" },
		{ 111, 'x', "error: offset 0: a name does not end in a zero byte" },
		{ 61, '1', "error: offset 0: only files and symbolic links can have data" },
		{ 112 + 54, 'F',
		  "error: offset 112: the archive is cut off: "
		  "the entry has 4026531845 bytes of data, 132 are left" },
		{ 112 + 17, 'A', "error: offset 112: a symbolic link has 1 to 4096 bytes of data" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		struct buf b = sample();

		if (i == 10) { /* the file becomes a symbolic link, of no data */
			memcpy(b.data + 112 + 14, "0000A1FF", 8);
			memcpy(b.data + 112 + 54, "00000000", 8);
		}
		b.data[broken[i].at] = broken[i].byte;
		lists(&b, broken[i].want);
	}
}

static void tells_truncation_at_each_length(void **state)
{
	struct buf b = sample();
	size_t whole = b.len;

	(void)state;
	for (size_t len = 1; len < whole; len++) {
		char *copy = malloc(len); /* of that very size, for the address sanitizer */
		char *got;
		/* that end after an entry; the padding that follows may be missing */
		int good = len == 112 || (len >= 237 && len <= 240) || len >= 361;

		assert_non_null(copy);
		memcpy(copy, b.data, len);
		got = listing(copy, len);
		if ((strncmp(got, "error: ", 7) != 0) != good)
			fail_msg("%zu bytes: %s", len, got);
		free(got);
		free(copy);
	}
	buffree(&b);
}

static void wants_alignment(void **state)
{
	struct buf b = { 0 }, good = sample();

	(void)state;
	bufadd(&b, "\0\0", 2);
	bufadd(&b, good.data, good.len);
	buffree(&good);
	lists(&b, "error: offset 2: an entry does not begin at a multiple of 4 bytes");
}

static void checks_sums(void **state)
{
	struct buf b = sample();

	(void)state;
	b.data[112 + 5] = '2';
	memcpy(b.data + 112 + 102, "00000214", 8); /* h + e + l + l + o */
	char *got = listing(b.data, b.len);

	assert_string_not_equal(got, "");
	assert_true(strncmp(got, "error", 5) != 0);
	free(got);
	b.data[112 + 109] = '5';
	lists(&b, "error: offset 112: the checksum of its data is wrong");
}

static void the_last_wins(void **state)
{
	static const struct sample entries[] = {
		{ "a", S_IFREG | 0644, "one", 2, 7 },	/* a and b are one file ... */
		{ "b", S_IFREG | 0600, "two", 2, 7 },	/* ... whose mode changes, */
		{ "b", S_IFREG | 0640, "three", 1, 8 }, /* and again, through b */
		{ "c", S_IFREG | 0644, NULL, 1, 9 },	/* a file becomes a directory */
		{ "c", S_IFDIR | 0700, NULL, 2, 10 },
		{ "c/x", S_IFIFO | 0600, NULL, 1, 11 },
		{ "c", S_IFLNK | 0777, "a", 1, 12 }, /* which cannot be replaced any more */
		{ "./d//e", S_IFSOCK | 0600, NULL, 1, 13 },
		{ "d/e/f", S_IFIFO | 0600, NULL, 1, 14 },
	};
	struct buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(entries) / sizeof(*entries); i++)
		addentry(&b, &entries[i]);
	unpacks(&b, "file /a src/a 0640 0 0 /b\n"
		    "dir /c 0700 0 0\n"
		    "pipe /c/x 0600 0 0\n"
		    "sock /d/e 0600 0 0\n"
		    "c: it cannot take the place of a directory that is not empty\n"
		    "d/e/f: it lies below what is no directory\n");
}

static void a_trailer_ends_links(void **state)
{
	static const struct sample one = { "a", S_IFREG | 0644, "x", 2, 7 };
	static const struct sample two = { "b", S_IFREG | 0644, "x", 2, 7 };
	static const struct sample end = { "TRAILER!!!", 0, NULL, 1, 0 };
	struct buf b = { 0 };

	(void)state;
	addentry(&b, &one);
	addentry(&b, &end);
	addentry(&b, &two);
	unpacks(&b, "file /a src/a 0644 0 0\n"
		    "file /b src/b 0644 0 0\n");
}

static void names_are_quoted(void **state)
{
	static const struct sample odd = { "a b\033\"${X}", S_IFREG | 0644, NULL, 1, 1 };
	struct buf b = { 0 };

	(void)state;
	addentry(&b, &odd);
	unpacks(&b, "file \"/a b\\033\\\"${X}\" \"src/a b\\033\\\"\\${X}\" 0644 0 0\n");
}

static void reads_the_corpus(void **state)
{
	struct strlist names = { 0 };

	(void)state;
	assert_int_equal(dirlist(CORPUS, &names), 0);
	assert_true(names.len >= 8);
	for (size_t i = 0; i < names.len; i++) {
		char *path = pathjoin(CORPUS, names.item[i]);
		struct buf b = { 0 };

		assert_int_equal(fileread(path, &b), 0);
		char *got = listing(b.data, b.len);

		if (!strstr(got, "d/f") && !strstr(got, "micro"))
			fail_msg("%s: %s", path, got);
		free(got);
		buffree(&b);
		free(path);
	}
	listfree(&names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_good_one),
		cmocka_unit_test(reads_one_without_a_trailer),
		cmocka_unit_test(reads_nothing),
		cmocka_unit_test(tells_where_it_is_broken),
		cmocka_unit_test(tells_truncation_at_each_length),
		cmocka_unit_test(wants_alignment),
		cmocka_unit_test(checks_sums),
		cmocka_unit_test(the_last_wins),
		cmocka_unit_test(a_trailer_ends_links),
		cmocka_unit_test(names_are_quoted),
		cmocka_unit_test(reads_the_corpus),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
