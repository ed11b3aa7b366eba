// SPDX-License-Identifier: GPL-2.0-or-later
/* Parts and locks on a real directory. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "fetch/lock.h"
#include "fetch/part.h"
#include "scratch.h"

static void grows(void **state)
{
	char got[DIGESTHEX], want[DIGESTHEX];
	struct part p;

	(void)state;
	assert_int_equal(partopen(&p, "a.part", got), 0);
	digestbytes("", 0, want);
	assert_string_equal(got, want);
	assert_int_equal(partadd(&p, "one", 3), 0);
	partclose(&p);
	assert_int_equal(partopen(&p, "a.part", got), 0);
	digestbytes("one", 3, want);
	assert_string_equal(got, want);
	assert_int_equal(p.len, 3);
	assert_int_equal(partadd(&p, "two", 3), 0);
	partsum(&p, got);
	digestbytes("onetwo", 6, want);
	assert_string_equal(got, want);
	assert_int_equal(access("a", F_OK), -1);
	assert_int_equal(partpublish(&p, "a"), 0);
	holds("a", "onetwo");
	assert_int_equal(access("a.part", F_OK), -1);
	partclose(&p);
}

static void resets(void **state)
{
	char got[DIGESTHEX], want[DIGESTHEX];
	struct part p;

	(void)state;
	assert_int_equal(partopen(&p, "b.part", got), 0);
	assert_int_equal(partadd(&p, "wrong", 5), 0);
	partsum(&p, got);
	assert_int_equal(partreset(&p), 0);
	assert_int_equal(partadd(&p, "ok", 2), 0);
	assert_int_equal(p.len, 2);
	partsum(&p, got);
	digestbytes("ok", 2, want);
	assert_string_equal(got, want);
	assert_int_equal(partpublish(&p, "no/such/dir"), -1);
	assert_int_equal(partreset(&p), 0);
	partclose(&p);
	assert_int_equal(access("b.part", F_OK), -1); /* an empty one does not stay */
}

static void refusessymlink(void **state)
{
	char got[DIGESTHEX];
	struct part p;

	(void)state;
	assert_int_equal(filewrite("victim", "x", 1, 0666), 0);
	assert_int_equal(symlink("victim", "c.part"), 0);
	assert_int_equal(partopen(&p, "c.part", got), -1);
	holds("victim", "x");
}

/* A fifo without another end would hold up whoever opens or reads it. */
static void refusesspecial(void **state)
{
	char got[DIGESTHEX];
	struct part p;
	struct lock l;
	struct stat st;

	(void)state;
	assert_int_equal(mkfifo("d.part", 0666), 0);
	assert_int_equal(partopen(&p, "d.part", got), -1);
	assert_int_equal(errno, ENOTSUP);
	assert_int_equal(locktry(&l, "d.part"), -1);
	assert_int_equal(errno, ENOTSUP);
	assert_int_equal(partopen(&p, ".", got), -1);
	assert_int_equal(errno, ENOTSUP);
	assert_int_equal(lstat("d.part", &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
}

/* What did not fit is not counted, nor left there: the part can go on. */
static void overflows(void **state)
{
	static char much[30000];
	char got[DIGESTHEX], want[DIGESTHEX];
	struct rlimit was, limit;
	struct part p;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(partopen(&p, "e.part", got), 0);
	assert_int_equal(partadd(&p, "one", 3), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	limit = was;
	limit.rlim_cur = 20000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(partadd(&p, much, sizeof(much)), -1);
	assert_int_equal(errno, EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	assert_int_equal(p.len, 3);
	assert_int_equal(partadd(&p, "two", 3), 0);
	partsum(&p, got);
	digestbytes("onetwo", 6, want);
	assert_string_equal(got, want);
	assert_int_equal(partpublish(&p, "e"), 0);
	holds("e", "onetwo");
}

static void locks(void **state)
{
	struct lock a, b;

	(void)state;
	assert_int_equal(locktry(&a, "f.lock"), 1);
	assert_int_equal(locktry(&b, "f.lock"), 0);
	lockdrop(&a);
	lockdrop(&a);
	assert_int_equal(access("f.lock", F_OK), -1);
	assert_int_equal(locktry(&b, "f.lock"), 1);
	/* A lock on a file that is no longer the one named keeps nobody out. */
	assert_int_equal(unlink("f.lock"), 0);
	assert_int_equal(locktry(&a, "f.lock"), 1);
	lockdrop(&a);
	lockdrop(&b);
	assert_int_equal(locktry(&a, "no/such/dir/f.lock"), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows),	  cmocka_unit_test(resets),
		cmocka_unit_test(refusessymlink), cmocka_unit_test(refusesspecial),
		cmocka_unit_test(overflows),	  cmocka_unit_test(locks),
	};

	return cmocka_run_group_tests(tests, scratchmake, scratchremove);
}
