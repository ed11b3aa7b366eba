// SPDX-License-Identifier: GPL-2.0-or-later
#include "agentdisk.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/cpio.h"
#include "fs/file.h"

#define SECTOR 512

/* A word that is no line of the text. Caller frees. */
static char *delimiter(const char *text)
{
	char *word = xstrdup("END");

	while (strstr(text, word)) {
		char *longer = xasprintf("%s-", word);

		free(word);
		word = longer;
	}
	return word;
}

/* Append the commands that make the entry. */
static int entryput(struct buf *out, const struct cpioentry *e)
{
	char *text, *end;

	if (S_ISDIR(e->head.mode)) {
		bufprintf(out, "mkdir -p -m %o /%s\n", e->head.mode & 07777, e->name);
		return 0;
	}
	if (memchr(e->data, '\0', e->head.size))
		return -1;
	text = xstrndup((const char *)e->data, e->head.size);
	end = delimiter(text);
	bufprintf(out, "cat >/%s <<'%s'\n%s%s%s\nchmod %o /%s\n", e->name, end, text,
		  e->head.size && text[e->head.size - 1] == '\n' ? "" : "\n", end,
		  e->head.mode & 07777, e->name);
	free(end);
	free(text);
	return 0;
}

int agentdisk(struct buf *out, const struct buf *layer)
{
	struct cpio c = { .data = (const unsigned char *)layer->data, .len = layer->len };
	struct cpioentry e = { 0 };
	int ret = 0;

	bufputs(out, "umask 077\n");
	while (ret == 0 && cpioread(&c, &e) == 0 && !e.trailer)
		ret = entryput(out, &e);
	while (out->len % SECTOR)
		bufputc(out, '\n');
	cpiofree(&c);
	return ret;
}

int agentdiskopen(const struct session *s)
{
	struct buf layer = { 0 }, script = { 0 };
	int fd = -1, err;

	sessionlayer(&layer, s);
	errno = EINVAL;
	if (agentdisk(&script, &layer) == 0)
		fd = memfd_create("agent", MFD_CLOEXEC);
	if (fd >= 0 && writeall(fd, script.data, script.len) < 0) {
		err = errno;
		close(fd);
		errno = err;
		fd = -1;
	}
	buffree(&layer);
	buffree(&script);
	return fd;
}

void agentdiskargs(const char *path, const char *bus, struct strlist *argv)
{
	char *drive = xasprintf("driver=raw,node-name=agent,read-only=on,file.driver=file,"
				"file.locking=off,file.filename=%s",
				path);
	char *device = xasprintf("virtio-blk-%s,drive=agent,serial=" AGENT_SERIAL, bus);

	listadd(argv, "-blockdev");
	listadd(argv, drive);
	listadd(argv, "-device");
	listadd(argv, device);
	free(drive);
	free(device);
}
