// SPDX-License-Identifier: GPL-2.0-or-later
/* runqemu: further shells, with the test as the client and as the guest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fs/file.h"
#include "runqemu/attach.h"
#include "runqemu/rundir.h"

/* As stream.h has them: 34 bytes. */
#define MARK                                                                                       \
	"\036"                                                                                     \
	"0123456789abcdef0123456789abcdef "
#define ASK                                                                                        \
	"\036"                                                                                     \
	"fedcba9876543210fedcba9876543210 "

static const struct agentmarks marks = { .record = MARK, .request = ASK };

static char scratch[] = "/tmp/runqemu_attach.XXXXXX";

/* The other ends: of the guest's ports. */
static struct fixture {
	struct rundir dir;
	struct attach a;
	int listen, data, control, ports[2];
} f;

/* Let the server do all that it can. */
static void serve(void)
{
	struct pollfd p[ATTACH_COUNT];

	for (int i = 0; i < 20; i++) {
		attachwait(&f.a, p);
		if (poll(p, ATTACH_COUNT, 0) <= 0)
			return;
		attachserve(&f.a, p);
	}
}

static int client(void)
{
	int fd = rundirconnect(scratch, RUN_SHELL, SOCK_SEQPACKET);

	assert_true(fd >= 0);
	assert_int_equal(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
	serve();
	return fd;
}

static void say(int fd, const char *text)
{
	assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
	serve();
}

/* What comes over fd next; "" for nothing, "(end)" at its end. */
static const char *heard(int fd)
{
	static char data[4096];
	ssize_t n = recv(fd, data, sizeof(data) - 1, MSG_DONTWAIT);

	if (n < 0 && errno == ECONNRESET) /* the server did not read all that we sent */
		n = recv(fd, data, sizeof(data) - 1, MSG_DONTWAIT);
	if (n < 0)
		return "";
	data[n] = '\0';
	return n ? data : "(end)";
}

static void runs_a_command(void **state)
{
	int fd;

	(void)state;
	fd = client();
	say(fd, "Cecho hi");
	assert_string_equal(heard(f.data), "");
	say(f.control, MARK "ready\n");
	assert_true(f.a.there);
	assert_string_equal(heard(f.data), "\n" ASK "run 1\necho hi\n" ASK "go\n");
	assert_string_equal(heard(fd), "G");
	say(f.data, "dropped" MARK "ready\nhi\n");
	assert_string_equal(heard(fd), "Ohi\n");
	say(f.control, "an error");
	assert_string_equal(heard(fd), "Ean error");
	say(f.data, MARK "status 7\n");
	assert_string_equal(heard(fd), "");
	say(f.control, MARK "end\n");
	assert_string_equal(heard(fd), "Q7");
	assert_string_equal(heard(fd), "(end)");
	close(fd);
}

static void runs_a_shell(void **state)
{
	int fd;

	(void)state;
	say(f.control, MARK "ready\n");
	fd = client();
	say(fd, "S24 80 a'b");
	assert_string_equal(heard(f.data), "");
	say(fd, "S24 80 xterm-256color");
	assert_string_equal(heard(f.data), "\n" ASK "shell 1 24 80 xterm-256color\n");
	assert_string_equal(heard(fd), "G");
	say(f.data, MARK "ready\n# ");
	assert_string_equal(heard(fd), "O# ");
	say(fd, "Iexit\n");
	assert_string_equal(heard(f.data), "exit\n");
	say(fd, "Z10 20");
	assert_string_equal(heard(f.control), "size 10 20\n");
	say(f.data, MARK "status 0\n");
	assert_string_equal(heard(fd), "Q0");
	close(fd);
	fd = client();
	say(fd, "Ctrue");
	assert_string_equal(heard(f.data), "\n" ASK "run 2\ntrue\n" ASK "go\n");
	close(fd);
}

static void serves_one_at_a_time(void **state)
{
	int first, second;

	(void)state;
	say(f.control, MARK "ready\n");
	first = client();
	say(first, "Csleep");
	assert_string_equal(heard(first), "G");
	second = client();
	assert_string_equal(heard(second), "Ranother shell is attached to this guest");
	assert_string_equal(heard(second), "(end)");
	close(second);
	close(first);
	serve();
	assert_string_equal(heard(f.control), "hangup 1\n");
	assert_int_equal(f.a.client, -1);
	assert_true(*heard(f.data));
	second = client();
	say(second, "Ctrue");
	assert_string_equal(heard(f.data), "");
	say(f.data, MARK "ready\nlost" MARK "status 129\n");
	say(f.control, MARK "end\n");
	assert_string_equal(heard(f.data), "\n" ASK "run 2\ntrue\n" ASK "go\n");
	assert_string_equal(heard(second), "G");
	say(f.data, MARK "ready\nmine" MARK "status 0\n");
	say(f.control, MARK "end\n");
	assert_string_equal(heard(second), "Omine");
	assert_string_equal(heard(second), "Q0");
	close(second);
}

static void refuses_without_a_driver(void **state)
{
	int fd;

	(void)state;
	f.a.data = f.a.control = -1;
	fd = client();
	assert_non_null(strstr(heard(fd), "CONFIG_VIRTIO_CONSOLE"));
	close(fd);
}

static void waits_for_slow_clients(void **state)
{
	static char much[65536];
	size_t sent = 0, got = 0;
	const char *packet;
	ssize_t n;
	int fd;

	(void)state;
	memset(much, 'x', sizeof(much));
	say(f.control, MARK "ready\n");
	fd = client();
	say(fd, "Cyes");
	say(f.data, MARK "ready\n");
	assert_string_equal(heard(fd), "G");
	for (int i = 0; i < 100; i++) {
		n = send(f.data, much, sizeof(much), MSG_DONTWAIT | MSG_NOSIGNAL);
		sent += n > 0 ? (size_t)n : 0;
		serve();
	}
	assert_true(sent < 100 * sizeof(much));
	while (*(packet = heard(fd))) {
		assert_int_equal(*packet, 'O');
		got++;
		serve();
	}
	assert_true(got > 1);
	close(fd);
}

static int setup(void **state)
{
	int data[2], control[2];

	(void)state;
	f.dir.fd = -1;
	if (rundiropen(&f.dir, scratch) < 0 ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, data) < 0 ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, control) < 0)
		return -1;
	f.listen = rundirlisten(&f.dir, RUN_SHELL, SOCK_SEQPACKET);
	attachinit(&f.a, f.listen, &marks);
	f.a.data = f.ports[0] = data[0];
	f.a.control = f.ports[1] = control[0];
	f.data = data[1];
	f.control = control[1];
	return f.listen < 0;
}

static int teardown(void **state)
{
	(void)state;
	attachfree(&f.a);
	close(f.listen);
	close(f.data);
	close(f.control);
	close(f.ports[0]);
	close(f.ports[1]);
	rundirclose(&f.dir);
	return access(scratch, F_OK) == 0;
}

static int begin(void **state)
{
	(void)state;
	return !mkdtemp(scratch);
}

static void is_for_one_guest(void **state)
{
	struct rundir other = { .fd = -1 };
	char *path = pathjoin(scratch, RUN_GDB);
	int fd;

	(void)state;
	assert_int_equal(rundiropen(&other, scratch), -1);
	assert_int_equal(errno, EBUSY);
	/* What an earlier one has left goes. */
	assert_int_equal(filewrite(path, "", 0, 0666), 0);
	fd = rundirlisten(&f.dir, RUN_GDB, SOCK_STREAM);
	assert_true(fd >= 0);
	close(fd);
	fd = rundirconnect(scratch, RUN_GDB, SOCK_STREAM);
	assert_int_equal(fd, -1);
	assert_int_equal(errno, ECONNREFUSED);
	fd = rundirconnect("/nonexistent", RUN_GDB, SOCK_STREAM);
	assert_int_equal(errno, ENOENT);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(runs_a_command, setup, teardown),
		cmocka_unit_test_setup_teardown(runs_a_shell, setup, teardown),
		cmocka_unit_test_setup_teardown(serves_one_at_a_time, setup, teardown),
		cmocka_unit_test_setup_teardown(refuses_without_a_driver, setup, teardown),
		cmocka_unit_test_setup_teardown(waits_for_slow_clients, setup, teardown),
		cmocka_unit_test_setup_teardown(is_for_one_guest, setup, teardown),
	};

	return cmocka_run_group_tests(tests, begin, NULL);
}
