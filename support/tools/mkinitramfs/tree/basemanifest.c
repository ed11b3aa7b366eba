// SPDX-License-Identifier: GPL-2.0-or-later
#include "basemanifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "fs/file.h"
#include "line.h"

#define MAJOR_MAX 4095	  /* maximum of the kernel's dev_t */
#define MINOR_MAX 1048575 /* likewise */

/* Return the mode bits for a type of the manifest; 0 if it is unknown. */
static uint32_t typemode(const char *word)
{
	static const uint32_t modes[] = { S_IFREG, S_IFDIR, S_IFLNK, S_IFCHR,
					  S_IFBLK, S_IFIFO, S_IFSOCK };

	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		if (strcmp(word, typename(modes[i])) == 0)
			return modes[i];
	}
	return 0;
}

/* Parse MAJOR:MINOR of a device. */
static void devicetake(struct line *l, struct inode *o, const char *what)
{
	int end = 0;

	if (sscanf(what, "%u:%u%n", &o->rmajor, &o->rminor, &end) != 2 || what[end] ||
	    o->rmajor > MAJOR_MAX || o->rminor > MINOR_MAX)
		lineerror(l, "'%s' is not the MAJOR:MINOR of a device", what);
}

/* Parse the seventh word, whose meaning depends on the type. */
static void whattake(struct line *l, struct inode *o, const char *what)
{
	if (S_ISLNK(o->mode))
		o->target = xstrdup(what);
	else if (S_ISCHR(o->mode) || S_ISBLK(o->mode))
		devicetake(l, o, what);
	else if (S_ISREG(o->mode) && !digestvalid(what))
		lineerror(l, "'%s' is no sha256 digest", what);
	else if (S_ISREG(o->mode))
		snprintf(o->digest, sizeof(o->digest), "%s", what);
}

/* Return the inode that a "link" line refers to; NULL if the line is bad. */
static struct inode *linked(struct tree *t, struct line *l, const char *what)
{
	char *path = pathclean(what);
	struct node *n = path ? nodeget(t, path) : NULL;

	if (!n)
		lineerror(l, "no line above has '%s'", what);
	free(path);
	return n ? n->inode : NULL;
}

/* PATH TYPE MODE UID GID SIZE WHAT WHO [CAPABILITIES] */
static void lineread(struct tree *t, struct line *l)
{
	const char *path = linepath(l);
	const char *type = lineword(l, "TYPE", false);
	bool link = type && strcmp(type, "link") == 0;
	uint32_t mode = linenumber(l, "MODE", 8, 07777);
	struct inode *o = inodenew(t, mode | (type ? typemode(type) : 0));
	const char *what, *who, *capabilities;
	struct node *n;

	if (type && !link && !typemode(type))
		lineerror(l, "'%s' is no type of entry", type);
	lineowner(l, &o->uid, &o->gid);
	o->size = linenumber(l, "SIZE", 10, SIZE_LIMIT);
	what = lineword(l, "WHAT", false);
	who = lineword(l, "WHO", false);
	capabilities = lineextra(l, false);
	if (capabilities)
		o->capabilities = xstrdup(capabilities);
	if (!l->bad && link)
		o = linked(t, l, what);
	else if (!l->bad)
		whattake(l, o, what);
	if (!l->bad && nodeget(t, path))
		lineerror(l, "/%s is in this manifest already", path);
	if (l->bad)
		return;
	listadd(&t->names, who);
	n = nodeput(t, path);
	n->inode = o;
	o->heldlinks++;
	n->who = t->names.item[t->names.len - 1];
	n->held = true;
}

void basemanifestread(struct tree *t, const char *file, struct problems *p)
{
	struct buf text = { 0 };
	unsigned number = 0;
	char *at, *line;

	if (fileread(file, &text) < 0)
		problemadd(p, "%s: cannot read the manifest:", file);
	at = text.data;
	while (at && (line = strsep(&at, "\n"))) {
		char *where = xasprintf("%s:%u", file, ++number);
		struct line l = { .where = where, .words.p = line, .problems = p };

		if (*line)
			lineread(t, &l);
		linefree(&l);
		free(where);
	}
	buffree(&text);
}
