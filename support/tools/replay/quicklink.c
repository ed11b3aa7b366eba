// SPDX-License-Identifier: GPL-2.0-or-later
#include "quicklink.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/affix.h"
#include "base/buf.h"
#include "base/elfview.h"
#include "base/msg.h"
#include "base/path.h"
#include "fs/file.h"
#include "fs/remove.h"

extern char **environ;

/* The names that the script gives to its files: since Linux 6.11, and before. */
static const struct pass {
	const char *first;  /* what the first link writes */
	const char *empty;  /* the table in it, or NULL if none is there */
	const char *table;  /* the table of the first link's symbols */
	const char *second; /* what the second link writes */
	const char *last;   /* the table of the second link's symbols: that of vmlinux */
	const char *third;  /* that of a third one, which is needed now and then */
} passes[] = {
	{ ".tmp_vmlinux1", ".tmp_vmlinux0.kallsyms.o", ".tmp_vmlinux1.kallsyms.o", ".tmp_vmlinux2",
	  ".tmp_vmlinux2.kallsyms.o", ".tmp_vmlinux3.kallsyms.o" },
	{ ".tmp_vmlinux.kallsyms1", NULL, ".tmp_vmlinux.kallsyms1.o", ".tmp_vmlinux.kallsyms2",
	  ".tmp_vmlinux.kallsyms2.o", ".tmp_vmlinux.kallsyms3.o" },
};

/* What is kept in the directory: */
#define ARGS	      "args"	    /* the arguments of the first link, each ended by NUL */
#define TABLE	      "table.o"	    /* the table of the last build */
#define AHEAD	      "ahead"	    /* the first link, made before the script asks for it */
#define SYMBOLS	      "ahead.nm"    /* and its symbols */
#define BEGUN	      "ahead.begun" /* a file whose date is the time before that */
#define PROGRAM_AHEAD "ahead"	    /* the name of this program that makes them */

static char *kept(const char *name)
{
	return pathjoin(getenv(QUICKLINK_DIR), name);
}

static int linkto(const char *dir, const char *program, const char *name)
{
	char *path = xasprintf("%s/bin/%s", dir, name);
	int ret = symlink(program, path);

	free(path);
	return ret;
}

bool quicklinkcan(const char *build, const char *ld, const char *nm)
{
	return *ld && *nm && !strpbrk(ld, "/ ") && !strpbrk(nm, "/ ") && !strchr(build, ':');
}

int quicklinkprepare(const char *dir, const char *ld, const char *nm)
{
	char *bin = pathjoin(dir, "bin"), *self = realpath("/proc/self/exe", NULL);
	char *begun = pathjoin(dir, BEGUN);
	int ret = self && treeremove(bin) == 0 && mkdirs(bin) == 0 && linkto(dir, self, ld) == 0 &&
				  linkto(dir, self, nm) == 0 &&
				  linkto(dir, self, PROGRAM_AHEAD) == 0 &&
				  (unlink(begun) == 0 || errno == ENOENT)
			  ? 0
			  : -1;

	free(begun);
	free(self);
	free(bin);
	return ret;
}

bool quicklinkcalled(const char *name)
{
	return strcmp(pathlast(name), "replay") != 0 && getenv(QUICKLINK_DIR);
}

/* Become the real program name, the one that is not in our directory. */
static void become(const char *name, char **argv)
{
	const char *path = getenv("PATH");
	char *bin = kept("bin"), *copy = xstrdup(path ? path : ""), *p = copy, *dir;
	struct buf rest = { 0 };
	bool more = false; /* an empty entry counts, too */

	while ((dir = strsep(&p, ":"))) {
		if (strcmp(dir, bin) == 0)
			continue;
		bufprintf(&rest, "%s%s", more ? ":" : "", dir);
		more = true;
	}
	setenv("PATH", bufstr(&rest), 1);
	execvp(name, argv);
	warn("cannot run %s:", name);
	_exit(127);
}

/* Run it, with its output to the file output, if not NULL. Returns its status. */
static int run(const char *name, char **argv, const char *output)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		if (output && !freopen(output, "w", stdout))
			_exit(127);
		become(name, argv);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		die("cannot run %s:", name);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ---- the arguments ---- */

/* What follows the option -o, or "". */
static const char *output(char **argv)
{
	for (size_t i = 1; argv[i]; i++) {
		if (strcmp(argv[i], "-o") == 0 && argv[i + 1])
			return argv[i + 1];
	}
	return "";
}

/* argv as a list, where each word from, if not NULL, is replaced by to. */
static void replaced(struct strlist *out, char **argv, const char *from, const char *to)
{
	for (size_t i = 0; argv[i]; i++)
		listadd(out, from && strcmp(argv[i], from) == 0 ? to : argv[i]);
}

/* Replace a word of list. */
static void replace(struct strlist *list, const char *from, const char *to)
{
	struct strlist out = { 0 };

	replaced(&out, list->item, from, to);
	listfree(list);
	*list = out;
}

static bool samelist(const struct strlist *a, const struct strlist *b)
{
	bool same = a->len == b->len;

	for (size_t i = 0; same && i < a->len; i++)
		same = strcmp(a->item[i], b->item[i]) == 0;
	return same;
}

static int argsread(struct strlist *out)
{
	char *path = kept(ARGS);
	struct buf text = { 0 };
	int ret = fileread(path, &text);

	for (size_t i = 0; ret == 0 && i < text.len; i += strlen(text.data + i) + 1)
		listadd(out, text.data + i);
	free(path);
	buffree(&text);
	return ret == 0 && out->len ? 0 : -1;
}

static void argswrite(const struct strlist *args)
{
	char *path = kept(ARGS);
	struct buf text = { 0 };

	for (size_t i = 0; i < args->len; i++)
		bufadd(&text, args->item[i], strlen(args->item[i]) + 1);
	if (filewrite(path, text.data, text.len, 0666) < 0)
		die("cannot write %s:", path);
	buffree(&text);
	free(path);
}

static bool newer(const struct stat *a, const struct stat *b)
{
	return a->st_mtim.tv_sec != b->st_mtim.tv_sec ? a->st_mtim.tv_sec > b->st_mtim.tv_sec
						      : a->st_mtim.tv_nsec > b->st_mtim.tv_nsec;
}

/* Whether len bytes at that offset are the same in a and b, which are as long. */
static bool samebytes(const struct buf *a, const struct buf *b, uint64_t at, uint64_t len)
{
	return at <= a->len && len <= a->len - at && memcmp(a->data + at, b->data + at, len) == 0;
}

/* Whether the headers of sections and the symbols are the same in a and b, which are as long. */
static bool sameheaders(const struct buf *a, const struct buf *b)
{
	struct elfview v;

	if (!elfviewset(&v, a->data, a->len) || !samebytes(a, b, 0, ELF_SIZE(&v, Ehdr)))
		return false;
	uint64_t at = ELF_FIELD(&v, 0, Ehdr, e_shoff);
	uint64_t n = ELF_FIELD(&v, 0, Ehdr, e_shnum), size = ELF_SIZE(&v, Shdr);
	bool same = n && samebytes(a, b, at, n * size);

	for (uint64_t end = at + n * size; same && at < end; at += size) {
		uint64_t type = ELF_FIELD(&v, at, Shdr, sh_type);

		if (type == SHT_SYMTAB || type == SHT_STRTAB)
			same = samebytes(a, b, ELF_FIELD(&v, at, Shdr, sh_offset),
					 ELF_FIELD(&v, at, Shdr, sh_size));
	}
	return same;
}

/*
 * Whether two tables, of the same assembler, take up the same space in a link, and have their
 * symbols at the same places in it. Files of one length may not.
 */
static bool samelayout(const char *a, const char *b)
{
	struct buf x = { 0 }, y = { 0 };
	bool same = fileread(a, &x) == 0 && fileread(b, &y) == 0 && x.len == y.len &&
		    sameheaders(&x, &y);

	buffree(&x);
	buffree(&y);
	return same;
}

/* Keep the table of the last build. Returns whether there is one, of a build with two links. */
static bool keeptable(const struct pass *pass)
{
	char *path = kept(TABLE);
	struct buf table = { 0 };
	struct stat last, third;
	bool good = stat(pass->last, &last) == 0 &&
		    (stat(pass->third, &third) < 0 || newer(&last, &third)) &&
		    fileread(pass->last, &table) == 0 &&
		    filewrite(path, table.data, table.len, 0666) == 0;

	if (!good)
		unlink(path); /* else it might be taken for what is in the link */
	buffree(&table);
	free(path);
	return good;
}

/* The arguments of the first link, with the table of the last build and with output to. */
static void firstargs(struct strlist *out, char **argv, const struct pass *pass, const char *to)
{
	char *table = kept(TABLE);

	replaced(out, argv, pass->empty, table);
	if (!pass->empty)
		listadd(out, table);
	replace(out, pass->first, to);
	free(table);
}

/* ---- ahead ---- */

static const struct pass *passof(const char *file, bool second)
{
	for (size_t i = 0; i < sizeof(passes) / sizeof(*passes); i++) {
		if (strcmp(second ? passes[i].second : passes[i].first, file) == 0)
			return &passes[i];
	}
	return NULL;
}

/*
 * Make the first link and its list of symbols, while kbuild makes and checks vmlinux.o, which is
 * not in it. If there is no such link, or if it fails, the script makes it.
 */
static void ahead(void)
{
	char *begun = kept(BEGUN), *to = kept(AHEAD), *symbols = kept(SYMBOLS);
	struct strlist args = { 0 }, now = { 0 };
	const struct pass *pass = NULL;
	const char *nm = getenv("NM");

	unlink(begun);
	/* the script tells what is wrong, if it still is when it links */
	if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
		exit(0);
	if (argsread(&args) == 0 && !listhas(&args, "vmlinux.o"))
		pass = passof(output(args.item), false);
	if (pass && nm && filewrite(begun, "", 0, 0666) == 0 && keeptable(pass)) {
		char *const list[] = { (char *)nm, "-n", to, NULL };

		firstargs(&now, args.item, pass, to);
		if (run(now.item[0], now.item, NULL) != 0 || run(nm, (char **)list, symbols) != 0)
			unlink(begun);
	}
	listfree(&now);
	listfree(&args);
	free(symbols);
	free(to);
	free(begun);
	exit(0);
}

/* Whether the link that was made ahead is that of args: no file is newer that was in it. */
static bool isahead(const struct strlist *args, const struct pass *pass)
{
	char *path = kept(BEGUN);
	struct strlist was = { 0 };
	struct stat begun, st;
	bool good = stat(path, &begun) == 0 && argsread(&was) == 0 && samelist(&was, args);

	for (size_t i = 1; good && i < args->len; i++) {
		const char *value = strchr(args->item[i], '='); /* of --script=FILE */
		const char *file = value ? value + 1 : args->item[i];

		if (stat(file, &st) == 0 && strcmp(file, pass->first) != 0 &&
		    (!pass->empty || strcmp(file, pass->empty) != 0))
			good = !newer(&st, &begun);
	}
	listfree(&was);
	free(path);
	return good;
}

/* ---- the programs ---- */

static void first(char **argv, const struct pass *pass)
{
	char *to = kept(AHEAD), *begun = kept(BEGUN);
	struct strlist args = { 0 }, now = { 0 };
	int status = 0;

	replaced(&args, argv, NULL, NULL);
	if (!isahead(&args, pass) || rename(to, pass->first) < 0) {
		unlink(begun);
		argswrite(&args);
		if (!keeptable(pass))
			become(argv[0], argv);
		firstargs(&now, argv, pass, pass->first);
		status = run(now.item[0], now.item, NULL);
	}
	exit(status);
}

static void second(char **argv, const struct pass *pass)
{
	char *table = kept(TABLE);
	struct strlist was = { 0 }, args = { 0 };

	replaced(&args, argv, pass->second, pass->first);
	if (argsread(&was) == 0) {
		if (!pass->empty)
			listadd(&was, pass->table);
		else
			replace(&was, pass->empty, pass->table);
	}
	if (samelist(&was, &args) && samelayout(table, pass->table) &&
	    (unlink(pass->second) == 0 || errno == ENOENT) && link(pass->first, pass->second) == 0)
		exit(0);
	become(argv[0], argv);
}

/* Whether a and b are names of one file. */
static bool samefile(const char *a, const char *b)
{
	struct stat sa, sb;

	return stat(a, &sa) == 0 && stat(b, &sb) == 0 && sa.st_ino == sb.st_ino &&
	       sa.st_dev == sb.st_dev;
}

/* nm -n of a link: if that was made ahead, its symbols are there. */
static void symbols(char **argv)
{
	char *begun = kept(BEGUN), *path = kept(SYMBOLS);
	bool whole = argv[1] && argv[2] && !argv[3] && strcmp(argv[1], "-n") == 0;
	const struct pass *p = whole ? passof(argv[2], false) : NULL;
	const struct pass *q = whole ? passof(argv[2], true) : NULL;
	struct buf text = { 0 };

	if ((p || (q && samefile(q->first, q->second))) && access(begun, F_OK) == 0 &&
	    fileread(path, &text) == 0 && writeall(STDOUT_FILENO, text.data, text.len) == 0)
		exit(0);
	become(argv[0], argv);
}

void quicklinkrun(char **argv)
{
	const char *to = output(argv), *nm = getenv("NM");
	const struct pass *p = passof(to, false), *q = passof(to, true);

	progname = pathlast(argv[0]);
	if (strcmp(progname, PROGRAM_AHEAD) == 0)
		ahead();
	argv[0] = (char *)progname;
	if (nm && strcmp(progname, nm) == 0)
		symbols(argv);
	if (p)
		first(argv, p);
	if (q)
		second(argv, q);
	become(argv[0], argv);
	exit(127);
}
