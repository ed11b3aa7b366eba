// SPDX-License-Identifier: GPL-2.0-or-later
#include "scheduler.h"

#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/number.h"
#include "fs/file.h"

enum {
	PORT = 8765,
	SECONDS = 4, /* until it counts as silent */
};

/* "  NAME (ADDRESS:PORT) [PLATFORM] ..." */
static void line(const char *text, struct pairs *servers)
{
	size_t name = strcspn(text, " "), address = strcspn(text + name, ")");
	char *n, *a;

	if (!name || strncmp(text + name, " (", 2) != 0 || text[name + address] != ')')
		return;
	n = xstrndup(text, name);
	a = xstrndup(text + name + 2, address - 2);
	if (strchr(a, ':'))
		pairadd(servers, n, a);
	free(a);
	free(n);
}

void schedulerread(const char *text, struct pairs *servers)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		char *one = xstrndup(text, len);

		if (*one == ' ')
			line(one + strspn(one, " "), servers);
		free(one);
		text += len + (text[len] == '\n');
	}
}

static int dial(const char *host, const char *port, char **why)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *list;
	struct timeval limit = { .tv_sec = SECONDS };
	int fd = -1, err = getaddrinfo(host, port, &hints, &list);

	if (err) {
		*why = xstrdup(gai_strerror(err));
		return -1;
	}
	for (struct addrinfo *a = list; a && fd < 0; a = a->ai_next) {
		fd = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC, a->ai_protocol);
		if (fd < 0)
			continue;
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
		setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
		if (connect(fd, a->ai_addr, a->ai_addrlen) < 0) {
			err = errno == EINPROGRESS ? ETIMEDOUT : errno;
			close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(list);
	if (fd < 0)
		*why = xstrdup(strerror(err));
	return fd;
}

/* Say what the interface understands, and read until it hangs up. */
static int talk(int fd, struct buf *answer)
{
	static const char words[] = "listcs\nquit\n";
	char data[4096];
	ssize_t n;

	if (writeall(fd, words, sizeof(words) - 1) < 0)
		return -1;
	while ((n = readall(fd, data, sizeof(data))) > 0)
		bufadd(answer, data, (size_t)n);
	return n < 0 && !strstr(bufstr(answer), "200 done") ? -1 : 0;
}

int schedulerask(const char *where, struct pairs *servers, char **why)
{
	const char *colon = strrchr(where, ':');
	char *host = xstrndup(where, colon ? (size_t)(colon - where) : strlen(where)), *port;
	struct buf answer = { 0 };
	long long number = PORT;
	int fd, ret = -1;

	if (colon)
		numberparse(colon + 1, 1, 65534, &number);
	port = xasprintf("%lld", number + 1);
	fd = dial(host, port, why);
	if (fd >= 0) {
		ret = talk(fd, &answer);
		if (ret < 0)
			*why = xstrdup("it does not answer");
		close(fd);
		schedulerread(bufstr(&answer), servers);
	}
	buffree(&answer);
	free(port);
	free(host);
	return ret;
}
