// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "checkrecipe/steps.h"

/* Each line of body is fine. */
static void fine(const char *body)
{
	struct report r = { 0 };

	stepcheck("foo.mk", 10, body, &r);
	if (r.len)
		fail_msg("%s: %s", body, r.item[0].text);
}

/* Something is wrong in that line of body, once, with words in the message. */
static void refused(const char *body, size_t line, const char *words)
{
	struct report r = { 0 };

	stepcheck("foo.mk", 10, body, &r);
	if (r.len != 1)
		fail_msg("%s: %zu findings, not 1", body, r.len);
	assert_int_equal(r.item[0].line, 10 + line - 1);
	if (!strstr(r.item[0].text, words))
		fail_msg("%s: '%s' lacks '%s'", body, r.item[0].text, words);
	reportfree(&r);
}

static void test_usual(void **state)
{
	(void)state;
	fine("\t$(MAKE) -C $(BUILD) -j$(JOBS) PREFIX=/usr DESTDIR=$(IMAGE)/target install\n");
	fine("\tinstall -D -m 755 $(BUILD)/foo $(IMAGE)/target/usr/bin/foo\n");
	fine("\tfor f in a b; do cp $$f $(IMAGE)/host/bin/ >/dev/null 2>&1; done\n");
	fine("\t$(SRC)/configure --prefix=/usr --sysconfdir=/etc --includedir=/usr/include\n");
	fine("\tsed -e 's,/usr/local,/usr,' -e '/etc/d' $(SRC)/Makefile >Makefile\n");
	fine("\tln -s '/proc/mounts' $(IMAGE)/target/etc/mtab\n");
	fine("\tprintf '%s\\n' '/bin/sh' >>$(IMAGE)/target/etc/shells\n");
	fine("\tcat >x <<'EOF'\n#!/bin/sh\n/bin/mount -t proc proc /proc\nEOF\n");
	fine("\techo curl wget sudo\n\tinstall $(BUILD)/src/curl $(IMAGE)/target/usr/bin/\n");
	fine("\tgit -C $(SRC) describe\n\t# wget is not used, nor /usr/bin\n");
	fine("\tfor f in curl \\\n\t\twget; do :; done\n");
	fine("\tcase $$x in curl) : ;; esac\n");
	fine("");
}

static void test_dollar(void **state)
{
	(void)state;
	refused("\techo\n\tcp $f x\n", 2, "write $$f");
	refused("\techo $HOME\n", 1, "$$HOME");
	refused("\techo \"$@\"\n", 1, "$$@");
	refused("\techo $\n", 1, "single '$'");
	refused("\tcp x $(CURDIR)/y\n", 1, "$(CURDIR)");
	refused("\tcp x ${TOP}/y\n", 1, "$(TOP)");
	refused("\tcp x $(abspath y)\n", 1, "$(abspath)");
}

static void test_places(void **state)
{
	(void)state;
	refused("\tcp x /usr/bin\n", 1, "/usr/bin");
	refused("\techo x >/etc/passwd\n", 1, "/etc/passwd");
	refused("\tx <(/bin/true)\n", 1, "/bin/true");
	refused("\tgcc -I/usr/include x.c\n", 1, "/usr/include");
	refused("\tgcc -isystem /usr/include x.c\n", 1, "/usr/include");
	refused("\tmake CFLAGS=\"-O2 -I/usr/include\"\n", 1, "/usr/include");
	refused("\tmake INC=/usr/include\n", 1, "/usr/include");
	refused("\tmake LDFLAGS=-L/usr/lib/x\n", 1, "/usr/lib/x");
	refused("\tcd /home/me/foo && make\n", 1, "/home/me/foo");
	refused("\tcat <<EOF\n/etc\nEOF\n\tcp x /etc/y\n", 4, "/etc/y");
}

static void test_network(void **state)
{
	(void)state;
	refused("\twget http://x\n", 1, "wget");
	refused("\ttrue && curl -o x y\n", 1, "curl");
	refused("\tif sudo true; then :; fi\n", 1, "sudo");
	refused("\tx=$$(curl y)\n", 1, "curl");
	refused("\tA=b env C=d wget x\n", 1, "wget");
	refused("\tgit clone x\n", 1, "git clone");
	refused("\tgit -C x pull\n", 1, "git pull");
	refused("\ttrue; \\\n\tsudo true\n", 2, "sudo");
}

static void test_any_cut(void **state)
{
	static const char text[] =
		"\tcp \"$(A\" '$${b' <<E\nx\nE\n\tgit `a` $$(b) \\\n\t-I/usr/x\n";

	(void)state;
	for (size_t from = 0; from < sizeof(text); from++) {
		struct report r = { 0 };

		stepcheck("foo.mk", 1, text + from, &r);
		reportfree(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_usual),	cmocka_unit_test(test_dollar),
		cmocka_unit_test(test_places),	cmocka_unit_test(test_network),
		cmocka_unit_test(test_any_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
