// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "fs/file.h"
#include "mkinitramfs/tree/node.h"
#include "mkinitramfs/tree/word.h"

/* Add a problem with that entry. If why is NULL, strerror(errno) is the reason. */
static void complain(struct problems *p, const char *name, const char *why)
{
	int err = errno;
	struct buf quoted = { 0 };

	wordquote(&quoted, name);
	problemadd(p, "%s: %s", bufstr(&quoted), why ? why : strerror(err));
	buffree(&quoted);
}

/* Return the attributes of the extracted file. Times are not set. */
static struct placeattr attrof(const struct extraction *x, const struct newc *h)
{
	return (struct placeattr){
		.mode = h->mode & 07777, .owned = x->owners, .uid = h->uid, .gid = h->gid
	};
}

static int makefile(struct extraction *x, const char *path, const struct cpioentry *e)
{
	struct placeattr a = attrof(x, &e->head);
	int fd = placefile(&x->place, path);
	int ret;

	if (fd < 0)
		return -1;
	ret = writeall(fd, e->data, e->head.size);
	return placeclose(fd, &a) < 0 ? -1 : ret;
}

/* Extract a file with hard links. Its data may come with any of the names. */
static int makelinked(struct extraction *x, uint32_t archive, const char *path,
		      const struct cpioentry *e)
{
	const struct newc *h = &e->head;
	struct placeattr a = attrof(x, h);
	void **first = linkslot(&x->links, (uint64_t)archive << 32 | h->ino,
				(uint64_t)h->major << 32 | h->minor);

	if (!*first) {
		listadd(&x->names, path);
		*first = x->names.item[x->names.len - 1];
		return makefile(x, path, e);
	}
	if (strcmp(*first, path) != 0 && placelink(&x->place, path, *first) < 0)
		return -1;
	return h->size ? makefile(x, path, e) : placeset(&x->place, path, S_IFREG, &a);
}

static int makeentry(struct extraction *x, uint32_t archive, const char *path,
		     const struct cpioentry *e)
{
	const struct newc *h = &e->head;
	mode_t type = h->mode & S_IFMT;
	struct placeattr a = attrof(x, h);

	if (S_ISDIR(type))
		return placedir(&x->place, path, &a);
	if (S_ISREG(type))
		return h->nlink > 1 ? makelinked(x, archive, path, e) : makefile(x, path, e);
	if (S_ISLNK(type))
		return placesymlink(&x->place, path, e->target, &a);
	if (placenode(&x->place, path, type, makedev(h->rmajor, h->rminor)) < 0)
		return -1;
	return placeset(&x->place, path, type, &a);
}

static bool isdevice(uint32_t mode)
{
	return S_ISCHR(mode) || S_ISBLK(mode);
}

/* Return whether the entry must be skipped. */
static bool refused(struct extraction *x, const char *path, const struct cpioentry *e)
{
	const char *why = NULL;

	if (!path)
		why = "not extracted: the name leads out of the directory";
	else if (strcmp(typename(e->head.mode), "unknown") == 0)
		why = "not extracted: an entry of unknown type";
	else if (!*path && !S_ISDIR(e->head.mode))
		why = "not extracted: it would take the place of the directory itself";
	if (why)
		complain(x->problems, e->name, why);
	return why;
}

int extractentry(void *context, uint32_t archive, const struct cpioentry *e)
{
	struct extraction *x = context;
	char *path = cpiopath(e);
	const char *name, *why = NULL;

	if (refused(x, path, e) || (x->plainowner && isdevice(e->head.mode))) {
		free(path);
		return 0;
	}
	if (placeparent(&x->place, path, &name) < 0) {
		if (errno == ENOTDIR)
			why = "not extracted: it lies below what is no directory";
		else if (errno == E2BIG)
			why = "not extracted: the directories up to it, which no entry names, are too many";
	}
	if (why) {
		complain(x->problems, e->name, why);
	} else if (makeentry(x, archive, path, e) < 0) {
		if (isdevice(e->head.mode) && errno == EPERM)
			complain(x->notes, e->name, "skipped: only root can make a device node");
		else
			complain(x->problems, e->name, NULL);
	}
	free(path);
	return 0;
}

int extractopen(struct extraction *x, const char *dir)
{
	const struct placepolicy policy = {
		.parents = true, .again = AGAIN_ANY, .linked = true, .bound = &x->bound
	};
	struct strlist names = { 0 };
	bool full;

	x->owners = geteuid() == 0 && !x->plainowner;
	if (mkdirs(dir) < 0)
		return problemadd(x->problems, "%s: cannot make the directory:", dir);
	if (dirlist(dir, &names) < 0)
		return problemadd(x->problems, "%s: cannot list the directory:", dir);
	full = names.len > 0;
	listfree(&names);
	if (full)
		return problemadd(x->problems, "%s: not empty: give a new or an empty directory",
				  dir);
	if (placeopen(&x->place, dir, policy) < 0)
		return problemadd(x->problems, "%s: cannot open:", dir);
	return 0;
}

static void unset(void *arg, const char *path)
{
	complain(((struct extraction *)arg)->problems, path, NULL);
}

void extractclose(struct extraction *x)
{
	placeend(&x->place, unset, x);
	placefree(&x->place);
	linksfree(&x->links);
	listfree(&x->names);
}
