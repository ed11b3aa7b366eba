// SPDX-License-Identifier: GPL-2.0-or-later
#include "refusal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/msg.h"
#include "fs/file.h"

/* For each refusal: what steps can do as a consequence, and the attempt that failed. */
static const struct {
	const char *missing, *tried;
} words[] = {
	[USER] = { "reach the network and write to their sources", "make a user namespace" },
	[MAP] = { "reach the network and write to their sources", "map the user into a namespace" },
	[NET] = { "reach the network", "make a network namespace" },
	[MOUNT] = { "write to their sources", "make a mount namespace" },
	[BIND] = { "write to their sources", "mount them read-only" },
};

/* Settings of the machine that refuse it, with the value that does. */
static const struct {
	int what;
	const char *name, *value;
} switches[] = {
	{ USER, "user/max_user_namespaces", "0" },
	{ USER, "kernel/unprivileged_userns_clone", "0" },
	{ MAP, "kernel/apparmor_restrict_unprivileged_userns", "1" },
	{ NET, "user/max_net_namespaces", "0" },
	{ BIND, "kernel/apparmor_restrict_unprivileged_userns", "1" },
};

struct refusal refused(int what)
{
	return (struct refusal){ .what = what, .err = errno };
}

/* Whether the file /proc/sys/NAME contains exactly value. */
static bool isset(const char *name, const char *value)
{
	char *path = xasprintf("/proc/sys/%s", name);
	char *line = xasprintf("%s\n", value);
	struct buf b = { 0 };
	bool ret = fileread(path, &b) == 0 && strcmp(bufstr(&b), line) == 0;

	buffree(&b);
	free(line);
	free(path);
	return ret;
}

/* Append the probable cause. */
static void cause(const struct refusal *r, struct buf *out)
{
	for (size_t i = 0; i < sizeof(switches) / sizeof(*switches); i++) {
		if (switches[i].what == (int)r->what &&
		    isset(switches[i].name, switches[i].value)) {
			bufprintf(out, ": /proc/sys/%s is %s", switches[i].name, switches[i].value);
			return;
		}
	}
	if (r->err == EPERM)
		bufputs(out, ", as in many containers");
}

/*
 * Whether line is not yet in the file .sandbox next to the clock; it is added. Also true if it
 * cannot be written.
 */
static bool isnew(const struct job *j, const char *line)
{
	const char *slash = strrchr(j->clock, '/');
	int len = slash ? (int)(slash + 1 - j->clock) : 0;
	char *path = xasprintf("%.*s.sandbox", len, j->clock);
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	struct buf said = { 0 };
	bool ret = true;

	if (fd >= 0 && flock(fd, LOCK_EX) == 0 && fileread(path, &said) == 0) {
		ret = strstr(bufstr(&said), line) == NULL;
		if (ret)
			writeall(fd, line, strlen(line));
	}
	if (fd >= 0)
		close(fd);
	buffree(&said);
	free(path);
	return ret;
}

void refusalsay(const struct job *j, const struct refusal *r)
{
	struct buf line = { 0 };

	if (r->what == NOTHING)
		return;
	bufprintf(&line, "steps can %s here: cannot %s: %s", words[r->what].missing,
		  words[r->what].tried, strerror(r->err));
	cause(r, &line);
	bufputs(&line, "; see docs/step.md\n");
	if (isnew(j, line.data))
		warn("%.*s", (int)line.len - 1, line.data);
	buffree(&line);
}
