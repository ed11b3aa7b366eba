// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * httpd: a small HTTP/1.1 server with faults on demand, for tests.
 *
 * usage: httpd [-q] [-w PID] [-t SECONDS] [-l LOG] DIR
 *
 * It binds a free port of 127.0.0.1, prints the port, and continues in the background, so a test
 * only needs port=$(httpd -w $$ DIR). It ends when process PID ends, or after SECONDS (300). With
 * -q it accepts connections and never answers. It serves the files of DIR with GET (and Range),
 * stores them with PUT, and answers other methods with 405. A connection carries one request.
 *
 * The first parts of a path may be faults; the path of the file follows. 'xN' after a fault limits
 * it to the first N requests for that path:
 *
 *   /404/ (any status)   answer with this status
 *   /drop/               close after half of the body
 *   /stall/              send half of the body, then nothing
 *   /slow/               send the body over about a second
 *   /wrong/              the right length, but other bytes
 *   /html/               a page of HTML with status 200 instead of the file
 *   /nolength/           no Content-Length: the body ends when the connection closes
 *   /norange/            ignore Range
 *   /badrange/           answer a Range with the wrong part of the file
 *   /redirect/           302 to the rest of the path, or to URL in '?to=URL'
 *   /loop/               302 to the same path
 *   /endless/            a body, or the page of a redirect, followed by ENDLESS bytes
 *   /huge/               a Content-Length of 10 TB, then the file
 *   /trickle/            a byte of the body every 20 ms
 *   /headers/            ENDLESS bytes of header lines before the answer
 *   /dribble/            header lines, a byte every 20 ms, without end
 *
 * '?after=S' adds Retry-After: S to any answer. The query may have %XX. Endless answers end after
 * ENDLESS bytes, or when the client closes the connection.
 *
 * So /503x2/norange/a.tar fails twice, then serves DIR/a.tar without ranges. Each request adds one
 * line to LOG: METHOD PATH RANGE STATUS; RANGE is - if none was requested.
 */
#define _GNU_SOURCE 1
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "httpd.h"

#define ENDLESS (64l << 20)

static int root = -1;  /* DIR */
static int logfd = -1; /* LOG */
static int silent;     /* -q */

static void bail(const char *what)
{
	fprintf(stderr, "httpd: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int sendall(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = send(fd, data, len, MSG_NOSIGNAL);

		if (n <= 0)
			return -1;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

/*
 * Send text repeatedly, every usec microseconds. Returns when the client closes, or after ENDLESS
 * bytes.
 */
static int sendendless(int fd, const char *text, unsigned usec)
{
	size_t len = strlen(text);

	for (long n = 0; n < ENDLESS; n += (long)len) {
		if (sendall(fd, text, len) < 0)
			return -1;
		if (usec)
			usleep(usec);
	}
	return 0;
}

/* Log the request, then send the status line and headers of the answer; fmt gives more headers. */
__attribute__((format(printf, 3, 4))) static int answer(struct request *r, int status,
							const char *fmt, ...)
{
	static const char longline[] =
		"X-Long: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\r\n";
	char head[8192];
	int n = snprintf(head, sizeof(head), "%s %s %s %d\n", r->method, r->path,
			 *r->range ? r->range : "-", status);
	va_list ap;

	if (logfd >= 0 && write(logfd, head, (size_t)n) < 0)
		bail("log");
	n = snprintf(head, sizeof(head), "HTTP/1.1 %d Test\r\nConnection: close\r\n", status);
	va_start(ap, fmt);
	n += vsnprintf(head + n, sizeof(head) - (size_t)n, fmt, ap);
	va_end(ap);
	if (strncmp(r->query, "after=", 6) == 0)
		n += snprintf(head + n, sizeof(head) - (size_t)n, "Retry-After: %s\r\n",
			      r->query + 6);
	if (r->headers || r->dribble) {
		if (sendall(r->fd, head, (size_t)n) < 0)
			return -1;
		return sendendless(r->fd, r->headers ? longline : "X:y\r\n",
				   r->headers ? 0 : 20000);
	}
	n += snprintf(head + n, sizeof(head) - (size_t)n, "\r\n");
	return sendall(r->fd, head, (size_t)n);
}

static const char rubbish[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
			      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

static void sendbody(struct request *r, int file, off_t from, off_t len)
{
	off_t total = r->drop || r->stall ? len / 2 : len;
	size_t step = r->slow ? (size_t)len / 20 + 1 : r->trickle ? 1 : 65536;
	char *chunk = malloc(step);

	for (off_t at = 0; chunk && at < total;) {
		size_t want = total - at < (off_t)step ? (size_t)(total - at) : step;
		ssize_t n = pread(file, chunk, want, from + at);

		for (ssize_t i = 0; i < n && r->wrong; i++)
			chunk[i] = (char)~chunk[i];
		if (n <= 0 || sendall(r->fd, chunk, (size_t)n) < 0)
			break;
		if (r->slow)
			usleep(50000);
		if (r->trickle)
			usleep(20000);
		at += n;
	}
	free(chunk);
	if (r->endless)
		sendendless(r->fd, rubbish, 0);
	if (r->stall) {
		struct pollfd p = { .fd = r->fd, .events = POLLIN };

		poll(&p, 1, 60000); /* until the client closes */
	}
}

static void get(struct request *r)
{
	static const char page[] = "<html><body>Please log in first.</body></html>\n";
	int file = openat(root, r->file, O_RDONLY | O_CLOEXEC);
	off_t from = 0;
	off_t shown;
	struct stat st;

	if (r->html) {
		if (answer(r, 200, "Content-Length: %zu\r\n", sizeof(page) - 1) == 0)
			sendall(r->fd, page, sizeof(page) - 1);
	} else if (file < 0 || fstat(file, &st) < 0 || !S_ISREG(st.st_mode)) {
		answer(r, 404, "Content-Length: 0\r\n");
	} else {
		if (*r->range && !r->norange)
			from = strtoll(r->range + strlen("bytes="), NULL, 10);
		shown = from && r->badrange ? from / 2 : from;
		if (from && from >= st.st_size)
			answer(r, 416, "Content-Range: bytes */%lld\r\nContent-Length: 0\r\n",
			       (long long)st.st_size);
		else if (from)
			answer(r, 206,
			       "Content-Length: %lld\r\nContent-Range: bytes %lld-%lld/%lld\r\n",
			       (long long)(st.st_size - shown), (long long)shown,
			       (long long)st.st_size - 1, (long long)st.st_size);
		else if (r->nolength || r->endless)
			answer(r, 200, "Content-Type: application/octet-stream\r\n");
		else
			answer(r, 200, "Content-Length: %lld\r\n",
			       r->huge ? 10000000000000ll : (long long)st.st_size);
		if (!from || from < st.st_size)
			sendbody(r, file, shown, st.st_size - shown);
	}
	if (file >= 0)
		close(file);
}

/* Create the directories of path below DIR. */
static void makedirs(const char *path)
{
	char *copy = strdup(path);

	for (char *p = copy; copy && (p = strchr(p, '/')); *p++ = '/') {
		*p = '\0';
		mkdirat(root, copy, 0777);
	}
	free(copy);
}

static void put(struct request *r)
{
	char temp[sizeof(r->path) + 32];
	char chunk[65536];
	int fd;

	if (r->length < 0) {
		answer(r, 411, "Content-Length: 0\r\n");
		return;
	}
	makedirs(r->file);
	snprintf(temp, sizeof(temp), "%s.put%ld", r->file, (long)syscall(SYS_gettid));
	fd = openat(root, temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (r->expects)
		sendall(r->fd, "HTTP/1.1 100 Continue\r\n\r\n", 25);
	while (fd >= 0 && r->length > 0) {
		size_t want =
			r->length < (long long)sizeof(chunk) ? (size_t)r->length : sizeof(chunk);
		size_t n = fread(chunk, 1, want, r->in);

		if (n == 0 || write(fd, chunk, n) != (ssize_t)n)
			break;
		r->length -= (long long)n;
	}
	if (fd >= 0 && close(fd) == 0 && r->length == 0 &&
	    renameat(root, temp, root, r->file) == 0) {
		answer(r, 201, "Content-Length: 0\r\n");
	} else {
		unlinkat(root, temp, 0);
		answer(r, 500, "Content-Length: 0\r\n");
	}
}

static void redirect(struct request *r)
{
	int away = strncmp(r->query, "to=", 3) == 0;
	const char *place = away ? r->query + 3 : r->loop ? r->path + 1 : r->file;

	if (answer(r, 302, "Location: %s%s\r\n%s", away ? "" : "/", place,
		   r->endless ? "" : "Content-Length: 5\r\n") == 0)
		sendall(r->fd, "moved", 5);
	if (r->endless)
		sendendless(r->fd, rubbish, 0);
}

static void *serve(void *arg)
{
	struct request r = { .fd = *(int *)arg };

	free(arg);
	if (silent) {
		struct pollfd p = { .fd = r.fd, .events = POLLRDHUP };

		poll(&p, 1, 60000);
		close(r.fd);
		return NULL;
	}
	r.in = fdopen(dup(r.fd), "r");
	if (r.in && readhead(&r) == 0) {
		unescape(r.path);
		unescape(r.query);
		takefaults(&r);
		if (r.redirect || r.loop)
			redirect(&r);
		else if (r.status)
			answer(&r, r.status, "Content-Length: 0\r\n");
		else if (strcmp(r.method, "GET") == 0)
			get(&r);
		else if (strcmp(r.method, "PUT") == 0)
			put(&r);
		else
			answer(&r, 405, "Content-Length: 0\r\n");
	}
	shutdown(r.fd, SHUT_WR);
	if (r.in)
		fclose(r.in);
	close(r.fd);
	return NULL;
}

static int listenlocal(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, len) < 0 || listen(fd, 64) < 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &len) < 0)
		bail("cannot listen on 127.0.0.1");
	printf("%d\n", ntohs(a.sin_port));
	fflush(stdout);
	return fd;
}

/* Continue in the background, so that the caller's $(...) ends. */
static void background(void)
{
	int null = open("/dev/null", O_RDWR);
	pid_t pid = fork();

	if (null < 0 || pid < 0)
		bail("cannot go into the background");
	if (pid > 0)
		_exit(0);
	setsid();
	dup2(null, 0);
	dup2(null, 1);
	dup2(null, 2);
}

int main(int argc, char **argv)
{
	struct pollfd p[2] = { { .fd = -1, .events = POLLIN }, { .fd = -1, .events = POLLIN } };
	unsigned seconds = 300;
	int opt;

	while ((opt = getopt(argc, argv, "qw:t:l:")) != -1) {
		if (opt == 'w')
			p[1].fd = (int)syscall(SYS_pidfd_open, (pid_t)strtol(optarg, NULL, 10), 0);
		else if (opt == 'q')
			silent = 1;
		else if (opt == 't')
			seconds = (unsigned)strtoul(optarg, NULL, 10);
		else if (opt == 'l')
			logfd = open(optarg, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
		else
			return 2;
		if ((opt == 'w' && p[1].fd < 0) || (opt == 'l' && logfd < 0))
			bail(optarg);
	}
	if (optind != argc - 1 || (root = open(argv[optind], O_RDONLY | O_DIRECTORY)) < 0)
		bail("usage: httpd [-q] [-w PID] [-t SECONDS] [-l LOG] DIR");
	p[0].fd = listenlocal();
	background();
	alarm(seconds);
	while (poll(p, 2, -1) > 0 && !p[1].revents) {
		int *fd = malloc(sizeof(*fd));
		pthread_t thread;

		if (!fd || (*fd = accept(p[0].fd, NULL, NULL)) < 0)
			return 1;
		if (pthread_create(&thread, NULL, serve, fd) != 0)
			return 1;
		pthread_detach(thread);
	}
	return 0;
}
