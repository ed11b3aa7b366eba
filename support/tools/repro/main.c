// SPDX-License-Identifier: GPL-2.0-or-later
/* repro: packs a run of a guest, with a script that boots it anywhere. */
#include <cjson/cJSON.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "fs/file.h"
#include "fs/filestate.h"
#include "lastrun.h"
#include "readme.h"
#include "scriptset.h"
#include "stage.h"

static const char usage[] =
	"usage: repro [OPTION]... -o FILE --script FILE DIR\n"
	"\n"
	"Packs the run that runqemu has kept in DIR (--remember) into FILE, a tar archive\n"
	"compressed by zstd, with the script in it. The same run gives the same bytes.\n"
	"  -o FILE            the archive\n"
	"  --script FILE      what boots it: support/make/repro.sh\n"
	"  --base DIR         images below DIR are those that Whittle built: list their digests\n"
	"  --add NAME=FILE    add FILE as NAME; may be repeated\n"
	"  --set NAME=VALUE   one more setting of the script; may be repeated\n"
	"  --note TEXT        one more paragraph of the archive's README; may be repeated\n"
	"  --epoch SECONDS    time of all files (when the run started)\n"
	"  --help             show this\n"
	"  --version          show the version\n"
	"exit: 0 done, 1 there is no such run, it changed since, or an error, 2 usage\n";

struct options {
	const char *out, *script, *base; /* NULL: not given */
	struct strlist add, set, notes;
	long epoch; /* -1: not given */
};

enum {
	OPT_SCRIPT = OPTION_FIRST,
	OPT_BASE,
	OPT_ADD,
	OPT_SET,
	OPT_NOTE,
	OPT_EPOCH,
};

/* Add NAME=VALUE. */
static void pairadd(struct strlist *to, const char *option, const char *text)
{
	size_t len = strcspn(text, "=");

	if (!len || !text[len] || memchr(text, '/', len))
		dieusage("%s takes NAME=VALUE, not '%s'", option, text);
	listadd(to, text);
}

static void optiontake(struct options *o, int opt, const char *arg)
{
	char *end;

	switch (opt) {
	case 'o':
		o->out = arg;
		break;
	case OPT_SCRIPT:
		o->script = arg;
		break;
	case OPT_BASE:
		o->base = arg;
		break;
	case OPT_ADD:
		pairadd(&o->add, "--add", arg);
		break;
	case OPT_SET:
		pairadd(&o->set, "--set", arg);
		break;
	case OPT_NOTE:
		listadd(&o->notes, arg);
		break;
	case OPT_EPOCH:
		errno = 0;
		o->epoch = strtol(arg, &end, 10);
		if (errno || end == arg || *end || o->epoch < 0)
			dieusage("--epoch takes seconds since 1970, not '%s'", arg);
		break;
	}
}

static void optionsparse(struct options *o, int argc, char **argv)
{
	static const struct option longopts[] = {
		{ "script", required_argument, NULL, OPT_SCRIPT },
		{ "base", required_argument, NULL, OPT_BASE },
		{ "add", required_argument, NULL, OPT_ADD },
		{ "set", required_argument, NULL, OPT_SET },
		{ "note", required_argument, NULL, OPT_NOTE },
		{ "epoch", required_argument, NULL, OPT_EPOCH },
		OPTIONS_END,
	};
	int opt;

	o->epoch = -1;
	while ((opt = getoption(argc, argv, "+:ho:", longopts, usage)) != -1)
		optiontake(o, opt, optarg);
	if (!o->out || !o->script || optind + 1 != argc)
		dieusage("expected -o FILE, --script FILE and DIR");
}

/* The path below base; NULL: it is elsewhere. base: as realpath gives it. */
static const char *below(const char *base, const char *path)
{
	size_t len = strlen(base);

	return len && strncmp(path, base, len) == 0 && path[len] == '/' ? path + len + 1 : NULL;
}

/* Whether the file at path is as it was when the run began. */
static bool asitwas(const char *path, const char *state)
{
	struct stat st;
	char *now = stat(path, &st) == 0 ? filestate(&st) : NULL;
	bool same = now && strcmp(now, state) == 0;

	free(now);
	return same;
}

/* Copy a file of the run, which must be as it was. Its name below base goes to images. */
static int filetake(struct stage *s, const cJSON *file, const char *base, struct buf *images,
		    char **why)
{
	const char *path = runtext(file, "path"), *name;
	char hex[DIGESTHEX];

	if (stagefile(s, runtext(file, "name"), path, hex, why) < 0)
		return -1;
	/* Afterwards: it may have changed while it was read. */
	if (!asitwas(path, runtext(file, "state"))) {
		*why = xasprintf("%s is not what the run booted any more: run it again, and then "
				 "'make repro'",
				 path);
		return -1;
	}
	name = base ? below(base, path) : NULL;
	if (name)
		bufprintf(images, "%s  %s\n", hex, name);
	return 0;
}

/* Copy the layer in front of the initramfs, and all files that the run booted. */
static int filestake(struct stage *s, const struct run *r, const char *dir, const char *base,
		     char **why)
{
	const cJSON *files = cJSON_GetObjectItem(r->about, "files"), *file;
	char *layer = pathjoin(dir, "layer"), hex[DIGESTHEX];
	struct buf images = { 0 };
	bool disk = false;
	int ret = 0;

	cJSON_ArrayForEach(file, files) if (strcmp(runtext(file, "name"), "image") == 0) disk =
		true;
	if (runtrue(r->about, "layer"))
		ret = stagefile(s, disk ? "layer" : "initramfs", layer, hex, why);
	cJSON_ArrayForEach(file, files) if (ret == 0) ret = filetake(s, file, base, &images, why);
	if (ret == 0 && images.len)
		ret = stagetext(s, "images.sha256", bufstr(&images), 0644, why);
	buffree(&images);
	free(layer);
	return ret;
}

/* Write the record, whose image is the one in the archive. */
static int recordtake(struct stage *s, struct run *r, char **why)
{
	char *text;
	int ret;

	if (*runtext(r->record, "image"))
		cJSON_ReplaceItemInObject(r->record, "image",
					  cJSON_CreateString(runtext(r->about, "boot")));
	text = cJSON_Print(r->record);
	if (!text)
		abort(); /* out of memory: like lib/base/buf.h */
	ret = stagetext(s, "record.json", text, 0644, why);
	cJSON_free(text);
	return ret;
}

/* Copy the texts of the run, and what else is to be in the archive. */
static int textstake(struct stage *s, const struct options *o, const char *dir, char **why)
{
	static const char *const names[] = { "console.log", "output.log" };
	char hex[DIGESTHEX];
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < sizeof(names) / sizeof(*names); i++) {
		char *path = pathjoin(dir, names[i]);

		ret = stagefile(s, names[i], path, hex, why);
		free(path);
	}
	for (size_t i = 0; ret == 0 && i < o->add.len; i++) {
		const char *eq = strchr(o->add.item[i], '=');
		char *name = xstrndup(o->add.item[i], (size_t)(eq - o->add.item[i]));

		ret = stagefile(s, name, eq + 1, hex, why);
		free(name);
	}
	return ret;
}

/* Write the script, its settings and the README. */
static int scripttake(struct stage *s, const struct options *o, const struct run *r, char **why)
{
	struct buf script = { 0 }, settings = { 0 }, readme = { 0 };
	int ret = -1;

	settingsprint(&settings, r, &o->set);
	readmeprint(&readme, r, &o->notes);
	if (fileread(o->script, &script) < 0)
		*why = xasprintf("cannot read %s: %s", o->script, strerror(errno));
	else if (stagetext(s, "repro", bufstr(&script), 0755, why) == 0 &&
		 stagetext(s, "run.sh", bufstr(&settings), 0644, why) == 0)
		ret = stagetext(s, "README", bufstr(&readme), 0644, why);
	buffree(&script);
	buffree(&settings);
	buffree(&readme);
	return ret;
}

/* Make the archive of the run in dir. Returns 0, or -1 with *why set (caller frees). */
static int pack(const struct options *o, const char *dir, char **why)
{
	char *base = o->base ? realpath(o->base, NULL) : NULL;
	struct stage s = { 0 };
	struct run r = { 0 };
	int ret = runread(&r, dir, why);

	if (ret == 0) {
		*why = runrefuse(&r);
		ret = *why ? -1 : stageopen(&s, o->out, why);
	}
	if (ret == 0 && filestake(&s, &r, dir, base, why) == 0 && recordtake(&s, &r, why) == 0 &&
	    textstake(&s, o, dir, why) == 0 && scripttake(&s, o, &r, why) == 0 &&
	    stagesums(&s, "SHA256SUMS", why) == 0)
		ret = stagepack(&s, o->out,
				o->epoch >= 0 ? o->epoch : runnumber(r.about, "started"), why);
	else
		ret = -1;
	stageclose(&s);
	runfree(&r);
	free(base);
	return ret;
}

int main(int argc, char **argv)
{
	struct options o = { 0 };
	char *why = NULL;
	int ret;

	progname = "repro";
	optionsparse(&o, argc, argv);
	ret = pack(&o, argv[optind], &why);
	if (ret < 0)
		warn("%s", why);
	free(why);
	listfree(&o.add);
	listfree(&o.set);
	listfree(&o.notes);
	return ret < 0 ? EXIT_FAILED : EXIT_OK;
}
