// SPDX-License-Identifier: GPL-2.0-or-later
#include "guestroot.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/affix.h"
#include "base/number.h"
#include "inroot.h"

/* Users who may have secrets, besides root. */
#define USERS_FIRST 1000
#define USERS_LAST  60000

/* What the guest does not see by default: keys and passwords. ~/ is each home directory. */
static const char *const secrets[] = {
	"/etc/shadow*",
	"/etc/gshadow*",
	"/etc/security/opasswd*",
	"/etc/ssh/ssh_host_*_key",
	"/etc/ssl/private",
	"/etc/letsencrypt",
	"/etc/wireguard",
	"/etc/NetworkManager/system-connections",
	"~/.ssh",
	"~/.gnupg",
	"~/.password-store",
	"~/.local/share/keyrings",
	"~/.netrc",
	"~/.git-credentials",
	"~/.config/git/credentials",
	"~/.config/gh",
	"~/.config/gcloud",
	"~/.aws",
	"~/.azure",
	"~/.kube",
	"~/.docker",
	"~/.npmrc",
	"~/.pypirc",
	"~/.cargo/credentials*",
	"~/.mozilla",
	"~/.config/chromium",
	"~/.config/google-chrome",
};

/* Open a file of the directory for reading; NULL: there is none. */
static FILE *fileopen(const char *dir, const char *path)
{
	int at = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC), fd;
	FILE *f = NULL;

	fd = inrootopen(at, path, O_RDONLY | O_NONBLOCK);
	if (fd >= 0)
		f = fdopen(fd, "r");
	if (fd >= 0 && !f)
		close(fd);
	if (at >= 0)
		close(at);
	return f;
}

static void userset(struct guestroot *r, const struct passwd *p)
{
	r->user = xstrdup(p->pw_name);
	r->uid = p->pw_uid;
	r->gid = p->pw_gid;
	r->home = xstrdup(*p->pw_dir == '/' ? p->pw_dir : "/");
	r->shell = xstrdup(*p->pw_shell == '/' ? p->pw_shell : "/bin/sh");
}

/* Find the user by name or number; of /, also where this machine has others than in /etc/passwd. */
static char *userget(struct guestroot *r, const char *name)
{
	long long value = 0;
	bool number = numberparse(name, 0, 999999999, &value);
	unsigned uid = (unsigned)value;
	FILE *f = fileopen(r->dir, "/etc/passwd");
	struct passwd *p = NULL;

	while (f && (p = fgetpwent(f)))
		if (strcmp(p->pw_name, name) == 0 || (number && p->pw_uid == uid))
			break;
	if (!p && strcmp(r->dir, "/") == 0)
		p = number ? getpwuid(uid) : getpwnam(name);
	if (p)
		userset(r, p);
	if (f)
		fclose(f);
	if (p)
		return NULL;
	if (!number && strcmp(name, "root") != 0)
		return xasprintf("there is no user %s in %s/etc/passwd", name,
				 strcmp(r->dir, "/") == 0 ? "" : r->dir);
	r->user = xstrdup(name);
	r->uid = r->gid = uid;
	r->home = xstrdup(uid ? "/" : "/root");
	r->shell = xstrdup("/bin/sh");
	return NULL;
}

/* Find the groups that the user is in. */
static void groupsget(struct guestroot *r)
{
	FILE *f = fileopen(r->dir, "/etc/group");
	struct buf text = { 0 };
	struct group *g;

	while (f && (g = fgetgrent(f))) {
		char **member = g->gr_mem;

		while (*member && strcmp(*member, r->user) != 0)
			member++;
		if (*member && g->gr_gid != r->gid)
			bufprintf(&text, ",%u", g->gr_gid);
	}
	if (f)
		fclose(f);
	r->groups = xasprintf("%u%s", r->gid, bufstr(&text));
	buffree(&text);
}

/* Our working directory as the guest has it; NULL: it has not. Caller frees. */
static char *cwdget(const char *dir)
{
	char *cwd = getcwd(NULL, 0), *inside = NULL;
	size_t len = strcmp(dir, "/") == 0 ? 0 : strlen(dir);

	if (cwd && strncmp(cwd, dir, len) == 0 && (cwd[len] == '/' || !cwd[len]))
		inside = xstrdup(cwd[len] ? cwd + len : "/");
	free(cwd);
	return inside;
}

/* The home directories of people, and of whoever runs this. */
static struct strlist homesget(const struct guestroot *r)
{
	const char *home = getenv("HOME");
	FILE *f = fileopen(r->dir, "/etc/passwd");
	struct strlist homes = { 0 };
	struct passwd *p;

	listadd(&homes, "/root");
	if (home && *home == '/' && home[1])
		listaddonce(&homes, home);
	while (f && (p = fgetpwent(f)))
		if (*p->pw_dir == '/' && p->pw_dir[1] &&
		    (p->pw_uid == 0 || (p->pw_uid >= USERS_FIRST && p->pw_uid <= USERS_LAST)))
			listaddonce(&homes, p->pw_dir);
	if (f)
		fclose(f);
	return homes;
}

static void hiddenadd(struct strlist *hidden, const struct strlist *homes, const char *path)
{
	if (!startswith(path, "~/")) {
		listadd(hidden, path);
		return;
	}
	for (size_t i = 0; i < homes->len; i++) {
		char *in = xasprintf("%s%s", homes->item[i], path + 1);

		listadd(hidden, in);
		free(in);
	}
}

static void hiddenget(struct guestroot *r, const struct options *o)
{
	struct strlist homes = homesget(r);

	for (size_t i = 0; !o->hidenone && i < sizeof(secrets) / sizeof(*secrets); i++)
		hiddenadd(&r->hidden, &homes, secrets[i]);
	for (size_t i = 0; i < o->hide.len; i++)
		hiddenadd(&r->hidden, &homes, o->hide.item[i]);
	listfree(&homes);
}

char *guestrootget(struct guestroot *r, struct shares *shares, const struct options *o)
{
	struct stat st;
	FILE *shell;
	char *why;

	*r = (struct guestroot){ .dir = realpath(o->root, NULL), .view = VIEW_NONE };
	if (!r->dir)
		return xasprintf("cannot use %s as the guest's root: %s", o->root, strerror(errno));
	if (stat(r->dir, &st) == 0 && !S_ISDIR(st.st_mode))
		return xasprintf(
			"cannot use %s as the guest's root: it is a file, and a directory is "
			"expected; unpack an archive first, and give a disk by --disk (DISK= of make)",
			o->root);
	shell = fileopen(r->dir, "/bin/sh");
	if (!shell && errno != ENOSYS)
		return xasprintf("cannot use %s as the guest's root: %s/bin/sh: %s", o->root,
				 strcmp(r->dir, "/") == 0 ? "" : r->dir, strerror(errno));
	if (shell)
		fclose(shell);
	why = userget(r, o->user ? o->user : "root");
	if (why)
		return why;
	groupsget(r);
	r->cwd = cwdget(r->dir);
	hiddenget(r, o);
	r->share = shareaddroot(shares, r->dir, &r->hidden);
	return NULL;
}

char *guestrootserve(struct guestroot *r, struct shares *shares)
{
	struct share *s = &shares->item[r->share];

	if (s->virtiofs)
		return NULL;
	if (r->view.fd < 0 && viewopen(&r->view, r->dir, &r->hidden) < 0)
		return xasprintf(
			"this machine cannot hide files from a guest (%s): the guest's root can "
			"read all files in %s that you can read, and the environment of your "
			"processes",
			strerror(errno), r->dir);
	s->fd = r->view.fd;
	return NULL;
}

void guestrootfree(struct guestroot *r)
{
	free(r->dir);
	free(r->user);
	free(r->groups);
	free(r->home);
	free(r->shell);
	free(r->cwd);
	listfree(&r->hidden);
	viewclose(&r->view);
	*r = (struct guestroot){ 0 };
}
