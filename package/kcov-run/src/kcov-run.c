// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * kcov-run: run a command, and write which code of the kernel ran for it. The kernel follows one
 * task: the command itself, from its exec on, without its children.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

/* As in linux/kcov.h, which this does not need for three numbers. */
#define KCOV_INIT_TRACE _IOR('c', 1, unsigned long)
#define KCOV_ENABLE	_IO('c', 100)
#define KCOV_TRACE_PC	0

#define KCOV "/sys/kernel/debug/kcov"

/* Of the command that could not be run, as shells have it; and of kcov-run's own failures. */
enum { EXIT_OWN = 125, EXIT_CANNOT = 126, EXIT_NOTFOUND = 127 };

static const char usage[] =
	"usage: kcov-run [-o FILE] [-n PLACES] COMMAND [ARGUMENT]...\n"
	"Run COMMAND, and append the addresses of the kernel that it ran to FILE\n"
	"($KCOV_FILE, or kcov.trace). PLACES: room in the trace (1048576).\n";

static void fail(const char *what, const char *remedy)
{
	fprintf(stderr, "kcov-run: %s: %s%s\n", what, strerror(errno), remedy);
	exit(EXIT_OWN);
}

static int kcovopen(void)
{
	int fd = open(KCOV, O_RDWR | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT &&
	    mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL) == 0)
		fd = open(KCOV, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		fail(KCOV, errno == ENOENT
				   ? ": the kernel has no KCOV: enable it in menu Kernel, Debugging"
				   : "");
	return fd;
}

/* Run the command as a task that fd traces. Returns its status as waitpid gives it. */
static int run(int fd, char **command)
{
	pid_t child = fork();
	int status;

	if (child < 0)
		fail("cannot start a process", "");
	if (child == 0) {
		if (ioctl(fd, KCOV_ENABLE, KCOV_TRACE_PC) != 0)
			fail("cannot begin the trace", "");
		execvp(command[0], command);
		fprintf(stderr, "kcov-run: %s: %s\n", command[0], strerror(errno));
		_exit(errno == ENOENT ? EXIT_NOTFOUND : EXIT_CANNOT);
	}
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			fail("cannot wait for the command", "");
	return status;
}

static int compare(const void *a, const void *b)
{
	const unsigned long *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Append a line of the kernel, if it is the first of the file; a comment; and each address, and how
 * often it ran. */
static void traceput(FILE *out, char **command, unsigned long *place, size_t count, size_t room)
{
	char version[1024] = "";
	FILE *in = ftell(out) == 0 ? fopen("/proc/version", "r") : NULL;

	if (in && fgets(version, sizeof(version), in))
		fputs(version, out);
	if (in)
		fclose(in);
	fputs("#", out);
	for (; *command; command++)
		fprintf(out, " %s", strchr(*command, '\n') ? "..." : *command);
	fputc('\n', out);
	if (count == room)
		fprintf(out, "# full after %zu places\n", room);
	qsort(place, count, sizeof(*place), compare);
	for (size_t i = 0, next; i < count; i = next) {
		for (next = i; next < count && place[next] == place[i]; next++)
			;
		fprintf(out, "0x%lx %zu\n", place[i], next - i);
	}
}

static void tracewrite(const char *path, char **command, const unsigned long *area, size_t room)
{
	size_t count = area[0] < room - 1 ? area[0] : room - 1;
	unsigned long *place = malloc((count + 1) * sizeof(*place));
	FILE *out = fopen(path, "a");

	if (!place || !out || fseek(out, 0, SEEK_END) != 0)
		fail(path, "");
	memcpy(place, area + 1, count * sizeof(*place));
	traceput(out, command, place, count, room - 1);
	if (fclose(out) != 0)
		fail(path, "");
	free(place);
	if (count == room - 1)
		fprintf(stderr,
			"kcov-run: only the first %zu places are in the trace: more by -n\n",
			count);
}

/* The room, rounded up to whole pages, as the kernel wants it. */
static unsigned long wholepages(unsigned long room)
{
	unsigned long page = (unsigned long)sysconf(_SC_PAGESIZE) / sizeof(room);

	return room > (1ul << 26) ? room : (room + page - 1) / page * page;
}

int main(int argc, char **argv)
{
	const char *path = getenv("KCOV_FILE");
	unsigned long room = 1 << 20, *area;
	int fd, status, c;

	path = path && *path ? path : "kcov.trace";
	while ((c = getopt(argc, argv, "+o:n:")) != -1) {
		if (c == 'o')
			path = optarg;
		else if (c != 'n' || (room = strtoul(optarg, NULL, 10)) < 2)
			optind = argc;
	}
	if (optind >= argc) {
		fputs(usage, stderr);
		return 2;
	}
	room = wholepages(room);
	fd = kcovopen();
	if (ioctl(fd, KCOV_INIT_TRACE, room) != 0)
		fail("cannot make room for a trace", ": less by -n");
	area = mmap(NULL, room * sizeof(*area), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (area == MAP_FAILED)
		fail("cannot map the trace", "");
	status = run(fd, argv + optind);
	tracewrite(path, argv + optind, area, room);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
