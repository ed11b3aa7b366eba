// SPDX-License-Identifier: GPL-2.0-or-later
/* Licences, package URLs and CPE names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "inventory/purl.h"
#include "inventory/spdx.h"

static void licences(void **state)
{
	struct strlist ids = { 0 };

	(void)state;
	listadd(&ids, "MIT");
	listadd(&ids, "GPL-2.0-only");
	listadd(&ids, "Linux-syscall-note");
	listsort(&ids);
	assert_int_equal(spdxkind(&ids, "MIT"), SPDX_ID);
	assert_int_equal(spdxkind(&ids, "GPL-2.0-only WITH Linux-syscall-note"), SPDX_EXPRESSION);
	assert_int_equal(spdxkind(&ids, "MIT OR (GPL-2.0-only AND MIT)"), SPDX_EXPRESSION);
	assert_int_equal(spdxkind(&ids, "(MIT)"), SPDX_EXPRESSION);
	assert_int_equal(spdxkind(&ids, "MIT+"), SPDX_EXPRESSION);
	assert_int_equal(spdxkind(&ids, "LicenseRef-mine AND MIT"), SPDX_EXPRESSION);
	assert_int_equal(spdxkind(&ids, "mit"), SPDX_NAME);
	assert_int_equal(spdxkind(&ids, ""), SPDX_NAME);
	assert_int_equal(spdxkind(&ids, "+"), SPDX_NAME);
	assert_int_equal(spdxkind(&ids, "LicenseRef-"), SPDX_NAME);
	assert_int_equal(spdxkind(&ids, "MIT AND"), SPDX_NAME);
	assert_int_equal(spdxkind(&ids, "MIT MIT"), SPDX_NAME);
	assert_int_equal(spdxkind(&ids, "MIT, GPL-2.0-only"), SPDX_NAME);
	assert_int_equal(spdxkind(&ids, "(MIT OR MIT"), SPDX_NAME);
	assert_int_equal(spdxkind(&ids, "MIT WITH LicenseRef-x"), SPDX_NAME);
	assert_int_equal(spdxkind(&ids, "MIT OR Apache"), SPDX_NAME);
	listfree(&ids);
}

/* The package URL of a package with these. */
static void is(const char *want, const char *purl, const char *url, const char *git,
	       const char *commit)
{
	struct package p = { .name = "a+b",
			     .version = "1.0~rc",
			     .purl = (char *)purl,
			     .giturl = (char *)git,
			     .gitcommit = (char *)commit };
	char *text;

	if (url)
		listadd(&p.url, url);
	text = purltext(&p, &p);
	assert_string_equal(text, want);
	free(text);
	listfree(&p.url);
}

static void purls(void **state)
{
	(void)state;
	is("pkg:generic/a%2Bb@1.0~rc", NULL, NULL, NULL, NULL);
	is("pkg:generic/a%2Bb@1.0~rc?download_url=https:%2F%2Fh%2Fx%3Fy", NULL, "https://h/x?y",
	   NULL, NULL);
	is("pkg:pypi/ab@1.0~rc", "pkg:pypi/ab", "https://h/x", NULL, NULL);
	is("pkg:github/owner/repo@v1", NULL,
	   "https://github.com/Owner/Repo/releases/download/v1/repo-1.tar.xz", NULL, NULL);
	is("pkg:github/o/r@v1.2", NULL, "https://github.com/o/r/archive/refs/tags/v1.2.tar.gz",
	   NULL, NULL);
	is("pkg:github/o/r@v2", NULL, "https://github.com/o/r/archive/v2.zip", NULL, NULL);
	is("pkg:github/o/r@0123", NULL, NULL, "https://github.com/o/r.git", "0123");
	is("pkg:generic/a%2Bb@1.0~rc?vcs_url=git%2Bhttps:%2F%2Fh%2Fr.git%400123", NULL, NULL,
	   "https://h/r.git", "0123");
	/* not clear */
	is("pkg:generic/a%2Bb@1.0~rc?download_url=https:%2F%2Fgithub.com%2Fo%2Fr%2Fraw%2Fx", NULL,
	   "https://github.com/o/r/raw/x", NULL, NULL);
	is("pkg:generic/a%2Bb@1.0~rc?download_url=https:%2F%2Fgithub.com%2Fo", NULL,
	   "https://github.com/o", NULL, NULL);
	is("pkg:generic/a%2Bb@1.0~rc?download_url=https:%2F%2Fgithub.com%2Fo%2Fr", NULL,
	   "https://github.com/o/r", NULL, NULL);
}

static void cpes(void **state)
{
	struct package p = { .name = "x", .version = "1.2_3-4+5" };
	char *text;

	(void)state;
	assert_null(cpetext(&p));
	p.cpe = "v:p";
	text = cpetext(&p);
	assert_string_equal(text, "cpe:2.3:a:v:p:1.2_3-4\\+5:*:*:*:*:*:*:*");
	free(text);
	p.mode = "kernel";
	text = cpetext(&p);
	assert_string_equal(text, "cpe:2.3:o:v:p:1.2_3-4\\+5:*:*:*:*:*:*:*");
	free(text);
	p.version = "git";
	assert_null(cpetext(&p));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(licences),
		cmocka_unit_test(purls),
		cmocka_unit_test(cpes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
