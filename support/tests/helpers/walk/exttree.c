// SPDX-License-Identifier: GPL-2.0-or-later
#include "exttree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/msg.h"
#include "build.h"
#include "fs/file.h"
#include "fs/remove.h"
#include "recipetext.h"

/* From then on files are dated by the machine's clock: all tarballs are older, ticks too. */
#define MACHINETIME 1577836800 /* 2020 */

static char tarsum[NPKG][LIBVERSIONS + 1][DIGESTHEX]; /* by package and version */

static void writefile(const char *path, struct buf *text, mode_t mode, int replace)
{
	int fd;

	if (mkparents(path) < 0)
		die("cannot make the directory of %s:", path);
	if (replace) {
		if (filewrite(path, bufstr(text), text->len, mode) < 0)
			die("cannot write %s:", path);
	} else {
		fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
		if (fd < 0 || writeall(fd, bufstr(text), text->len) < 0 || close(fd) < 0)
			die("cannot write %s:", path);
	}
	if (chmod(path, mode) < 0)
		die("cannot change the mode of %s:", path);
}

static void datefile(const char *path, int date, const struct stat *before)
{
	struct timespec t[2] = { { .tv_nsec = UTIME_OMIT }, { .tv_sec = time(NULL) } };

	if (date == DATESAME)
		t[1] = before->st_mtim;
	else if (date == DATEOLD)
		t[1].tv_sec = 946684800;
	else if (date == DATEFUTURE)
		t[1].tv_sec += 86400;
	if (date != DATENOW && utimensat(AT_FDCWD, path, t, 0) < 0)
		die("cannot date %s:", path);
}

/* See that the file at ext/name has just text (taken), as an editor would. NULL: there is none. */
static void put(const char *ext, const char *name, struct buf *text, mode_t mode,
		const struct editing *how)
{
	char *path = pathjoin(ext, name);
	struct buf old = { 0 };
	struct stat st = { 0 };
	int there = stat(path, &st) == 0 && fileread(path, &old) == 0;

	if (!text) {
		if (unlink(path) < 0 && errno != ENOENT)
			die("cannot remove %s:", path);
	} else if (!there || old.len != text->len || memcmp(old.data, text->data, old.len) != 0 ||
		   (st.st_mode & 0777) != mode) {
		writefile(path, text, mode, how->replace);
		datefile(path, !there && how->date == DATESAME ? DATENOW : how->date, &st);
	}
	if (text)
		buffree(text);
	buffree(&old);
	free(path);
}

static void putrecipe(const struct world *w, int p, const char *ext, const struct editing *how)
{
	char *name = xasprintf("package/%s/%s.mk", partname[p], partname[p]);
	struct buf text = { 0 };

	recipetext(w, p, &text);
	put(ext, name, &text, 0644, how);
	free(name);
	name = xasprintf("package/%s/Kconfig", partname[p]);
	menutext(w, p, &text);
	put(ext, name, &text, 0644, how);
	free(name);
	for (int v = 1; v <= LIBVERSIONS; v++) {
		if (*tarsum[p][v])
			bufprintf(&text, "sha256  %s  %s-%d.tar\n", tarsum[p][v], partname[p], v);
	}
	name = xasprintf("package/%s/%s.hash", partname[p], partname[p]);
	if (text.len)
		put(ext, name, &text, 0644, how);
	free(name);
}

/* A patch of lib: to one file, and its name sorts by which. */
static void putpatch(const struct world *w, int i, const char *ext, const struct editing *how)
{
	static const char *const file[2] = { "used", "unused" };
	char *name = xasprintf("package/lib/000%d-%s.patch", i + 1, file[i]);
	struct buf text = { 0 };

	bufprintf(&text, "--- a/%s\n+++ b/%s\n@@ -2,4 +2,4 @@\n a\n b\n c\n-plain\n+patched %d\n",
		  file[i], file[i], w->patch[i]);
	put(ext, name, w->patch[i] ? &text : NULL, 0644, how);
	buffree(&text);
	free(name);
}

static void puttree(const struct world *w, int tree, const char *ext, const struct editing *how)
{
	char *dir = xasprintf("package/%s/src", tree == KEEPTREE ? "keep" : "local");
	struct buf text = { 0 };
	char *name;

	localtext(tree, "used", w->used[tree], &text);
	name = pathjoin(dir, "used");
	put(ext, name, &text, 0644, how);
	free(name);
	localtext(tree, "unused", w->unused[tree], &text);
	name = pathjoin(dir, "unused");
	put(ext, name, &text, 0644, how);
	free(name);
	bufputs(&text, "more\n");
	name = pathjoin(dir, "more");
	put(ext, name, w->more[tree] ? &text : NULL, 0644, how);
	free(name);
	buffree(&text);
	if (tree == KEEPTREE) {
		bufputs(&text, keepmakefile);
		name = pathjoin(dir, "Makefile");
		put(ext, name, &text, 0644, how);
		free(name);
	}
	free(dir);
}

/* Make the git repository of that directory what w says; what is committed need not be there. */
static void putrepo(const struct world *w, int tree, const char *ext)
{
	static struct repo now[NTREE];
	const struct repo *r = &w->repo[tree];
	const struct editing how = { 0 };
	char *dir = xasprintf("%s/package/%s/src", ext, tree == KEEPTREE ? "keep" : "local");
	char *git = pathjoin(dir, ".git"), *commit = pathjoin(ext, "commit");
	struct buf text = { 0 }, command = { 0 };
	char *argv[] = { "sh", "-c", NULL, NULL };

	if (memcmp(&now[tree], r, sizeof(*r)) == 0)
		goto out;
	now[tree] = *r;
	if (treeremove(git) < 0 || treeremove(commit) < 0)
		die("cannot remove %s:", git);
	if (!r->on)
		goto out;
	localtext(tree, "used", r->used, &text);
	put(commit, "used", &text, 0644, &how);
	localtext(tree, "unused", r->unused, &text);
	put(commit, "unused", &text, 0644, &how);
	bufputs(&text, "more\n");
	put(commit, "more", r->more ? &text : NULL, 0644, &how);
	buffree(&text);
	bufprintf(&command,
		  "cd '%s' && git -c init.defaultBranch=branch-%d init -q --template= && "
		  "git --work-tree='%s' add -A && git commit -q -m commit-%d",
		  dir, r->branch, commit, r->commit);
	if (r->tag)
		bufprintf(&command, " && git tag tag-%d", r->tag);
	argv[2] = command.data;
	if (runquietly(argv) != 0)
		die("cannot make a repository in %s", dir);
	buffree(&command);
out:
	free(commit);
	free(git);
	free(dir);
}

/* The file that a link in the sources of local leads to. */
static void putfar(const struct world *w, const char *ext, const struct editing *how)
{
	char *link = pathjoin(ext, "package/local/src/far");
	struct buf text = { 0 };

	bufprintf(&text, "far %d\n", w->far);
	put(ext, "shared/far", &text, 0644, how);
	if (symlink("../../../shared/far", link) < 0 && errno != EEXIST)
		die("cannot make %s:", link);
	free(link);
}

/* What git keeps in the overlay, and deeper in it. */
static void putkept(const struct world *w, const char *ext, const struct editing *how)
{
	static const char *const name[] = { "overlay/.git/HEAD", "overlay/opt/deep/.git/index" };
	struct buf text = { 0 };

	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		bufprintf(&text, "git %d\n", w->overlaygit);
		put(ext, name[i], w->overlaygit ? &text : NULL, 0644, how);
		buffree(&text);
	}
}

void treewrite(const struct world *w, const char *ext, const struct editing *how)
{
	static const char *const overlay[NOVERLAY] = { "overlay/etc/motd",
						       "overlay/opt/deep/er/file",
						       "overlay/etc/profile" };
	char *deep = pathjoin(ext, "overlay/opt/deep/er");
	struct buf text = { 0 };

	for (int p = 0; p < NPKG; p++)
		putrecipe(w, p, ext, how);
	for (int i = 0; i < 2; i++)
		putpatch(w, i, ext, how);
	for (int t = 0; t < NTREE; t++) {
		puttree(w, t, ext, how);
		putrepo(w, t, ext);
	}
	putfar(w, ext, how);
	putkept(w, ext, how);
	/* directories without files are packed: they are there from the start */
	if (mkdirs(deep) < 0)
		die("cannot make %s:", deep);
	free(deep);
	for (int i = 0; i < NOVERLAY; i++) {
		bufprintf(&text, "overlay %d\n", w->overlay[i]);
		put(ext, overlay[i], w->overlay[i] ? &text : NULL,
		    i == 0 && w->overlayexec ? 0755 : 0644, how);
		buffree(&text);
	}
	bufprintf(&text, "dir /data 0755 0 0\nnod /data/node 0644 0 0 c 1 %d\n", w->table);
	put(ext, "table", &text, 0644, how);
}

static void tarball(const char *dir, int p, int version)
{
	char *tree = xasprintf("%s/%s-%d", dir, partname[p], version);
	char *tar = xasprintf("%s/%s/%s-%d.tar", dir, partname[p], partname[p], version);
	char *argv[] = { "tar",
			 "cf",
			 tar,
			 "--sort=name",
			 "--owner=0",
			 "--group=0",
			 xasprintf("--mtime=@%ld", sourcedate(version)),
			 "-C",
			 (char *)dir,
			 strrchr(tree, '/') + 1,
			 NULL };
	static const char *const file[] = { "used", "unused", "Makefile" };
	const struct editing how = { 0 };
	struct buf text = { 0 };

	for (int i = 0; i < (p == KEEP ? 3 : 2); i++) {
		if (i == 2)
			bufputs(&text, keepmakefile);
		else
			sourcetext(p, version, file[i], &text);
		put(tree, file[i], &text, 0644, &how);
	}
	if (mkparents(tar) < 0)
		die("cannot make the directory of %s:", tar);
	if (runquietly(argv) != 0 || digestfile(tar, tarsum[p][version]) < 0)
		die("cannot make %s", tar);
	if (treeremove(tree) < 0)
		die("cannot remove %s:", tree);
	free(tree);
	free(tar);
	free(argv[6]);
}

void tarballs(const char *dir)
{
	for (int v = 1; v <= LIBVERSIONS; v++)
		tarball(dir, LIB, v);
	for (int v = 1; v <= KEEPVERSIONS; v++)
		tarball(dir, KEEP, v);
}

/* Give all that is dated after since, below path, its date plus add; or that of now. */
static void redate(const char *path, long since, long add)
{
	struct timespec t[2] = { { .tv_nsec = UTIME_OMIT }, { .tv_nsec = UTIME_NOW } };
	struct strlist names = { 0 };
	struct stat st;

	if (lstat(path, &st) < 0)
		die("cannot look at %s:", path);
	if (S_ISDIR(st.st_mode)) {
		if (dirlist(path, &names) < 0)
			die("cannot read %s:", path);
		for (size_t i = 0; i < names.len; i++) {
			char *sub = pathjoin(path, names.item[i]);

			redate(sub, since, add);
			free(sub);
		}
		listfree(&names);
	}
	if (st.st_mtime < since)
		return;
	if (add) {
		t[1] = st.st_mtim;
		t[1].tv_sec += add;
	}
	if (utimensat(AT_FDCWD, path, t, AT_SYMLINK_NOFOLLOW) < 0)
		die("cannot date %s:", path);
}

void treetouch(const char *dir)
{
	redate(dir, 0, 0);
}

void treeahead(const char *path)
{
	redate(path, 0, 0);
	redate(path, 0, 3600);
}

void treegit(const char *ext, int tree)
{
	char *dir = xasprintf("%s/package/%s/src", ext, tree == KEEPTREE ? "keep" : "local");
	char *argv[] = { "git", "-C", dir, "status", "-s", NULL };

	runquietly(argv);
	free(dir);
}

void treeshift(const char *dir, long seconds)
{
	redate(dir, MACHINETIME, seconds);
}
