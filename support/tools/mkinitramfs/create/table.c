// SPDX-License-Identifier: GPL-2.0-or-later
#include "table.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "archive/bound.h"
#include "base/path.h"
#include "fs/file.h"
#include "layer.h"
#include "merge.h"
#include "mkinitramfs/tree/capability.h"
#include "mkinitramfs/tree/line.h"

#define MAJOR_MAX 4095	  /* maximum of the kernel's dev_t */
#define MINOR_MAX 1048575 /* likewise */

/* A table that is being read. */
struct table {
	struct tree *tree;
	struct problems *problems;
	struct origin from;	   /* of the current line */
	const char *file;	   /* the current file */
	const struct table *outer; /* the table that includes this one, or NULL */
	struct strlist *reads;	   /* only list the files that the table reads, here; or NULL */
};

static struct inode *entrynew(struct table *t, uint32_t mode, uint32_t uid, uint32_t gid)
{
	struct inode *o = inodenew(t->tree, mode);

	o->uid = uid;
	o->gid = gid;
	return o;
}

/* Merge the entry of the line, unless the line is bad. */
static void entryput(struct table *t, struct line *l, const char *path, struct inode *o)
{
	if (!l->bad && !*path && !S_ISDIR(o->mode))
		lineerror(l, "the root cannot be a %s: give a NAME", typename(o->mode));
	if (!l->bad && !t->reads)
		mergeput(t->tree, &t->from, path, o, t->problems);
}

/* NAME MODE UID GID, for types without further fields */
static void plainline(struct table *t, struct line *l, uint32_t type)
{
	const char *path = linepath(l);
	uint32_t mode = linetyped(l, linemode(l), type);
	uint32_t uid, gid;

	lineowner(l, &uid, &gid);
	lineend(l);
	entryput(t, l, path, entrynew(t, mode, uid, gid));
}

static void dirline(struct table *t, struct line *l)
{
	plainline(t, l, S_IFDIR);
}

static void pipeline(struct table *t, struct line *l)
{
	plainline(t, l, S_IFIFO);
}

static void sockline(struct table *t, struct line *l)
{
	plainline(t, l, S_IFSOCK);
}

/* NAME TARGET MODE UID GID */
static void slinkline(struct table *t, struct line *l)
{
	const char *path = linepath(l);
	const char *target = lineword(l, "TARGET", false);
	uint32_t mode = linetyped(l, linemode(l), S_IFLNK);
	uint32_t uid, gid;
	struct inode *o;

	lineowner(l, &uid, &gid);
	lineend(l);
	if (target && (!*target || strlen(target) > BOUND_NAME))
		lineerror(l, "the TARGET has %zu bytes: give 1 to %d", strlen(target), BOUND_NAME);
	o = entrynew(t, mode, uid, gid);
	o->target = target ? xstrdup(target) : NULL;
	entryput(t, l, path, o);
}

/* NAME MODE UID GID c|b MAJOR MINOR */
static void nodline(struct table *t, struct line *l)
{
	const char *path = linepath(l);
	uint32_t mode = linemode(l);
	uint32_t uid, gid;
	struct inode *o;
	const char *type;

	lineowner(l, &uid, &gid);
	type = lineword(l, "type (c or b)", false);
	if (type && strcmp(type, "b") != 0 && strcmp(type, "c") != 0)
		lineerror(l, "the device is of type '%s': give c or b", type);
	o = entrynew(t, linetyped(l, mode, type && *type == 'b' ? S_IFBLK : S_IFCHR), uid, gid);
	o->rmajor = linenumber(l, "MAJOR", 10, MAJOR_MAX);
	o->rminor = linenumber(l, "MINOR", 10, MINOR_MAX);
	lineend(l);
	entryput(t, l, path, o);
}

/* Check that the file at source can be archived. Returns its size in bytes. */
static uint64_t sourcesize(struct line *l, const char *source)
{
	struct stat st;

	if (l->bad)
		return 0;
	if (stat(source, &st) < 0)
		lineerror(l, "the SOURCE '%s':", source);
	else if (!S_ISREG(st.st_mode) && !S_ISCHR(st.st_mode)) /* /dev/null is allowed */
		lineerror(l, "the SOURCE '%s' is a %s: give a file", source, typename(st.st_mode));
	else if ((uint64_t)st.st_size > SIZE_LIMIT)
		lineerror(l, "the SOURCE '%s' has %lld bytes, but a cpio archive takes %u", source,
			  (long long)st.st_size, SIZE_LIMIT);
	return l->bad ? 0 : (uint64_t)st.st_size;
}

/* NAME SOURCE MODE UID GID [HARDLINK...] */
static void fileline(struct table *t, struct line *l)
{
	const char *path = linepath(l);
	const char *source = lineword(l, "SOURCE", true);
	uint32_t mode = linetyped(l, linemode(l), S_IFREG);
	uint32_t uid, gid;
	struct inode *o;
	const char *word;

	if (t->reads && source)
		listadd(t->reads, source);
	lineowner(l, &uid, &gid);
	o = entrynew(t, mode, uid, gid);
	o->size = sourcesize(l, source);
	o->source = source ? xstrdup(source) : NULL;
	entryput(t, l, path, o);
	while ((word = lineextra(l, false))) {
		char *link = pathclean(word);

		if (strcmp(word, "#") == 0 && linecomment(l, word))
			lineerror(l, "what follows the GID are hard links: "
				     "give the comment a line of its own");
		else if (!link)
			lineerror(l, "%s: a name cannot have '..' in it", word);
		entryput(t, l, link, o);
		free(link);
	}
}

/* NAME MODE UID GID of an existing entry */
static void permline(struct table *t, struct line *l)
{
	const char *path = linepath(l);
	uint32_t mode = linenumber(l, "MODE", 8, 07777);
	uint32_t uid, gid;
	struct node *n;

	lineowner(l, &uid, &gid);
	lineend(l);
	if (l->bad)
		return;
	n = nodeget(t->tree, path);
	if (!n) {
		lineerror(l,
			  "/%s: no layer, overlay or line above brings it, so its mode "
			  "cannot be changed: correct the name",
			  path);
		return;
	}
	if (n->held && S_ISREG(n->inode->mode)) {
		lineerror(l,
			  "/%s is there already, by '%s', and its content is not at hand: "
			  "give a 'file' line",
			  path, n->who);
		return;
	}
	if (n->table == t->from.table) {
		lineerror(l, "/%s is in this table already (%s): give its mode and owner there",
			  path, n->where);
		return;
	}
	n->held = false;
	n->inode->mode = (n->inode->mode & S_IFMT) | mode;
	n->inode->uid = uid;
	n->inode->gid = gid;
	n->table = t->from.table;
	free(n->where);
	n->where = xstrdup(t->from.where);
}

/* NAME CAPABILITIES of an existing file */
static void capline(struct table *t, struct line *l)
{
	unsigned char bytes[CAPABILITY_BYTES];
	const char *path = linepath(l);
	const char *text = lineword(l, "CAPABILITIES", false);
	const char *why = text ? capabilityparse(text, bytes) : NULL;
	struct node *n;

	lineend(l);
	if (why)
		lineerror(l, "the CAPABILITIES are '%s': %s", text, why);
	if (l->bad || t->reads)
		return;
	n = nodeget(t->tree, path);
	if (!n || n->held || !S_ISREG(n->inode->mode)) {
		lineerror(
			l,
			"/%s: no layer, overlay or line above brings such a file: correct the name",
			path);
		return;
	}
	free(n->inode->capabilities);
	n->inode->capabilities = xstrdup(text);
}

/* NAME DIR [UID GID] */
static void treeline(struct table *t, struct line *l)
{
	struct scan s = { .from = t->from, .checkout = true };
	const char *dir, *rest, *word;
	struct stat st;

	s.prefix = linepath(l);
	dir = lineword(l, "DIR", true);
	if (t->reads) {
		if (dir)
			listadd(t->reads, dir);
		return;
	}
	rest = l->words.p;
	word = lineextra(l, false);
	if (word && !linecomment(l, word)) {
		l->words.p = rest;
		lineowner(l, &s.uid, &s.gid);
		lineend(l);
	}
	if (!l->bad && stat(dir, &st) < 0)
		lineerror(l, "the DIR '%s':", dir);
	else if (!l->bad && !S_ISDIR(st.st_mode))
		lineerror(l, "the DIR '%s' is a %s: give a directory", dir, typename(st.st_mode));
	if (l->bad)
		return;
	s.from.rank = RANK_OVERLAY;
	if (*s.prefix)
		mergeput(t->tree, &s.from, s.prefix, entrynew(t, S_IFDIR | 0755, s.uid, s.gid),
			 t->problems);
	layerscan(t->tree, &s, dir, t->problems);
}

static int tablelines(struct table *t);

/* FILE */
static void includeline(struct table *t, struct line *l)
{
	const char *file = lineword(l, "FILE", true);
	struct table inner = *t;

	lineend(l);
	for (const struct table *o = t; o && !l->bad; o = o->outer) {
		if (strcmp(o->file, file) == 0)
			lineerror(l, "'%s' includes itself: take out the loop", file);
	}
	if (l->bad)
		return;
	if (t->reads)
		listadd(t->reads, file);
	inner.file = file;
	inner.outer = t;
	if (tablelines(&inner) < 0)
		lineerror(l, "cannot include '%s':", file);
}

static const struct linetype {
	const char *name;
	void (*read)(struct table *t, struct line *l);
} linetypes[] = {
	{ "dir", dirline },	{ "file", fileline }, { "nod", nodline },
	{ "slink", slinkline }, { "pipe", pipeline }, { "sock", sockline },
	{ "perm", permline },	{ "tree", treeline }, { "include", includeline },
	{ "cap", capline },
};

static void lineread(struct table *t, const char *text)
{
	struct line l = { .where = t->from.where, .words.p = text, .problems = t->problems };
	const char *word = lineextra(&l, false);
	const size_t n = sizeof(linetypes) / sizeof(*linetypes);
	size_t i = 0;

	if (word && !linecomment(&l, word)) {
		while (i < n && strcmp(linetypes[i].name, word) != 0)
			i++;
		if (i < n)
			linetypes[i].read(t, &l);
		else
			lineerror(&l,
				  "'%s' is no type of entry: use dir, file, nod, slink, pipe, "
				  "sock, perm, cap, tree or include",
				  word);
	}
	linefree(&l);
}

/* Read the lines of the table. Returns 0, or -1 if the file cannot be read. */
static int tablelines(struct table *t)
{
	struct buf text = { 0 };
	unsigned number = 0;
	char *line, *end;

	if (fileread(t->file, &text) < 0) {
		buffree(&text);
		return -1;
	}
	if (text.len && strlen(text.data) < text.len)
		problemadd(t->problems, "%s: there is a NUL byte at offset %zu: give a text file",
			   t->file, strlen(text.data));
	for (line = text.data; line && *line; line = end) {
		char *where = xasprintf("%s:%u", t->file, ++number);

		t->from.where = where;
		end = strchr(line, '\n');
		if (end)
			*end++ = '\0';
		else
			end = line + strlen(line);
		lineread(t, line);
		free(where);
	}
	buffree(&text);
	return 0;
}

void tableread(struct tree *t, const char *who, unsigned number, const char *file,
	       struct problems *p)
{
	struct table table = {
		.tree = t,
		.problems = p,
		.from = { .rank = RANK_ENTRY, .who = who, .table = number },
		.file = file,
	};

	if (tablelines(&table) < 0)
		problemadd(p, "%s: cannot read the table '%s':", file, who);
}

void tablereads(const char *file, struct strlist *out)
{
	struct tree tree = { 0 };
	struct problems passed = { 0 };
	struct table table = { .tree = &tree, .problems = &passed, .file = file, .reads = out };

	tablelines(&table);
	problemfree(&passed);
	nodesfree(&tree);
}
