// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: the layer that it puts into the guest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fs/file.h"
#include "fs/remove.h"
#include "runqemu/agent.h"
#include "runqemu/rootscript.h"
#include "runqemu/session.h"
#include "runqemu/start.h"

static char scratch[] = "/tmp/runqemu_session.XXXXXX";

static const struct session command = { .mark = "\036"
						"mark ",
					.command = "echo 'hi'",
					.virtio = true },
			    shell = { .mark = "\036"
					      "mark " };

static const struct agentmarks marks = { .record = "\036"
						   "said ",
					 .request = "\036"
						    "asked " };

static unsigned field(const char *entry, int n)
{
	char hex[9] = { 0 };

	memcpy(hex, entry + 6 + 8 * n, 8);
	return (unsigned)strtoul(hex, NULL, 16);
}

static size_t up4(size_t n)
{
	return (n + 3) & ~(size_t)3;
}

/* Check the entry at *at and step over it; returns its data. */
static const char *entry(const struct buf *b, size_t *at, const char *name, unsigned mode)
{
	const char *e = b->data + *at, *data;

	assert_memory_equal(e, "070701", 6);
	assert_int_equal(field(e, 1), mode);
	assert_int_equal(field(e, 11), strlen(name) + 1);
	assert_string_equal(e + 110, name);
	*at = up4(*at + 110 + strlen(name) + 1);
	data = b->data + *at;
	*at = up4(*at + field(e, 6));
	assert_true(*at <= b->len);
	return data;
}

static void is_an_archive(void **state)
{
	struct buf b = { 0 };
	size_t at = 0;

	(void)state;
	sessionlayer(&b, &command);
	assert_int_equal(b.len % 512, 0);
	entry(&b, &at, ".whittle", 0040700);
	assert_memory_equal(entry(&b, &at, ".whittle/mark", 0100600),
			    "\036"
			    "mark \n",
			    7);
	assert_memory_equal(entry(&b, &at, ".whittle/session", 0100700), "#!/bin/sh\n", 10);
	assert_memory_equal(entry(&b, &at, ".whittle/cmd", 0100600), "echo 'hi'\n", 10);
	entry(&b, &at, "TRAILER!!!", 0);
	while (at < b.len)
		assert_int_equal(b.data[at++], 0);
	buffree(&b);
}

static void needs_no_command_for_a_shell(void **state)
{
	struct buf b = { 0 };
	size_t at = 0;

	(void)state;
	sessionlayer(&b, &shell);
	entry(&b, &at, ".whittle", 0040700);
	entry(&b, &at, ".whittle/mark", 0100600);
	entry(&b, &at, ".whittle/session", 0100700);
	entry(&b, &at, "TRAILER!!!", 0);
	buffree(&b);
}

/* How often text stands in b. */
static int count(const struct buf *b, const char *text)
{
	int n = 0;

	for (const char *p = b->data;
	     (p = memmem(p, (size_t)(b->data + b->len - p), text, strlen(text))); p++)
		n++;
	return n;
}

/* What records begin with is in files that are emptied, not in scripts, whose text stays. */
static void keeps_its_marks_apart(void **state)
{
	struct session s = { .mark = "\036"
				     "mark ",
			     .command = "true",
			     .marks = &marks };
	struct buf b = { 0 };
	size_t at = 0;

	(void)state;
	sessionlayer(&b, &s);
	assert_int_equal(count(&b, s.mark), 1);
	assert_int_equal(count(&b, marks.record), 1);
	assert_int_equal(count(&b, marks.request), 1);
	entry(&b, &at, ".whittle", 0040700);
	entry(&b, &at, ".whittle/mark", 0100600);
	entry(&b, &at, ".whittle/session", 0100700);
	entry(&b, &at, ".whittle/cmd", 0100600);
	entry(&b, &at, ".whittle/start", 0100700);
	assert_memory_equal(entry(&b, &at, ".whittle/marks", 0100600),
			    "\036"
			    "said \n"
			    "\036"
			    "asked \n",
			    15);
	entry(&b, &at, ".whittle/shell", 0100700);
	entry(&b, &at, "TRAILER!!!", 0);
	buffree(&b);
}

/* The exit status of argv, whose output is dropped; -1 if there is no such program. */
static int run(char **argv)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		execvp(argv[0], argv);
		_exit(errno == ENOENT ? 99 : 98);
	}
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status) == 99 ? -1 : WEXITSTATUS(status);
}

static void writes_good_shell(void **state)
{
	struct share share = { .mount = (char *)"/mnt/a b" };
	struct shares shares = { .item = &share, .len = 1 };
	struct guestroot root = { .dir = (char *)"/a \"b",
				  .user = (char *)"me",
				  .uid = 1000,
				  .groups = (char *)"1000,27",
				  .home = (char *)"/home/me",
				  .shell = (char *)"/bin/sh",
				  .network = true };
	struct lan lan = { .on = true,
			   .address = (char *)"10.0.3.1/24",
			   .mac = "52:55:00:00:00:01" };
	struct modules modules = { .paths = { .len = 1 } };
	struct session more = { .mark = "",
				.marks = &marks,
				.shares = &shares,
				.lan = &lan,
				.modules = &modules,
				.interface = true,
				.root = &root };

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		char *path = pathjoin(scratch, "session");
		char *parse[] = { "sh", "-n", path, NULL };
		char *lint[] = { "shellcheck", path, NULL };
		struct buf b = { 0 };

		if (i < 2)
			sessionscript(&b, i ? &shell : &command);
		else if (i == 2)
			startscript(&b, &more);
		else if (i == 3)
			agentscript(&b, "sh", "sh -l");
		else
			rootenter(&b, &root);
		assert_int_equal(filewrite(path, b.data, b.len, 0755), 0);
		assert_int_equal(run(parse), 0);
		if (run(lint) > 0)
			fail_msg("shellcheck finds faults in script %zu", i);
		buffree(&b);
		free(path);
	}
}

static void goes_before_the_image(void **state)
{
	char *path = pathjoin(scratch, "image");
	struct buf layer = { 0 }, all = { 0 };
	char fdpath[32];
	int fd;

	(void)state;
	assert_int_equal(filewrite(path, "\037\213image", 7, 0644), 0);
	sessionlayer(&layer, &command);
	fd = sessioninitrd(&command, path);
	assert_true(fd >= 0);
	snprintf(fdpath, sizeof(fdpath), "/proc/self/fd/%d", fd);
	assert_int_equal(fileread(fdpath, &all), 0);
	assert_int_equal(all.len, layer.len + 7);
	assert_memory_equal(all.data, layer.data, layer.len);
	assert_memory_equal(all.data + layer.len, "\037\213image", 7);
	close(fd);
	fd = sessioninitrd(&command, NULL);
	assert_true(fd >= 0);
	close(fd);
	errno = 0;
	assert_int_equal(sessioninitrd(&command, "/nonexistent"), -1);
	assert_int_equal(errno, ENOENT);
	buffree(&layer);
	buffree(&all);
	free(path);
}

static int setup(void **state)
{
	(void)state;
	return mkdtemp(scratch) ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	return treeremove(scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_an_archive),
		cmocka_unit_test(needs_no_command_for_a_shell),
		cmocka_unit_test(keeps_its_marks_apart),
		cmocka_unit_test(writes_good_shell),
		cmocka_unit_test(goes_before_the_image),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
