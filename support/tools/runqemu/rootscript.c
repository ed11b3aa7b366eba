// SPDX-License-Identifier: GPL-2.0-or-later
#include "rootscript.h"

#include "base/shellword.h"
#include "session.h"

#define ROOT	 "/.whittle/root" /* the mount point */
#define QEMU_DNS "10.0.2.3"	  /* in the network of QEMU's "user" */

static const char overlay[] =
	" $dir/lower && mount -t tmpfs -o mode=755 tmpfs $dir/upper &&\n"
	"	mkdir $dir/upper/files $dir/upper/work && mount -t overlay -o \\\n"
	"	lowerdir=$dir/lower,upperdir=$dir/upper/files,workdir=$dir/upper/work overlay $root; then\n";

/*
 * What a running system has. Modules are those of the kernel. The mounts are shared with the
 * namespaces that ENTER_FILE makes.
 */
static const char systems[] =
	"	mkdir -p /dev/pts /dev/shm $root/proc $root/sys $root/dev $root/run\n"
	"	[ -c /dev/pts/ptmx ] ||\n"
	"		mount -t devpts -o mode=620,gid=5,ptmxmode=666 devpts /dev/pts 2>/dev/null\n"
	"	ln -s /proc/self/fd /dev/fd 2>/dev/null && ln -s fd/0 /dev/stdin &&\n"
	"		ln -s fd/1 /dev/stdout && ln -s fd/2 /dev/stderr\n"
	"	mount -t proc proc $root/proc\n"
	"	mount -t sysfs sysfs $root/sys\n"
	"	mount -o bind /dev $root/dev\n"
	"	mount -o bind /dev/pts $root/dev/pts 2>/dev/null\n"
	"	mount -t tmpfs -o mode=1777 tmpfs $root/dev/shm\n"
	"	mount -t tmpfs -o mode=755 tmpfs $root/run\n"
	"	modules=/lib/modules/$(uname -r)\n"
	"	if [ -d \"$modules\" ]; then\n"
	"		mkdir -p \"$root$modules\" && mount -o bind \"$modules\" \"$root$modules\"\n"
	"	fi\n";

static const char fail[] =
	" as its root: its kernel needs CONFIG_OVERLAY_FS, and 9p or virtiofs\" >&2\n"
	"fi\n";

void rootmount(struct buf *out, const struct guestroot *r, const struct shares *shares)
{
	const bool virtiofs = shares->item[r->share].virtiofs;

	bufputs(out, "dir=/.whittle root=" ROOT "\n"
		     "mkdir $dir/lower $dir/upper $root\n"
		     "if ");
	sharemount(shares, r->share, virtiofs ? "ro" : "ro,cache=loose", out);
	bufputs(out, overlay);
	bufputs(out, systems);
	if (r->network)
		bufputs(out, "	rm -f $root/etc/resolv.conf\n"
			     "	echo nameserver " QEMU_DNS " >$root/etc/resolv.conf\n");
	bufputs(out, "	mount --make-rshared $root\n"
		     "else\n"
		     "	echo \"runqemu: the guest cannot mount ");
	shellquoted(out, r->dir);
	bufputs(out, fail);
}

/* Become the user, by what this system has for it, and do the rest. $1 is the directory. */
static void become(struct buf *out, const struct guestroot *r)
{
	bufputs(out, "cd \"$1\" 2>/dev/null || cd \"$HOME\" 2>/dev/null || cd /\n"
		     "shift\n"
		     "if [ $# -eq 0 ]; then\n"
		     "	[ -x \"$SHELL\" ] || SHELL=/bin/sh\n"
		     "	set -- \"$SHELL\" -l\n"
		     "fi\n");
	if (r->uid == 0) {
		bufputs(out, "exec \"$@\"\n");
		return;
	}
	bufprintf(out,
		  "set -- --reuid=%u --regid=%u --groups=%s \"$@\"\n"
		  "if setpriv --reuid=%u true 2>/dev/null; then exec setpriv \"$@\"; fi\n"
		  "shift 3\n"
		  "exec su -s /bin/sh -c 'exec \"$0\" \"$@\"' ",
		  r->uid, r->gid, r->groups, r->uid);
	shellword(out, r->user);
	bufputs(out, " \"$@\"\n");
}

/*
 * In a mount namespace of its own, the root file system is put above the first one, so that for the
 * kernel it is the root, not a directory that programs were confined to. From there on, links in
 * the first one that lead through its root lead elsewhere: the program is found before.
 */
static const char above[] =
	"chroot=$(readlink -f \"$(command -v chroot)\")\n"
	"[ \"${chroot##*/}\" = chroot ] || chroot=\"$chroot chroot\"\n"
	"cd $root || exit 125\n"
	"if [ \"${above-}\" = y ]; then\n"
	"	unset above\n"
	"	mount --make-private / && mount -o move $root /\n"
	"elif command -v unshare >/dev/null; then\n"
	"	above=y exec unshare -m --propagation shared sh /" ENTER_FILE " \"$@\"\n"
	"fi\n";

void rootenter(struct buf *out, const struct guestroot *r)
{
	struct buf rest = { 0 };

	bufputs(out, "#!/bin/sh\n# Made by runqemu for this boot.\n"
		     "PATH=" GUEST_PATH "\n"
		     "root=" ROOT "\n"
		     "if [ ! -d $root/proc/1 ]; then\n"
		     "	echo 'runqemu: the guest has no root file system of the host' >&2\n"
		     "	exit 125\n"
		     "fi\n");
	bufputs(out, above);
	bufputs(out, "HOME=");
	shellword(out, r->home);
	bufputs(out, " USER=");
	shellword(out, r->user);
	bufputs(out, " SHELL=");
	shellword(out, r->shell);
	bufputs(out, "\nLOGNAME=$USER\n"
		     "export PATH HOME USER SHELL LOGNAME\n"
		     "if [ $# -gt 0 ]; then\n"
		     "	file=/run/whittle.$$\n"
		     "	cat \"$1\" >.$file && chmod 644 .$file\n"
		     "	set -- /bin/sh $file\n"
		     "fi\n"
		     "# shellcheck disable=SC2016 # text for the shell there\n"
		     "exec $chroot . /bin/sh -c ");
	become(&rest, r);
	shellword(out, bufstr(&rest));
	bufputs(out, " sh ");
	shellword(out, r->cwd ? r->cwd : r->home);
	bufputs(out, " \"$@\"\n");
	buffree(&rest);
}
