// SPDX-License-Identifier: GPL-2.0-or-later
#include "modules.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/decompress.h"
#include "base/affix.h"
#include "base/path.h"
#include "fs/file.h"
#include "kernelimage.h"

#define INDEX	   "modules.dep"
#define MODULE_MAX (64 << 20) /* largest module that is accepted, bytes */

/* The modules of options of the kernel. */
static const struct {
	const char *symbol, *module;
} names[] = {
	{ "VIRTIO_PCI", "virtio_pci" },
	{ "VIRTIO_MMIO", "virtio_mmio" },
	{ "VIRTIO_CONSOLE", "virtio_console" },
	{ "VIRTIO_NET", "virtio_net" },
	{ "VIRTIO_BLK", "virtio_blk" },
	{ "BLK_DEV_NVME", "nvme" },
	{ "NET_9P_VIRTIO", "9pnet_virtio" },
	{ "9P_FS", "9p" },
	{ "VIRTIO_FS", "virtiofs" },
	{ "OVERLAY_FS", "overlay" },
	{ "VIRTIO_VSOCKETS", "vmw_vsock_virtio_transport" },
};

void modulesrelease(struct modules *m, const char *path, const void *data, size_t len)
{
	static const char *const prefixes[] = { "vmlinuz-", "vmlinux-", "kernel-" };
	const char *name = pathlast(path);

	free(m->release);
	m->release = kernelrelease(data, len);
	for (size_t i = 0; !m->release && i < sizeof(prefixes) / sizeof(*prefixes); i++)
		if (startswith(name, prefixes[i]))
			m->release = xstrdup(name + strlen(prefixes[i]));
}

/* The directory that the file at path is in. Caller frees. */
static char *dirof(const char *path)
{
	char *real = realpath(path, NULL), *dir = pathparent(real ? real : path);

	free(real);
	return dir;
}

char *modulesconfig(const struct modules *m, const char *path)
{
	char *dir = dirof(path), *file = NULL;

	if (m->release)
		file = xasprintf("%s/config-%s", dir, m->release);
	if (m->dir && (!file || access(file, R_OK) < 0)) {
		free(file);
		file = pathjoin(m->dir, "config");
	}
	free(dir);
	if (file && access(file, R_OK) == 0)
		return file;
	free(file);
	return NULL;
}

/* Take dir, which is freed, if it has modules. */
static bool take(struct modules *m, char *dir)
{
	char *path = pathjoin(dir, INDEX);
	struct buf text = { 0 };
	bool good = fileread(path, &text) == 0;

	if (good) {
		m->dir = realpath(dir, NULL);
		m->index = text.data ? bufsteal(&text) : xstrdup("");
	}
	buffree(&text);
	free(path);
	free(dir);
	return good && m->dir;
}

/* Why there are none in given. */
static char *whynot(const struct modules *m, const char *given)
{
	char *dir = xasprintf("%s/lib/modules/%s", given, m->release ? m->release : ""), *why;

	if (access(dir, F_OK) < 0 && access(given, F_OK) < 0)
		why = xasprintf("cannot read the modules in %s: %s", given, strerror(errno));
	else if (m->release && access(dir, F_OK) == 0)
		why = xasprintf("%s has no " INDEX ": 'depmod -b %s %s' makes one", dir, given,
				m->release);
	else
		why = xasprintf("%s has no modules for the kernel %s: neither " INDEX
				" nor lib/modules/%s",
				given, m->release ? m->release : "", m->release ? m->release : "");
	free(dir);
	return why;
}

char *modulesfind(struct modules *m, const char *path, const char *given)
{
	char *dir;

	if (given && (take(m, xstrdup(given)) ||
		      (m->release && take(m, xasprintf("%s/lib/modules/%s", given, m->release)))))
		return NULL;
	if (given)
		return whynot(m, given);
	if (!m->release)
		return NULL;
	dir = dirof(path);
	if (!take(m, xstrdup(dir)))
		take(m, xasprintf("%s/../lib/modules/%s", dir, m->release));
	free(dir);
	return NULL;
}

/* Whether the path of a module, of len bytes, is that of the module name; - and _ are the same. */
static bool iscalled(const char *path, size_t len, const char *name)
{
	const char *slash = memrchr(path, '/', len), *at = slash ? slash + 1 : path;
	size_t i = 0, left = len - (size_t)(at - path);

	while (i < left && name[i] && (at[i] == name[i] || (at[i] == '-' && name[i] == '_')))
		i++;
	return !name[i] && left - i >= strlen(".ko") && strncmp(at + i, ".ko", 3) == 0;
}

/* Add the path of a module, of len bytes, below the directory. */
static void add(struct modules *m, const char *path, size_t len)
{
	char *text = xasprintf("%s/%.*s", m->dir, (int)len, path);

	listaddonce(&m->paths, text);
	free(text);
}

/* Add a module and what it depends on, from its line in the index: the last one is loaded first. */
static void lineadd(struct modules *m, const char *line)
{
	const char *colon = strchr(line, ':'), *at = line + strcspn(line, "\n");

	while (at > colon + 1) {
		const char *end = at;

		while (at > colon + 1 && at[-1] != ' ')
			at--;
		if (end > at)
			add(m, at, (size_t)(end - at));
		while (at > colon + 1 && at[-1] == ' ')
			at--;
	}
	add(m, line, (size_t)(colon - line));
}

/* Add the module name, if there is one. */
static void moduleadd(struct modules *m, const char *name)
{
	for (const char *line = m->index; *line;
	     line += strcspn(line, "\n"), line += *line == '\n') {
		size_t len = strcspn(line, ":\n");

		if (line[len] != ':' || !iscalled(line, len, name))
			continue;
		lineadd(m, line);
		return;
	}
}

void modulesneed(struct modules *m, const char *symbol)
{
	for (size_t i = 0; m->dir && i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i].symbol, symbol) == 0)
			moduleadd(m, names[i].module);
}

/* Append the module at path, without compression, to out. */
static char *fileget(const char *path, struct buf *out)
{
	struct buf file = { 0 };
	struct compressed p = { .limit = MODULE_MAX };
	const struct format *f;
	char *why = NULL;

	if (fileread(path, &file) < 0)
		return xasprintf("cannot read the module %s: %s", path, strerror(errno));
	p.in = (const unsigned char *)file.data;
	p.inlen = file.len;
	f = formatfind(p.in, p.inlen);
	if (!f)
		bufadd(out, file.data, file.len);
	else if (!f->known)
		why = xasprintf("cannot read the module %s: compressed by %s", path, f->name);
	else if (decompress(f, &p) < 0)
		why = xasprintf("cannot read the module %s: %s", path, p.why);
	else
		bufadd(out, p.out.data, p.out.len);
	buffree(&p.out);
	buffree(&file);
	return why;
}

char *modulesread(struct modules *m)
{
	char *why = NULL;

	m->file = xcalloc(m->paths.len + 1, sizeof(*m->file));
	for (size_t i = 0; !why && i < m->paths.len; i++)
		why = fileget(m->paths.item[i], &m->file[i]);
	return why;
}

void modulesfree(struct modules *m)
{
	for (size_t i = 0; m->file && i < m->paths.len; i++)
		buffree(&m->file[i]);
	free(m->file);
	listfree(&m->paths);
	free(m->release);
	free(m->dir);
	free(m->index);
	*m = (struct modules){ 0 };
}
