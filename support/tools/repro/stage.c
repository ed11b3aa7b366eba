// SPDX-License-Identifier: GPL-2.0-or-later
#include "stage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs/file.h"
#include "fs/remove.h"
#include "publictar.h"

#define CHUNK (256 * 1024)

/* Fail with errno's message. */
static int trouble(char **why, const char *verb, const char *what)
{
	*why = xasprintf("cannot %s %s: %s", verb, what, strerror(errno));
	return -1;
}

int stageopen(struct stage *s, const char *path, char **why)
{
	s->base = xasprintf("%s.XXXXXX", path);
	if (mkparents(path) < 0 || !mkdtemp(s->base)) {
		free(s->base);
		s->base = NULL;
		return trouble(why, "write", path);
	}
	s->top = pathjoin(s->base, STAGE_TOP);
	return mkdir(s->top, 0755) < 0 ? trouble(why, "write", path) : 0;
}

/* Copy the rest of from to to, and to the digest. Returns 0, or -1 with errno; *reading: of what.
 */
static int copy(int from, int to, struct digest *d, bool *reading)
{
	char *data = xmalloc(CHUNK);
	ssize_t n;
	int ret = 0, err;

	while (ret == 0 && (n = readall(from, data, CHUNK)) != 0) {
		*reading = n < 0;
		if (n < 0) {
			ret = -1;
			break;
		}
		digestadd(d, data, (size_t)n);
		ret = writeall(to, data, (size_t)n);
	}
	err = errno;
	free(data);
	errno = err;
	return ret;
}

int stagefile(struct stage *s, const char *name, const char *from, char hex[DIGESTHEX], char **why)
{
	char *path = pathjoin(s->top, name);
	int in = regopen(from, O_RDONLY, 0), out = -1, ret = -1;
	struct digest *d = digestnew();
	bool reading = false;

	if (in < 0) {
		trouble(why, "read", from);
		goto done;
	}
	out = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (out < 0 || copy(in, out, d, &reading) < 0 || fchmod(out, 0644) < 0) {
		trouble(why, reading ? "read" : "write", reading ? from : path);
		goto done;
	}
	ret = close(out) < 0 ? trouble(why, "write", path) : 0;
	out = -1;
done:
	digestend(d, hex);
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	free(path);
	return ret;
}

int stagetext(struct stage *s, const char *name, const char *text, unsigned mode, char **why)
{
	char *path = pathjoin(s->top, name);
	int ret = 0;

	if (filewrite(path, text, strlen(text), mode) < 0 || chmod(path, mode) < 0)
		ret = trouble(why, "write", path);
	free(path);
	return ret;
}

int stagesums(struct stage *s, const char *name, char **why)
{
	struct strlist names = { 0 };
	struct buf text = { 0 };
	int ret = dirlist(s->top, &names);

	if (ret < 0)
		trouble(why, "read", s->top);
	for (size_t i = 0; ret == 0 && i < names.len; i++) {
		char *path = pathjoin(s->top, names.item[i]);
		char hex[DIGESTHEX];

		if (digestfile(path, hex) < 0)
			ret = trouble(why, "read", path);
		else
			bufprintf(&text, "%s  %s\n", hex, names.item[i]);
		free(path);
	}
	if (ret == 0)
		ret = stagetext(s, name, bufstr(&text), 0644, why);
	buffree(&text);
	listfree(&names);
	return ret;
}

int stagepack(struct stage *s, const char *path, long epoch, char **why)
{
	struct outfile out;
	char *reason = NULL;

	if (outopen(&out, path, 0644) < 0)
		return trouble(why, "write", path);
	if (publictarwrite(s->top, STAGE_TOP, epoch, out.fd, &reason) < 0) {
		*why = xasprintf("cannot make %s: %s", path, reason);
		free(reason);
		outabort(&out);
		return -1;
	}
	return outcommit(&out) < 0 ? trouble(why, "write", path) : 0;
}

void stageclose(struct stage *s)
{
	if (s->base)
		(void)treeremove(s->base);
	free(s->base);
	free(s->top);
	*s = (struct stage){ 0 };
}
