// SPDX-License-Identifier: GPL-2.0-or-later
#include "verdict.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/buf.h"
#include "fs/file.h"

/*
 * The processor's model name, from the processor itself. /proc/cpuinfo has it as well, but measures
 * the frequency of each processor on every read.
 */
static void processor(struct buf *out)
{
#if defined(__x86_64__)
	unsigned name[12] = { 0 };

	for (unsigned i = 0; i < 3; i++)
		__get_cpuid(0x80000002 + i, &name[4 * i], &name[4 * i + 1], &name[4 * i + 2],
			    &name[4 * i + 3]);
	bufadd(out, name, strnlen((const char *)name, sizeof(name)));
#else
	bufputs(out, "unknown");
#endif
}

char *verdictpath(const char *cache)
{
	const char *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (cache)
		return pathjoin(cache, "accelerators");
	if (xdg && *xdg == '/')
		return pathjoin(xdg, "whittle/accelerators");
	return pathjoin(home ? home : "/tmp", ".cache/whittle/accelerators");
}

char *verdictkey(const char *qemu, const char *machine)
{
	struct buf key = { 0 };
	struct utsname host;
	struct stat st;

	bufprintf(&key, "%s %s", machine, qemu);
	if (stat(qemu, &st) == 0)
		bufprintf(&key, " %lld bytes of %lld", (long long)st.st_size,
			  (long long)st.st_mtime);
	if (uname(&host) == 0)
		bufprintf(&key, ", %s %s, ", host.sysname, host.release);
	processor(&key);
	return bufsteal(&key);
}

static enum verdict verdictparse(const char *text, size_t len, char **cpu)
{
	free(*cpu);
	*cpu = NULL;
	if (len == 3 && memcmp(text, "tcg", len) == 0)
		return VERDICT_TCG;
	if (len == 6 && memcmp(text, "denied", len) == 0)
		return VERDICT_DENIED;
	if (len < 5 || memcmp(text, "kvm ", 4) != 0)
		return VERDICT_NONE;
	*cpu = xstrndup(text + 4, len - 4);
	return VERDICT_KVM;
}

enum verdict verdictread(const char *path, const char *key, char **cpu)
{
	enum verdict v = VERDICT_NONE;
	struct buf text = { 0 };
	const char *line, *end;

	*cpu = NULL;
	if (fileread(path, &text) < 0)
		bufclear(&text);
	for (line = bufstr(&text); (end = strchr(line, '\n')); line = end + 1) {
		const char *tab = memchr(line, '\t', (size_t)(end - line));

		if (tab && (size_t)(end - tab - 1) == strlen(key) &&
		    memcmp(tab + 1, key, strlen(key)) == 0)
			v = verdictparse(line, (size_t)(tab - line), cpu);
	}
	buffree(&text);
	return v;
}

int verdictwrite(const char *path, const char *key, enum verdict v, const char *cpu)
{
	struct buf line = { 0 };
	int fd, err = 0;

	if (mkparents(path) < 0)
		return -1;
	fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		return -1;
	if (v == VERDICT_KVM)
		bufprintf(&line, "kvm %s", cpu);
	else
		bufputs(&line, v == VERDICT_TCG ? "tcg" : "denied");
	bufprintf(&line, "\t%s\n", key);
	if (writeall(fd, line.data, line.len) < 0)
		err = errno;
	buffree(&line);
	if (close(fd) < 0 && !err)
		err = errno;
	errno = err;
	return err ? -1 : 0;
}
