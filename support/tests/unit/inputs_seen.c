// SPDX-License-Identifier: GPL-2.0-or-later
/* What was seen of sources is not older than their digest, although files change meanwhile. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

#include "fs/seen.h"
#include "inputs/content.h"
#include "scratch.h"

/* Whether the program of this id has the file at path open. */
static bool reads(pid_t pid, const char *path)
{
	char *dir = xasprintf("/proc/%d/fd", (int)pid), to[4096];
	DIR *d = opendir(dir);
	struct dirent *e;
	bool found = false;

	while (d && !found && (e = readdir(d))) {
		ssize_t len = readlinkat(dirfd(d), e->d_name, to, sizeof(to) - 1);

		to[len > 0 ? len : 0] = '\0';
		found = len > 0 && strcmp(to, path) == 0;
	}
	if (d)
		closedir(d);
	free(dir);
	return found;
}

static void edit(void)
{
	put("t/b", "2");
}

static void replace(void)
{
	if (symlink("c", "t/new") < 0 || rename("t/new", "t/link") < 0)
		_exit(1);
}

static void take(void)
{
	if (unlink("t/b") < 0)
		_exit(1);
}

/*
 * Look at t while a file before the others is read: change is called then. Returns whether the
 * change was in time.
 */
static bool look(void (*change)(void), struct sources *s)
{
	char *first = realpath("t/a", NULL), *where;
	struct index *x = indexopen("index");
	pid_t parent = getpid(), pid = fork();
	int status;

	if (pid == 0) {
		while (!reads(parent, first))
			if (getppid() != parent)
				_exit(1);
		change();
		_exit(reads(parent, first) ? 0 : 1);
	}
	assert_int_equal(sourcesdigest(x, "t", &(struct look){ .seen = "seen" }, s, &where), 0);
	assert_int_equal(indexclose(x), 0);
	kill(pid, SIGTERM);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	free(first);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void later(void **state)
{
	static void (*const changes[])(void) = { edit, replace, take };
	struct sources s, now;
	struct stat st;

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		bool intime = false;

		for (off_t size = 64 << 20; !intime && size < (off_t)4 << 30; size *= 2) {
			put("t/b", "1");
			put("t/c", "1");
			unlink("t/link");
			assert_int_equal(symlink("b", "t/link"), 0);
			put("t/a", "");
			assert_int_equal(truncate("t/a", size), 0);
			unlink("index");
			intime = look(changes[i], &s);
		}
		assert_true(intime);
		struct index *x = indexopen("index");
		char *where;

		/* the digest has it, so that what was seen must not lack it */
		assert_int_equal(access("seen", F_OK), -1);
		assert_int_equal(
			sourcesdigest(x, "t", &(struct look){ .seen = "seen" }, &now, &where), 0);
		assert_int_equal(indexclose(x), 0);
		assert_string_equal(now.hex, s.hex);
		assert_int_equal(stat("seen", &st), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(later, scratchmake, scratchremove),
	};

	return cmocka_run_group_tests_name("inputs_seen", tests, NULL, NULL);
}
