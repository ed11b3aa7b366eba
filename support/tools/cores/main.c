// SPDX-License-Identifier: GPL-2.0-or-later
/* cores: lists what runqemu keeps of guests that crashed, and opens it. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "base/size.h"
#include "crash/crashdir.h"
#include "fs/file.h"
#include "gdbscript.h"

static const char usage[] =
	"usage: cores list DIR\n"
	"       cores last DIR [NAME]\n"
	"       cores open [OPTION]... CRASH CORE\n"
	"List the crashes in DIR, which runqemu --crash DIR keeps; print the path of the last one, or\n"
	"of the last whose name has NAME in it; or unpack the core of one to the file CORE, with a\n"
	"thread for each task of the guest, and print gdb's commands for it.\n"
	"  --vmlinux FILE   the guest's kernel, with symbols (that of the crash)\n"
	"  --plain          leave the core as QEMU wrote it, for crash and drgn\n"
	"  --help           show this\n"
	"  --version        show the version\n"
	"\n"
	"Exit status: 0 done; 1 failed, or there is no such crash; 2 usage.\n";

/* What happened, and the command, as the record of a crash has them. */
static char *recordtext(const char *dir, const char *name)
{
	char *path = xasprintf("%s/%s/" CRASH_RECORD, dir, name);
	struct buf text = { 0 }, out = { 0 };
	cJSON *o = NULL;
	const char *cause, *detail, *command;

	if (fileread(path, &text) == 0)
		o = cJSON_ParseWithLength(bufstr(&text), text.len);
	cause = cJSON_GetStringValue(cJSON_GetObjectItem(o, "cause"));
	detail = cJSON_GetStringValue(cJSON_GetObjectItem(o, "detail"));
	command = cJSON_GetStringValue(cJSON_GetObjectItem(o, "command"));
	bufprintf(&out, "%s%s%s%s%s", cause ? cause : "?", detail ? ": " : "", detail ? detail : "",
		  command ? "; in: " : "", command ? command : "");
	cJSON_Delete(o);
	buffree(&text);
	free(path);
	return bufsteal(&out);
}

static void listget(const char *dir, struct crashlist *all)
{
	if (crashlist(dir, all) < 0)
		die("%s: cannot list the crashes:", dir);
	if (!all->len)
		die("there is no crash in %s: a guest that panics or hangs is kept there with --crash "
		    "(CRASH=keep of make)",
		    dir);
}

/* What was printed is there, or that is an error. */
static int printed(void)
{
	if (fflush(stdout) == EOF)
		die("cannot write to standard output:");
	return EXIT_OK;
}

static int list(const char *dir)
{
	struct crashlist all = { 0 };

	listget(dir, &all);
	for (size_t i = 0; i < all.len; i++) {
		char *size = sizeformat(all.item[i].bytes);
		char *text = recordtext(dir, all.item[i].name);

		tell(stdout, "%s\n    %s, %s\n", all.item[i].name, size, text);
		free(size);
		free(text);
	}
	crashlistfree(&all);
	return printed();
}

static int last(const char *dir, const char *name)
{
	struct crashlist all = { 0 };
	size_t i;

	listget(dir, &all);
	for (i = all.len; i; i--)
		if (!name || strstr(all.item[i - 1].name, name))
			break;
	if (!i)
		die("there is no crash in %s with %s in its name: 'make crash-list' lists them",
		    dir, name);
	printf("%s/%s\n", dir, all.item[i - 1].name);
	crashlistfree(&all);
	return printed();
}

static int openone(int argc, char **argv)
{
	enum { OPT_VMLINUX = OPTION_FIRST, OPT_PLAIN };
	static const struct option longopts[] = {
		{ "vmlinux", required_argument, NULL, OPT_VMLINUX },
		{ "plain", no_argument, NULL, OPT_PLAIN },
		OPTIONS_END,
	};
	struct opening o = { 0 };
	struct strlist notes = { 0 };
	struct buf text = { 0 };
	char *why;
	int c;

	while ((c = getoption(argc, argv, ":h", longopts, usage)) != -1) {
		if (c == OPT_VMLINUX)
			o.vmlinux = optarg;
		else
			o.plain = true;
	}
	if (argc - optind != 2)
		dieusage("open takes CRASH and CORE");
	o.dir = argv[optind];
	o.core = argv[optind + 1];
	why = crashopen(&o, &text, &notes);
	if (why)
		die("%s", why);
	for (size_t i = 0; i < notes.len; i++)
		warn("%s", notes.item[i]);
	if (writeall(STDOUT_FILENO, bufstr(&text), text.len) < 0)
		die("cannot write to standard output:");
	listfree(&notes);
	buffree(&text);
	return EXIT_OK;
}

int main(int argc, char **argv)
{
	static const struct option none[] = { OPTIONS_END };

	progname = "cores";
	if (argc > 1 && strcmp(argv[1], "open") == 0)
		return openone(argc - 1, argv + 1);
	(void)getoption(argc, argv, "+:h", none, usage);
	if (argc == 3 && strcmp(argv[1], "list") == 0)
		return list(argv[2]);
	if ((argc == 3 || argc == 4) && strcmp(argv[1], "last") == 0)
		return last(argv[2], argv[3]);
	dieusage("list DIR, last DIR or open CRASH CORE is expected");
}
