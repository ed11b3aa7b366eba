// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: directories of the host for the guest, and its ports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runqemu/share.h"
#include "scratch.h"

static void add(struct shares *s, const char *text)
{
	char *why = shareadd(s, text);

	if (why)
		fail_msg("%s: %s", text, why);
}

static void refused(struct shares *s, const char *text, const char *part)
{
	char *why = shareadd(s, text);

	if (!why || !strstr(why, part))
		fail_msg("%s: %s", text, why ? why : "was taken");
	free(why);
}

static void reads_descriptions(void **state)
{
	const struct {
		const char *text, *mount;
		bool write;
	} cases[] = {
		{ "src", "/mnt/src", false },	{ "./src:/a", "/a", false },
		{ "src/:/b:rw", "/b", true },	{ "src:/c:ro", "/c", false },
		{ "a,b:rw", "/mnt/a,b", true }, { "/", "/mnt/root", false },
	};
	struct shares s = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		add(&s, cases[i].text);
		assert_string_equal(s.item[i].mount, cases[i].mount);
		assert_int_equal(s.item[i].write, cases[i].write);
		assert_int_equal(s.item[i].dir[0], '/');
	}
	refused(&s, "src", "/mnt/src is already the mount point of");
	refused(&s, "nowhere", "cannot share nowhere: No such file");
	refused(&s, "file:/f", "cannot share file: not a directory");
	refused(&s, "src:relative", "'relative' is no absolute path");
	refused(&s, "src:/", "/ is already the mount point of the guest's own root");
	refused(&s, "src://:rw", "/ is already the mount point of the guest's own root");
	refused(&s, "src:/bin", "the guest itself needs its /bin: choose another mount point");
	refused(&s, "src:/sys/:ro", "the guest itself needs its /sys");
	assert_int_equal(s.len, 6);
	add(&s, "src:/bin/x");
	add(&s, "src:/binary");
	sharesfree(&s);
}

static void tells_qemu(void **state)
{
	struct strlist argv = { 0 };
	struct shares s = { 0 };

	(void)state;
	add(&s, "a,b:rw");
	add(&s, "src");
	shareargs(&s, "pci", 20, &argv);
	assert_int_equal(argv.len, 8);
	assert_string_equal(argv.item[0], "-fsdev");
	assert_non_null(strstr(argv.item[1], "/a,,b"));
	assert_null(strstr(argv.item[1], "readonly"));
	assert_string_equal(argv.item[3], "virtio-9p-pci,fsdev=share0,mount_tag=whittle0");
	assert_non_null(strstr(argv.item[5], "readonly=on"));
	assert_false(sharevirtiofs(&s));
	listfree(&argv);
	s.item[1].virtiofs = true;
	assert_true(sharevirtiofs(&s));
	shareargs(&s, "device", 20, &argv);
	assert_int_equal(argv.len, 8);
	assert_string_equal(argv.item[0], "-fsdev");
	assert_string_equal(argv.item[5], "socket,id=share1,fd=21");
	assert_string_equal(argv.item[7], "vhost-user-fs-device,chardev=share1,tag=whittle1");
	listfree(&argv);
	sharesfree(&s);
}

/* Who writes for the guest: QEMU, unless it only reads or a virtiofsd does. */
static void knows_who_writes(void **state)
{
	struct shares s = { 0 };
	bool setgid = true;

	(void)state;
	assert_false(sharewrites(NULL, &setgid));
	assert_false(setgid);
	assert_int_equal(chmod("src", 02777), 0);
	add(&s, "src");
	assert_false(sharewrites(&s, &setgid));
	add(&s, "a,b:rw");
	assert_true(sharewrites(&s, &setgid));
	assert_false(setgid);
	add(&s, "src:/c:rw");
	assert_true(sharewrites(&s, &setgid));
	assert_true(setgid);
	s.item[1].virtiofs = s.item[2].virtiofs = true;
	assert_false(sharewrites(&s, &setgid));
	sharesfree(&s);
}

static void tells_the_guest(void **state)
{
	struct buf out = { 0 };
	struct shares s = { 0 };

	(void)state;
	add(&s, "src:/it's here:rw");
	add(&s, "src");
	sharescript(&s, "", &out);
	assert_non_null(strstr(out.data, "at='/it'\\''s here'\n"));
	assert_non_null(strstr(out.data, ",rw whittle0 "));
	assert_non_null(strstr(out.data, ",ro whittle1 "));
	bufclear(&out);
	s.item[1].virtiofs = true;
	sharescript(&s, "", &out);
	assert_non_null(strstr(out.data, "mount -t 9p -o trans=virtio,"));
	assert_non_null(strstr(out.data, "mount -t virtiofs -o ro whittle1 "));
	buffree(&out);
	sharesfree(&s);
}

static void reads_ports(void **state)
{
	static const char *const bad[] = { "",	      "80",   "80:",   ":80", "0:1",  "1:0",
					   "1:65536", "-1:2", "1:2:3", "a:b", " 1:2", "1: 2" };
	struct port p;

	(void)state;
	assert_true(portparse(&p, "65535:22"));
	assert_int_equal(p.host, 65535);
	assert_int_equal(p.guest, 22);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(portparse(&p, bad[i]));
}

static int setup(void **state)
{
	if (scratchmake(state) < 0)
		return -1;
	return mkdir("src", 0777) || mkdir("a,b", 0777) || filewrite("file", "", 0, 0666);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_descriptions), cmocka_unit_test(tells_qemu),
		cmocka_unit_test(knows_who_writes),   cmocka_unit_test(tells_the_guest),
		cmocka_unit_test(reads_ports),
	};

	return cmocka_run_group_tests(tests, setup, scratchremove);
}
