// SPDX-License-Identifier: GPL-2.0-or-later
#include "share.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/shellword.h"
#include "quote.h"

#define MESSAGE_SIZE 131072 /* bytes per message between guest and QEMU */

/* The default mount point of a directory. */
static char *mountdefault(const char *dir)
{
	const char *name = strrchr(dir, '/') + 1;

	return xasprintf("/mnt/%s", *name ? name : "root");
}

/* Return why dir, as given, cannot be shared; NULL: it can. */
static char *dircheck(struct share *s, const char *given)
{
	struct stat st;

	s->dir = realpath(given, NULL);
	if (!s->dir || stat(s->dir, &st) < 0)
		return xasprintf("cannot share %s: %s", given, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return xasprintf("cannot share %s: not a directory", given);
	s->setgid = st.st_mode & S_ISGID;
	return NULL;
}

/* Return why nothing can be mounted there in the guest; NULL: it can. */
static char *mountcheck(const char *text, const char *mount)
{
	static const char *const needed[] = { "/bin", "/dev", "/sbin", "/sys" };
	size_t len = strlen(mount);

	if (*mount != '/')
		return xasprintf("cannot share %s: '%s' is no absolute path of a mount point", text,
				 mount);
	while (len && mount[len - 1] == '/')
		len--;
	if (!len)
		return xasprintf("cannot share %s: / is already the mount point of the guest's own "
				 "root: choose another, such as /mnt",
				 text);
	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (strlen(needed[i]) == len && strncmp(mount, needed[i], len) == 0)
			return xasprintf("cannot share %s: the guest itself needs its %s: choose "
					 "another mount point, such as /mnt",
					 text, needed[i]);
	return NULL;
}

static void add(struct shares *all, const struct share *s)
{
	all->item = xrealloc(all->item, (all->len + 1) * sizeof(*s));
	all->item[all->len++] = *s;
}

char *shareadd(struct shares *all, const char *text)
{
	struct share s = { .fd = -1, .pid = -1 };
	char *why = NULL, *given = xstrdup(text), *mount = NULL, *colon;

	colon = strrchr(given, ':');
	if (colon && (strcmp(colon, ":rw") == 0 || strcmp(colon, ":ro") == 0)) {
		s.write = colon[2] == 'w';
		*colon = '\0';
		colon = strrchr(given, ':');
	}
	if (colon) {
		*colon = '\0';
		mount = colon + 1;
	}
	if (mount)
		why = mountcheck(text, mount);
	if (!why)
		why = dircheck(&s, given);
	if (!why)
		s.mount = mount ? xstrdup(mount) : mountdefault(s.dir);
	for (size_t i = 0; !why && i < all->len; i++)
		if (strcmp(all->item[i].mount, s.mount) == 0)
			why = xasprintf("cannot share %s: %s is already the mount point of %s",
					text, s.mount, all->item[i].dir);
	free(given);
	if (why) {
		free(s.dir);
		free(s.mount);
		return why;
	}
	add(all, &s);
	return NULL;
}

size_t shareaddroot(struct shares *all, const char *dir, const struct strlist *hidden)
{
	struct share s = { .dir = xstrdup(dir),
			   .mount = xstrdup("/"),
			   .root = true,
			   .hidden = hidden,
			   .fd = -1,
			   .pid = -1 };

	add(all, &s);
	return all->len - 1;
}

bool sharevirtiofs(const struct shares *s)
{
	for (size_t i = 0; s && i < s->len; i++)
		if (s->item[i].virtiofs)
			return true;
	return false;
}

bool sharewrites(const struct shares *s, bool *setgid)
{
	bool writes = false;

	*setgid = false;
	for (size_t i = 0; s && i < s->len; i++) {
		if (s->item[i].virtiofs || !s->item[i].write)
			continue;
		writes = true;
		*setgid = *setgid || s->item[i].setgid;
	}
	return writes;
}

/* Add two options and their arguments, which are emptied. */
static void argsadd(struct strlist *argv, const char *option, struct buf *arg, struct buf *device)
{
	listadd(argv, option);
	listadd(argv, bufstr(arg));
	listadd(argv, "-device");
	listadd(argv, bufstr(device));
	bufclear(arg);
	bufclear(device);
}

void shareargs(const struct shares *s, const char *bus, int fd, struct strlist *argv)
{
	struct buf arg = { 0 }, device = { 0 };

	for (size_t i = 0; i < s->len; i++) {
		if (s->item[i].virtiofs) {
			bufprintf(&arg, "socket,id=share%zu,fd=%d", i, fd + (int)i);
			bufprintf(&device, "vhost-user-fs-%s,chardev=share%zu,tag=whittle%zu", bus,
				  i, i);
			argsadd(argv, "-chardev", &arg, &device);
			continue;
		}
		/*
		 * The guest's root may do what the user who runs QEMU may, except what guard.h
		 * prevents.
		 */
		bufprintf(&arg, "local,id=share%zu,security_model=none,multidevs=remap%s,path=", i,
			  s->item[i].write ? "" : ",readonly=on");
		if (s->item[i].fd >= 0)
			bufprintf(&arg, "/proc/self/fd/%d", fd + (int)i);
		else
			quotevalue(&arg, s->item[i].dir);
		bufprintf(&device, "virtio-9p-%s,fsdev=share%zu,mount_tag=whittle%zu", bus, i, i);
		argsadd(argv, "-fsdev", &arg, &device);
	}
	buffree(&arg);
	buffree(&device);
}

void sharemount(const struct shares *s, size_t index, const char *options, struct buf *out)
{
	if (s->item[index].virtiofs)
		bufprintf(out, "mount -t virtiofs -o %s whittle%zu", options, index);
	else
		bufprintf(out,
			  "mount -t 9p -o trans=virtio,version=9p2000.L,msize=%d,%s whittle%zu",
			  MESSAGE_SIZE, options, index);
}

void sharescript(const struct shares *s, const char *root, struct buf *out)
{
	for (size_t i = 0; i < s->len; i++) {
		if (s->item[i].root)
			continue;
		bufputs(out, "at=");
		shellword(out, s->item[i].mount);
		bufprintf(out, "\nmkdir -p \"%s$at\" &&\n	", root);
		sharemount(s, i, s->item[i].write ? "rw" : "ro", out);
		bufprintf(
			out,
			" \"%s$at\" ||\n"
			"	echo \"runqemu: cannot mount a directory of the host on $at\" >&2\n",
			root);
	}
}

void sharesfree(struct shares *s)
{
	for (size_t i = 0; i < s->len; i++) {
		free(s->item[i].dir);
		free(s->item[i].mount);
	}
	free(s->item);
	*s = (struct shares){ 0 };
}

/* Parse the port number at the beginning of text, and set *end; 0: not valid. */
static unsigned portnumber(const char *text, char **end)
{
	unsigned long n = *text >= '0' && *text <= '9' ? strtoul(text, end, 10) : 0;

	return n <= 65535 ? (unsigned)n : 0;
}

bool portparse(struct port *p, const char *text)
{
	char *end;

	p->host = portnumber(text, &end);
	if (!p->host || *end != ':')
		return false;
	p->guest = portnumber(end + 1, &end);
	return p->guest && !*end;
}
