// SPDX-License-Identifier: GPL-2.0-or-later
#include "remember.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/msg.h"
#include "fs/file.h"
#include "fs/filestate.h"
#include "portable.h"
#include "target.h"

#define FORMAT	2 /* of run.json */
#define RUN	"run.json"
#define RECORD	"record.json"
#define CONSOLE "console.log"
#define OUTPUT	"output.log"
#define LAYER	"layer"

int rememberfresh(const char *dir)
{
	static const char *const names[] = { RUN, RECORD, CONSOLE, OUTPUT, LAYER };
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < sizeof(names) / sizeof(*names); i++) {
		char *path = pathjoin(dir, names[i]);

		ret = outremove(path);
		free(path);
	}
	return ret;
}

/* Add a file that the guest boots, if there is one. */
static void fileadd(struct remember *r, const char *name, const char *path)
{
	int fd = path ? regopen(path, O_RDONLY, 0) : -1;
	size_t i = r->files;
	struct stat st;

	if (!path)
		return;
	r->names[i] = name;
	r->paths[i] = realpath(path, NULL);
	if (!r->paths[i])
		r->paths[i] = xstrdup(path);
	r->states[i] = fd >= 0 && fstat(fd, &st) == 0 ? filestate(&st) : NULL;
	if (fd >= 0)
		close(fd);
	r->files++;
}

/* Write the layer: what the memory file has in front of the archive at path. */
static int layerwrite(const char *dir, int initrd, const char *path)
{
	char *to = pathjoin(dir, LAYER);
	struct stat all, image = { 0 };
	size_t len = 0;
	char *data;
	int ret = -1;

	if (fstat(initrd, &all) == 0 && (!path || stat(path, &image) == 0) &&
	    image.st_size <= all.st_size) {
		len = (size_t)(all.st_size - image.st_size);
		data = xmalloc(len + 1);
		if (pread(initrd, data, len, 0) == (ssize_t)len)
			ret = filewrite(to, data, len, 0600);
		free(data);
	}
	free(to);
	return ret;
}

static int keptopen(struct textcopy *k, const char *dir, const char *name)
{
	char *path = pathjoin(dir, name);

	*k = (struct textcopy){ .left = TEXTCOPY_MAX };
	k->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	free(path);
	return k->fd < 0 ? -1 : 0;
}

static int begin(struct remember *r, const char *dir, const struct launch *l, int initrd)
{
	const struct options *o = l->options;
	bool firmware = o->firmware != FIRMWARE_NONE;

	r->started = (long)time(NULL);
	fileadd(r, PORTABLE_KERNEL, firmware ? NULL : l->machine->kernel);
	fileadd(r, PORTABLE_CONFIG, o->config);
	fileadd(r, PORTABLE_INITRAMFS, firmware || o->boot ? NULL : o->initramfs);
	fileadd(r, PORTABLE_IMAGE, o->boot);
	fileadd(r, PORTABLE_FIRMWARE, l->uefi);
	r->layer = initrd >= 0;
	if (mkparents(dir) < 0 || (mkdir(dir, 0700) < 0 && errno != EEXIST) ||
	    rememberfresh(dir) < 0 || keptopen(&r->texts[0], dir, CONSOLE) < 0 ||
	    keptopen(&r->texts[1], dir, OUTPUT) < 0 ||
	    (initrd >= 0 && layerwrite(dir, initrd, o->boot ? NULL : o->initramfs) < 0))
		return -1;
	r->dir = dir;
	return 0;
}

void rememberbegin(struct remember *r, struct guestspec *spec, const struct launch *l, bool busy)
{
	const char *dir = l->options->remember;

	/* A recording has what it needs itself. */
	if (!dir || busy || l->options->record || l->recording)
		return;
	if (begin(r, dir, l, spec->initrd) < 0) {
		warn("this run is not kept for 'make repro': %s:", dir);
		return;
	}
	spec->kept = r->texts;
}

static void textadd(cJSON *to, const char *name, const char *text)
{
	if (text)
		cJSON_AddStringToObject(to, name, text);
	else
		cJSON_AddNullToObject(to, name);
}

static void filesprint(const struct remember *r, cJSON *to)
{
	cJSON *files = cJSON_AddArrayToObject(to, "files");

	for (size_t i = 0; i < r->files; i++) {
		cJSON *file = cJSON_CreateObject();

		textadd(file, "name", r->names[i]);
		textadd(file, "path", r->paths[i]);
		textadd(file, "state", r->states[i]);
		cJSON_AddItemToArray(files, file);
	}
}

static void qemuprint(const struct launch *l, const struct result *record, cJSON *to)
{
	cJSON *argv = cJSON_AddArrayToObject(to, "argv");
	struct strlist words = { 0 };
	char *packages = targetpackages(l->machine->arch);

	textadd(to, "qemu", record->end ? record->end->qemu : NULL);
	textadd(to, "packages", packages);
	portableargv(l, &words);
	for (size_t i = 0; i < words.len; i++)
		cJSON_AddItemToArray(argv, cJSON_CreateString(words.item[i]));
	listfree(&words);
	free(packages);
}

/* What of this machine the guest had, and what no archive has. */
static void hostprint(const struct launch *l, cJSON *to)
{
	const struct options *o = l->options;
	cJSON *shares = cJSON_AddArrayToObject(to, "shares");
	cJSON *disks = cJSON_AddArrayToObject(to, "disks");

	textadd(to, "root", o->root);
	cJSON_AddBoolToObject(to, "keep", o->keep);
	for (size_t i = 0; l->shares && i < l->shares->len; i++)
		cJSON_AddItemToArray(shares, cJSON_CreateString(l->shares->item[i].dir));
	for (size_t i = 0; l->disks && i < l->disks->len; i++) {
		cJSON *disk;
		char *name;

		if (o->boot && i == 0)
			continue;
		name = portabledisk(i);
		disk = cJSON_CreateObject();
		textadd(disk, "name", name);
		textadd(disk, "path", l->disks->item[i].path);
		cJSON_AddItemToArray(disks, disk);
		free(name);
	}
}

/* The text of run.json. Caller frees. */
static char *runprint(const struct remember *r, const struct launch *l, const struct result *record,
		      const char *mark, long silence)
{
	static const char *const modes[] = {
		[MODE_COMMAND] = "command", [MODE_SHELL] = "shell", [MODE_TERMINAL] = "terminal"
	};
	cJSON *o = cJSON_CreateObject();
	char *text;

	cJSON_AddNumberToObject(o, "format", FORMAT);
	cJSON_AddNumberToObject(o, "started", (double)r->started);
	textadd(o, "mode", modes[l->mode]);
	textadd(o, "mark", mark + 1); /* less its control character */
	textadd(o, "channel", l->machine->virtio ? "out" : "tty");
	cJSON_AddNumberToObject(o, "silence", (double)(silence / 1000));
	cJSON_AddBoolToObject(o, "strict", l->options->strict);
	cJSON_AddBoolToObject(o, "layer", r->layer);
	textadd(o, "boot", l->options->boot ? PORTABLE_IMAGE : PORTABLE_KERNEL);
	qemuprint(l, record, o);
	filesprint(r, o);
	hostprint(l, o);
	text = cJSON_Print(o);
	cJSON_Delete(o);
	if (!text)
		abort(); /* out of memory: like lib/base/buf.h */
	return text;
}

/* Copy the files of --remember-with. */
static int withcopy(const struct remember *r, const struct strlist *with)
{
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < with->len; i++) {
		const char *eq = strchr(with->item[i], '=');
		char *name = xstrndup(with->item[i], (size_t)(eq - with->item[i]));
		char *to = pathjoin(r->dir, name);
		struct buf data = { 0 };

		ret = fileread(eq + 1, &data);
		if (ret == 0)
			ret = filewrite(to, data.data, data.len, 0600);
		buffree(&data);
		free(to);
		free(name);
	}
	return ret;
}

static int end(struct remember *r, const struct launch *l, const struct result *record,
	       const struct guestspec *spec)
{
	char *text, *path;
	int ret;

	text = runprint(r, l, record, spec->mark, spec->silence);
	for (size_t i = 0; i < r->files; i++) {
		free(r->states[i]);
		free(r->paths[i]);
	}
	path = pathjoin(r->dir, RECORD);
	ret = resultwrite(record, path);
	free(path);
	path = pathjoin(r->dir, RUN);
	if (textcopyclose(&r->texts[0]) < 0 || textcopyclose(&r->texts[1]) < 0 ||
	    withcopy(r, &l->options->with) < 0)
		ret = -1;
	if (ret == 0)
		ret = filewrite(path, text, strlen(text), 0600);
	cJSON_free(text);
	free(path);
	return ret;
}

void rememberend(struct remember *r, const struct launch *l, const struct result *record,
		 const struct guestspec *spec)
{
	if (r->dir && end(r, l, record, spec) < 0)
		warn("this run is not kept for 'make repro': cannot write to %s:", r->dir);
}
