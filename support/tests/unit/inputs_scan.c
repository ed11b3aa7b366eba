// SPDX-License-Identifier: GPL-2.0-or-later
/* What make is told of a configuration and of packages, byte for byte. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "inputs/scan.h"
#include "scratch.h"

/* .config with text gives want. */
static void gives(const char *text, const char *want)
{
	struct buf out = { 0 };

	put(".config", text);
	assert_int_equal(scanconfig(".config", &out), 0);
	assert_string_equal(bufstr(&out), want);
	buffree(&out);
}

/* .config with text is wrong in that line. */
static void wrong(const char *text, size_t len, long line)
{
	struct buf out = { 0 };

	assert_int_equal(filewrite(".config", text, len, 0644), 0);
	errno = 0;
	assert_int_equal(scanconfig(".config", &out), line);
	assert_int_equal(errno, EINVAL);
	buffree(&out);
}

static void config(void **state)
{
	(void)state;
	gives("", "");
	gives("# CONFIG_A is not set\n\n  \nCONFIG_B=y\nCONFIG_C=n\nCONFIG_D=m",
	      "CONFIG_B := y\nCONFIG_D := m\n");
	gives("CONFIG_N=-12\r\nCONFIG_X=0x1f \nCONFIG_E=\n",
	      "CONFIG_N := -12\nCONFIG_X := 0x1f\nCONFIG_E := \n");
	gives("CONFIG_S=\"\"\nCONFIG_T=\"two words=x\"\nCONFIG_NN=\"n\"\n",
	      "CONFIG_S := \nCONFIG_T := two words=x\nCONFIG_NN := n\n");
	gives("CONFIG_Q=\"say \\\"hi\\\"\"\n", "CONFIG_Q := say \"hi\"\n");
}

/* A value is never make code. */
static void escapes(void **state)
{
	(void)state;
	gives("CONFIG_A=\"$(shell x) # y\"\n", "CONFIG_A := $$(shell x) \\# y\n");
	gives("CONFIG_A=\"a#b$c\"\n", "CONFIG_A := a\\#b$$c\n");
	/* a backslash neither takes the next line in nor the escape off a '#' */
	gives("CONFIG_A=\"end\\\\\"\nCONFIG_B=y\n", "CONFIG_A := end\\$()\nCONFIG_B := y\n");
	gives("CONFIG_A=\"a\\\\#b\"\n", "CONFIG_A := a\\$()\\#b\n");
}

static void malformed(void **state)
{
	static const char *const bad[] = { "y",
					   "CONFIG_A",
					   "A=y",
					   "CONFIG_A B=y",
					   "CONFIG_A=y z",
					   "CONFIG_A=a#b$c",
					   "CONFIG_A=1;x",
					   "CONFIG_A=\"open",
					   "CONFIG_A=\"",
					   "CONFIG_A=\"x\\\"",
					   "CONFIG_A=\"x\"y",
					   "CONFIG_A:=\"x\"",
					   "<<<<<<< HEAD",
					   " CONFIG_A=y" };
	struct buf out = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char *text = xasprintf("CONFIG_OK=y\n# comment\n%s\nCONFIG_Z=y\n", bad[i]);

		wrong(text, strlen(text), 3);
		free(text);
	}
	wrong("CONFIG_A=y\nCONFIG_B=\"\0\"\n", 23, 2);
	wrong("CONFIG_A=y\n\0\0\0\0", 15, 2);
	wrong("\0CONFIG_A=y\n", 12, 1);
	assert_int_equal(scanconfig("missing", &out), -1);
	assert_int_equal(errno, ENOENT);
	buffree(&out);
}

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void packages(void **state)
{
	struct buf out = { 0 }, bad = { 0 };
	struct strlist kconfig = { 0 };
	struct pairs seen = { 0 };

	(void)state;
	put("p/b-c/b-c.mk", "");
	put("p/b-c/Kconfig", "");
	put("p/b-c/b-c.hash",
	    "# from upstream\n\n sha256  " HEX "  b.tar.gz \nsha256 " HEX " c.tar\n");
	put("p/b-c/0002-two.patch", "");
	put("p/b-c/0001-one.patch", "");
	put("p/b-c/01-no.patch", "");
	put("p/b-c/0003-.patch", "");
	put("p/b-c/0004-x.patch.orig", "");
	put("p/b-c/other.hash", "nonsense\n");
	put("p/a/a.mk", "");
	put("p/menu/Kconfig", "");
	put("p/Not_One/readme", "");
	put("p/file", "");
	assert_int_equal(scanpackages("p", &out, &kconfig, &seen, &bad), 0);
	assert_string_equal(bufstr(&bad), "");
	assert_string_equal(bufstr(&out),
			    "ALL_PACKAGES += a\na.prefix := A\nA_PKGDIR := p/a\nA_PATCHES :=\n"
			    "ALL_PACKAGES += b-c\nb-c.prefix := B_C\nB_C_PKGDIR := p/b-c\n"
			    "B_C_PATCHES := p/b-c/0001-one.patch p/b-c/0002-two.patch\n"
			    "SHA256_b-c/b.tar.gz += " HEX "\nSHA256_b-c/c.tar += " HEX "\n");
	assert_int_equal(kconfig.len, 2);
	assert_string_equal(kconfig.item[0], "p/b-c/Kconfig");
	assert_string_equal(kconfig.item[1], "p/menu/Kconfig");
	listfree(&kconfig);
	buffree(&out);

	assert_int_equal(scanpackages("missing", &out, &kconfig, &seen, &bad), 0);
	assert_int_equal(scanpackages("p/file", &out, &kconfig, &seen, &bad), -1);
	assert_int_equal(errno, ENOTDIR);
	assert_int_equal(out.len + bad.len + kconfig.len, 0);
	pairsfree(&seen);
}

static void badpackages(void **state)
{
	static const char line[] = "not a digest; write: sha256  <64 hex digits>  <file name>\n";
	struct buf out = { 0 }, bad = { 0 };
	struct strlist kconfig = { 0 };
	struct pairs seen = { 0 };
	char *want;

	(void)state;
	put("p/a/a.mk", "");
	put("p/a/a.hash", "sha256 " HEX "0 f\n"	     /* too long */
			  "sha256 " HEX " f\n"	     /* right */
			  "sha512 " HEX " f\n"	     /* another kind */
			  "sha256 " HEX " f extra\n" /* a word too many */
			  "sha256 " HEX "\n"	     /* a word too few */
			  "sha256 \n");
	put("p/Big/Big.mk", "");
	assert_int_equal(scanpackages("p", &out, &kconfig, &seen, &bad), 0);
	want = xasprintf("p/Big: a package's name is made of a-z, 0-9 and '-': rename it\n"
			 "p/a/a.hash:1: %1$sp/a/a.hash:3: %1$sp/a/a.hash:4: %1$s"
			 "p/a/a.hash:5: %1$sp/a/a.hash:6: %1$s",
			 line);
	assert_string_equal(bufstr(&bad), want);
	assert_string_equal(bufstr(&out), "ALL_PACKAGES += a\na.prefix := A\nA_PKGDIR := p/a\n"
					  "A_PATCHES :=\nSHA256_a/f += " HEX "\n");
	free(want);
	buffree(&out);
	buffree(&bad);
	pairsfree(&seen);
	listfree(&kconfig);
}

static void boards(void **state)
{
	struct strlist kconfig = { 0 };
	struct pairs seen = { 0 };
	struct buf out = { 0 }, bad = { 0 };

	(void)state;
	put("b/qemu-x86_64/defconfig", "");
	put("b/qemu-x86_64/Kconfig", "");
	put("b/none/readme", "");
	put("b/menu/Kconfig", "");
	assert_int_equal(scanboards("b", &out, &kconfig, &seen, &bad), 0);
	assert_string_equal(bufstr(&out), "ALL_BOARDS += qemu-x86_64\n"
					  "BOARD_UP_qemu-x86_64 := QEMU_X86_64\n"
					  "BOARD_DIR_qemu-x86_64 := b/qemu-x86_64\n");
	assert_int_equal(kconfig.len, 2);
	assert_string_equal(kconfig.item[0], "b/menu/Kconfig");
	assert_string_equal(kconfig.item[1], "b/qemu-x86_64/Kconfig");
	assert_int_equal(scanboards("missing", &out, &kconfig, &seen, &bad), 0);
	assert_int_equal(bad.len, 0);
	put("odd/a$(b)/defconfig", "");
	bufclear(&out);
	assert_int_equal(scanboards("odd", &out, &kconfig, &seen, &bad), 0);
	assert_string_equal(bufstr(&bad),
			    "odd/a$(b): make cannot take the character '$' in the name of a "
			    "board: rename it\n");
	assert_int_equal(out.len, 0);
	pairsfree(&seen);
	listfree(&kconfig);
	buffree(&out);
	buffree(&bad);
}

/* A name that is there already is wrong; both places are named. */
static void twice(void **state)
{
	struct buf out = { 0 }, bad = { 0 };
	struct strlist kconfig = { 0 };
	struct pairs seen = { 0 }, seenboards = { 0 };

	(void)state;
	put("p/a/a.mk", "");
	put("p/b/b.mk", "");
	put("q/b/b.mk", "");
	put("q/a/Kconfig", ""); /* no package */
	put("b/x/defconfig", "");
	put("c/x/defconfig", "");
	assert_int_equal(scanpackages("p", &out, &kconfig, &seen, &bad), 0);
	assert_int_equal(scanboards("b", &out, &kconfig, &seenboards, &bad), 0);
	assert_int_equal(bad.len, 0);
	bufclear(&out);
	assert_int_equal(scanpackages("q", &out, &kconfig, &seen, &bad), 0);
	assert_int_equal(scanboards("c", &out, &kconfig, &seenboards, &bad), 0);
	assert_string_equal(bufstr(&bad),
			    "q/b: p/b is a package of the same name: rename one, or take it away\n"
			    "c/x: b/x is a board of the same name: rename one, or take it away\n");
	assert_string_equal(bufstr(&out), "");
	bufclear(&bad);
	assert_int_equal(scanpackages("p", &out, &kconfig, &seen, &bad), 0);
	assert_string_equal(bufstr(&bad), "p/a: its directory is given twice: name it once\n"
					  "p/b: its directory is given twice: name it once\n");
	pairsfree(&seen);
	pairsfree(&seenboards);
	listfree(&kconfig);
	buffree(&out);
	buffree(&bad);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(config, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(escapes, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(malformed, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(packages, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(badpackages, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(boards, scratchmake, scratchremove),
		cmocka_unit_test_setup_teardown(twice, scratchmake, scratchremove),
	};

	return cmocka_run_group_tests_name("inputs_scan", tests, NULL, NULL);
}
