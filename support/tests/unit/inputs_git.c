// SPDX-License-Identifier: GPL-2.0-or-later
/* What git says of a tree: what changes it, what does not, and when git has to be asked again. */
#include <stdio.h>
#include <sys/wait.h>

#include "inputs/content.h"
#include "scratch.h"

/* Run a command of the shell; its status as wait says it. */
static int run(const char *command)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid ? status : -1;
}

static void sh(const char *command)
{
	assert_int_equal(run(command), 0);
}

static int setup(void **state)
{
	if (scratchmake(state) < 0)
		return -1;
	setenv("HOME", "/nonexistent", 1);
	setenv("GIT_AUTHOR_NAME", "me", 1);
	setenv("GIT_AUTHOR_EMAIL", "me@example.org", 1);
	setenv("GIT_COMMITTER_NAME", "me", 1);
	setenv("GIT_COMMITTER_EMAIL", "me@example.org", 1);
	sh("git -c init.defaultBranch=main init -q t && cd t && echo 1 >file && mkdir sub && echo 1 >sub/file && git add . && "
	   "git commit -qm 1");
	return 0;
}

static void state(char git[DIGESTHEX])
{
	struct index *x = indexopen("index");
	struct sources s;

	assert_int_equal(sourcesdigest(x, "t", &(struct look){ 0 }, &s, NULL), 0);
	assert_int_equal(indexclose(x), 0);
	memcpy(git, s.git, DIGESTHEX);
}

static char was[DIGESTHEX];

static void same(void)
{
	char now[DIGESTHEX];

	state(now);
	assert_string_equal(now, was);
}

static void other(void)
{
	char before[DIGESTHEX];

	memcpy(before, was, DIGESTHEX);
	state(was);
	assert_string_not_equal(was, before);
	same();
}

static void changes(void **unused)
{
	char clean[DIGESTHEX];

	(void)unused;
	state(was);
	assert_true(digestvalid(was));
	same();
	memcpy(clean, was, DIGESTHEX);
	/* an edit makes it dirty, another one not more so; undone, it is as before */
	sh("echo 2 >t/file");
	other();
	sh("echo 3 >t/sub/file");
	same();
	sh("git -C t add file");
	same();
	sh("git -C t reset -q --hard");
	other();
	assert_string_equal(was, clean);
	/* what git does for itself, and what is not tracked */
	sh("touch t/file && git -C t status -s && git -C t gc -q && echo 1 >t/new && git -C t stash list");
	same();
	sh("git -C t add new");
	other();
	sh("git -C t commit -qm 2");
	other();
	/* names */
	sh("git -C t tag v1");
	other();
	sh("git -C t tag -f v1 HEAD~1");
	other();
	sh("git -C t pack-refs --all");
	same();
	sh("git -C t tag -d v1");
	other();
	sh("git -C t checkout -qb branch");
	other();
	sh("git -C t checkout -q --detach");
	other();
	/* how much there is of its past */
	sh("git -C t rev-parse HEAD >t/.git/shallow");
	other();
	sh("rm t/.git/shallow");
	other();
	/* another commit of the same content */
	sh("git -C t commit -q --amend -m 3");
	other();
	sh("chmod 755 t/file");
	other();
	/* which git does not mind if it is told so */
	sh("git -C t config core.fileMode false");
	other();
}

/* Its index file is noted with the answer: proof that git is not asked again. */
static void remembers(void **unused)
{
	(void)unused;
	sh("sleep 0.1");
	state(was);
	/* it would be noted anew if it were asked */
	sh("cp index index.kept && sed -i '\\,\\.git/index$,d' index && ! cmp -s index index.kept");
	same();
	sh("cmp -s index index.kept");
	/* the content changes, the index file does not */
	sh("echo 2 >t/file");
	other();
	sh("grep -q '\\.git/index$' index && ! cmp -s index index.kept");
	/* the content is that of the commit, but the index is not */
	sh("git -C t checkout -q -- file");
	other();
	sh("git -C t rm -q --cached sub/file");
	other();
}

/* A worktree, whose .git is a file; a repository in it; what is none; what lies around it. */
static void kinds(void **unused)
{
	char empty[DIGESTHEX];

	(void)unused;
	sh("git -C t worktree add -q --detach ../w && mv t away && git -C away worktree repair ../w 2>/dev/null && mv w t");
	sh("git -C away worktree repair ../t 2>/dev/null || :");
	state(was);
	assert_true(digestvalid(was));
	sh("echo 2 >t/file");
	other();
	sh("git -C t commit -qam 2");
	other();
	sh("git init -q t/sub/in && cd t/sub/in && echo 1 >x && git add x && git commit -qm 1");
	other();
	sh("echo 2 >t/sub/in/x");
	other();
	sh("rm -rf t/sub/in");
	other();
	/* none of these is a repository; they are not the one around them either */
	sh("git init -q . && echo x >y && git add y && git commit -qm x && rm -rf t/.git && mkdir t/.git");
	state(was);
	sh("git commit -q --allow-empty -m y");
	same();
	sh("rmdir t/.git && echo 'gitdir: /nowhere' >t/.git");
	same();
	sh("rm t/.git");
	state(empty);
	assert_string_equal(empty, "");
	/* one without a commit */
	sh("git init -q t");
	other();
	sh("git -C t add file && git -C t commit -qm 1");
	other();
}

/* What a hook has in its environment is another's. */
static void environment(void **unused)
{
	(void)unused;
	state(was);
	sh("git init -q other");
	setenv("GIT_DIR", "other/.git", 1);
	setenv("GIT_INDEX_FILE", "other/.git/index", 1);
	same();
	unsetenv("GIT_DIR");
	unsetenv("GIT_INDEX_FILE");
	/* an external program that a repository names is not run */
	sh("git -C t config core.fsmonitor 'touch /tmp/whittle-unit-ran; false'");
	state(was);
	assert_int_equal(access("/tmp/whittle-unit-ran", F_OK), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(changes, setup, scratchremove),
		cmocka_unit_test_setup_teardown(remembers, setup, scratchremove),
		cmocka_unit_test_setup_teardown(kinds, setup, scratchremove),
		cmocka_unit_test_setup_teardown(environment, setup, scratchremove),
	};

	if (run("git --version >/dev/null 2>&1") != 0) {
		puts("1..0 # SKIP no git here");
		return 0;
	}
	return cmocka_run_group_tests_name("inputs_git", tests, NULL, NULL);
}
