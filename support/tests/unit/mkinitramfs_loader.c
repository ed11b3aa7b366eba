// SPDX-License-Identifier: GPL-2.0-or-later
/* mkinitramfs: where paths of an image lead, and where loaders look for libraries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "mkinitramfs/needs/contents.h"
#include "mkinitramfs/needs/loader.h"

/* An entry: a directory, or, if its name does not end in a slash, a file or a link. */
static void add(struct tree *t, const char *name, const char *target)
{
	size_t len = strlen(name);
	bool dir = name[len - 1] == '/';
	char *path = xstrndup(name, dir ? len - 1 : len);
	struct node *n = nodeput(t, path);

	n->inode = inodenew(t, dir ? S_IFDIR | 0755 : target ? S_IFLNK | 0777 : S_IFREG | 0644);
	n->inode->target = target ? xstrdup(target) : NULL;
	free(path);
}

static void leads(const struct contents *c, const char *path, const char *want)
{
	const struct node *n = contentsfollow(c, path);

	if (!want && n)
		fail_msg("%s leads to %s, not to nowhere", path, n->path);
	if (want && (!n || strcmp(n->path, want) != 0))
		fail_msg("%s leads to %s, not to %s", path, n ? n->path : "nowhere", want);
}

static void follows_links(void **state)
{
	struct tree t = { 0 };
	const struct contents c = { .tree = &t };

	(void)state;
	add(&t, "bin", "usr/bin");
	add(&t, "usr/", NULL);
	add(&t, "usr/bin/", NULL);
	add(&t, "usr/bin/busybox", NULL);
	add(&t, "usr/bin/sh", "busybox");
	add(&t, "usr/bin/ash", "/bin/../bin//./sh");
	add(&t, "usr/bin/up", "../../../../bin/sh");
	add(&t, "usr/bin/loop", "loop");
	add(&t, "usr/bin/ping", "pong");
	add(&t, "usr/bin/pong", "../bin/ping");
	add(&t, "usr/bin/grow", "grow/grow");
	add(&t, "usr/bin/gone", "nothing");
	leads(&c, "/bin/busybox", "usr/bin/busybox");
	leads(&c, "bin/sh", "usr/bin/busybox");
	leads(&c, "/bin/ash", "usr/bin/busybox");
	leads(&c, "/usr/bin/up", "usr/bin/busybox");
	leads(&c, "//usr/./bin/../bin/", "usr/bin");
	leads(&c, "/bin", "usr/bin");
	leads(&c, "/bin/loop", NULL);
	leads(&c, "/bin/ping", NULL);
	leads(&c, "/bin/grow", NULL);
	leads(&c, "/bin/gone", NULL);
	leads(&c, "/bin/busybox/x", NULL);
	leads(&c, "/none/../bin/sh", NULL);
	leads(&c, "", NULL);
	assert_non_null(contentsfile(&c, "/bin", "sh"));
	assert_null(contentsfile(&c, "/", "usr"));
	nodesfree(&t);
}

/* Forty links are followed, and not one more. */
static void follows_so_many_links(void **state)
{
	struct tree t = { 0 };
	const struct contents c = { .tree = &t };

	(void)state;
	add(&t, "0", NULL);
	for (int i = 1; i <= 41; i++) {
		char *name = xasprintf("%d", i), *target = xasprintf("%d", i - 1);

		add(&t, name, target);
		free(name);
		free(target);
	}
	leads(&c, "/40", "0");
	leads(&c, "/41", NULL);
	nodesfree(&t);
}

static void what_is_appended_wins(void **state)
{
	struct tree t = { 0 };
	struct contents c = { .tree = &t };

	(void)state;
	add(&t, "a", NULL);
	add(&t, "b", "a");
	add(&c.appended, "b", "c");
	add(&c.appended, "c", NULL);
	leads(&c, "/a", "a");
	leads(&c, "/b", "c");
	nodesfree(&t);
	nodesfree(&c.appended);
}

/* The directories, on one line, where the loader looks for the libraries of u. */
static void looks(const struct contents *c, const char *interp, const struct user *u,
		  const char *want)
{
	struct loader l = { 0 };
	struct strlist dirs = { 0 };
	struct buf got = { 0 };

	loaderopen(&l, c, interp);
	loaderdirs(&l, u, &dirs);
	for (size_t i = 0; i < dirs.len; i++)
		bufprintf(&got, "%s%s", i ? ":" : "", dirs.item[i]);
	bufputs(&got, l.anywhere ? " anywhere" : "");
	assert_string_equal(bufstr(&got), want);
	buffree(&got);
	listfree(&dirs);
	loaderfree(&l);
}

#define MUSL "/lib/ld-musl-x86_64.so.1"
#define GNU  "/lib64/ld-linux-x86-64.so.2"

static void knows_directories(void **state)
{
	const struct elf plain = { 0 };
	const struct user program = { &plain, "/bin", NULL };
	struct tree t = { 0 };
	struct contents c = { .tree = &t };

	(void)state;
	looks(&c, MUSL, &program, "/lib:/usr/local/lib:/usr/lib");
	looks(&c, GNU, &program, "/lib:/usr/local/lib:/usr/lib:/lib64:/usr/lib64");
	looks(&c, NULL, &program, " anywhere");
	add(&t, "usr/lib/x86_64-linux-gnu/", NULL);
	add(&t, "usr/lib/x86_64-linux-gnu/deeper/", NULL);
	looks(&c, MUSL, &program, "/lib:/usr/local/lib:/usr/lib");
	looks(&c, GNU, &program,
	      "/lib:/usr/local/lib:/usr/lib:/lib64:/usr/lib64:/usr/lib/x86_64-linux-gnu");
	/* A list of directories whose text is not at hand. */
	add(&c.appended, "etc/", NULL);
	add(&c.appended, "etc/ld-musl-x86_64.path", NULL);
	looks(&c, MUSL, &program, " anywhere");
	looks(&c, "/usr/lib/ld-musl-x86_64.so.1", &program, "/lib:/usr/local/lib:/usr/lib");
	add(&c.appended, "etc/ld.so.conf.d/x.conf", NULL);
	looks(&c, GNU, &program,
	      "/lib:/usr/local/lib:/usr/lib:/lib64:/usr/lib64:/usr/lib/x86_64-linux-gnu anywhere");
	nodesfree(&t);
	nodesfree(&c.appended);
}

static void paths_of_files_come_first(void **state)
{
	char origin[] = "$ORIGIN/../lib:${ORIGIN}::/opt\n/$LIB:relative", other[] = "/other";
	const struct elf rpath = { .path = origin };
	const struct elf plain = { .path = other };
	const struct elf runpath = { .path = other, .runpath = true };
	const struct user program = { &rpath, "/bin", NULL };
	const struct user library = { &plain, "/lib", &program };
	const struct user modern = { &runpath, "/lib", &program };
	const struct user last = { &plain, "/lib", &modern };
	struct tree t = { 0 };
	const struct contents c = { .tree = &t };

	(void)state;
	looks(&c, MUSL, &program, "/bin/../lib:/bin:/opt:/$LIB:/lib:/usr/local/lib:/usr/lib");
	looks(&c, MUSL, &modern, "/other:/bin/../lib:/bin:/opt:/$LIB:/lib:/usr/local/lib:/usr/lib");
	looks(&c, GNU, &library,
	      "/other:/bin/../lib:/bin:/opt:/$LIB:/lib:/usr/local/lib:/usr/lib:/lib64:/usr/lib64");
	looks(&c, GNU, &modern, "/other:/lib:/usr/local/lib:/usr/lib:/lib64:/usr/lib64");
	looks(&c, GNU, &last,
	      "/other:/bin/../lib:/bin:/opt:/$LIB:/lib:/usr/local/lib:/usr/lib:/lib64:/usr/lib64");
}

static void paths_of_libraries(void **state)
{
	const struct elf plain = { 0 };
	const struct user u = { &plain, "/opt/bin", NULL };
	const struct loader musl = { .musl = true }, gnu = { 0 };
	char *same = loaderpath(&musl, &u, "$ORIGIN/x.so");
	char *other = loaderpath(&gnu, &u, "$ORIGIN/../x.so");

	(void)state;
	assert_string_equal(same, "$ORIGIN/x.so");
	assert_string_equal(other, "/opt/bin/../x.so");
	free(same);
	free(other);
}

static void musl_is_the_c_library(void **state)
{
	struct tree t = { 0 };
	const struct contents c = { .tree = &t };
	struct loader musl = { 0 }, gnu = { 0 }, any = { 0 };

	(void)state;
	loaderopen(&musl, &c, MUSL);
	loaderopen(&gnu, &c, GNU);
	assert_true(loaderhas(&musl, "libc.so"));
	assert_true(loaderhas(&musl, "libm.so.6"));
	assert_true(loaderhas(&musl, "libpthread.so.0"));
	assert_true(loaderhas(&musl, "ld-musl-x86_64.so.1"));
	assert_false(loaderhas(&musl, "libcrypt.so.1"));
	assert_false(loaderhas(&musl, "libmagic.so.1"));
	assert_false(loaderhas(&gnu, "libc.so.6"));
	assert_true(loaderhas(&gnu, "ld-linux-x86-64.so.2"));
	assert_true(loaderhas(&gnu, GNU));
	loaderopen(&any, &c, NULL);
	assert_false(loaderhas(&any, "libc.so"));
	add(&t, "lib/ld-musl-x86_64.so.1", "libc.so");
	loaderopen(&any, &c, NULL);
	assert_true(loaderhas(&any, "libc.so"));
	loaderfree(&musl);
	loaderfree(&gnu);
	nodesfree(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows_links),
		cmocka_unit_test(follows_so_many_links),
		cmocka_unit_test(what_is_appended_wins),
		cmocka_unit_test(knows_directories),
		cmocka_unit_test(paths_of_files_come_first),
		cmocka_unit_test(paths_of_libraries),
		cmocka_unit_test(musl_is_the_c_library),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
