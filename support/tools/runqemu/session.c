// SPDX-License-Identifier: GPL-2.0-or-later
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/newc.h"
#include "fs/file.h"
#include "fs/map.h"
#include "ports.h"
#include "rootscript.h"
#include "start.h"

#define COMMAND_FILE ".whittle/cmd"

static const char environment[] = "PATH=" GUEST_PATH "\n"
				  "HOME=/root\n"
				  "export PATH HOME\n";

static const char markread[] = "unset mark # what is in the environment goes on to what we run\n"
			       "IFS= read -r mark </" MARK_FILE "\n"
			       ": >/" MARK_FILE "\n";

static const char begin[] = "if [ $$ -eq 1 ]; then # in an image that does not know of sessions\n"
			    "	for dir in proc sys dev tmp root; do\n"
			    "		[ -d /$dir ] || mkdir /$dir\n"
			    "	done\n"
			    "	mount -t proc proc /proc\n"
			    "	mount -t sysfs sysfs /sys\n"
			    "	mount -t devtmpfs dev /dev\n"
			    "	[ -e /proc/1/fd/2 ] || exec </dev/console >/dev/console 2>&1\n"
			    "	[ ! -x /" START_FILE " ] || /" START_FILE "\n"
			    "fi\n"
			    "cd $HOME 2>/dev/null || cd /\n";

/* Wait until the agent has read its marks, too. */
static const char marks[] = "tries=0\n"
			    "while [ -s /" SHELL_MARKS " ] && [ $tries -lt 50 ]; do\n"
			    "	tries=$((tries + 1))\n"
			    "	sleep 0.1 || sleep 1\n"
			    "done\n"
			    ": >/" SHELL_MARKS "\n";

/* Send to the host by one port for each stream, or both by the second serial port. */
static const char ports[] = PORTS_SCRIPT(PORT_OUT, PORT_ERR);

static const char command[] =
	"if [ -c \"$err\" ]; then\n"
	"	exec 3>\"$out\" 4>\"$err\"\n"
	"elif [ -n \"$tty\" ] && [ -c \"/dev/$tty\" ]; then\n"
	"	exec 3>\"/dev/$tty\" 4>&3\n"
	"	stty raw -echo <&3 2>/dev/null\n"
	"else\n"
	"	echo 'runqemu: this guest has no virtio-serial port and no second serial port'\n"
	"fi\n"
	"echo \"${mark}ready\" >&3\n"
	"[ ! -s " START_ERRORS " ] || cat " START_ERRORS " >&4\n"
	"if [ $network = 1 ] && command -v udhcpc >/dev/null; then\n"
	"	tries=0 # something asks for an address in the background\n"
	"	until grep -q '^eth' /proc/net/route || [ $tries -ge 100 ]; do\n"
	"		tries=$((tries + 1))\n"
	"		sleep 0.1 || sleep 1\n"
	"	done\n"
	"fi\n"
	"$run /" COMMAND_FILE " </dev/null >&3 2>&4 3>&- 4>&-\n"
	"status=$?\n"
	"sync\n"
	"[ ! -c \"$err\" ] || echo \"${mark}end\" >&4\n"
	"echo \"${mark}status $status\" >&3\n"
	"exec 3>&- 4>&-\n";

/* No echo: input that was not typed should not be in the output. */
static const char shellready[] = "stty -echo 2>/dev/null\n"
				 "echo \"${mark}ready\"\n";

/* A shell of the host would edit lines with the cursor, which are not typed. */
static const char dumb[] = "export TERM=dumb\n";

static const char shell[] =
	"[ ! -r /etc/issue ] || cat /etc/issue\n"
	"if (: </dev/tty) 2>/dev/null; then\n"
	"	$login\n"
	"elif command -v setsid >/dev/null && command -v cttyhack >/dev/null; then\n"
	"	# shellcheck disable=SC2086 # words\n"
	"	setsid cttyhack $login\n"
	"else\n"
	"	$login\n"
	"fi\n"
	"status=$?\n"
	"sync\n";

static const char shellstatus[] = "echo \"${mark}status $status\"\n";

static const char end[] = "[ $$ -eq 1 ] || exit $status\n"
			  "poweroff -f\n"
			  "while :; do sleep 60; done # process 1 must not end\n";

/* What runs a file with commands, and a login shell. */
static const char *runner(const struct session *s)
{
	return s->root ? "/" ENTER_FILE : "sh";
}

static const char *login(const struct session *s)
{
	return s->root ? "/" ENTER_FILE : "sh -l";
}

void sessionscript(struct buf *out, const struct session *s)
{
	bufprintf(out, "#!/bin/sh\n# Made by runqemu for this boot.\n%s%s%s", environment,
		  s->own ? "" : markread, begin);
	if (!s->command)
		bufprintf(out, "login='%s'\n%s", login(s), s->root && !s->own ? dumb : "");
	else
		bufprintf(out, "run='%s'\nvirtio=%d network=%d tty='%s' out='' err=''\n%s",
			  runner(s), s->virtio, s->network, s->tty ? s->tty : "", ports);
	if (s->marks && !s->own)
		bufputs(out, marks);
	if (s->command)
		bufputs(out, command);
	else
		bufprintf(out, "%s%s%s", s->own ? "" : shellready, shell,
			  s->own ? "" : shellstatus);
	bufputs(out, end);
}

static int tobuf(void *to, const void *data, size_t len)
{
	bufadd(to, data, len);
	return 0;
}

/* A directory for root alone. */
static void adddir(struct newcout *layer, const char *name)
{
	struct newc h = { .ino = 1, .mode = S_IFDIR | 0700, .nlink = 1 };

	newcentry(layer, &h, name, NULL);
}

/* Append a file with text, which is freed, that only root can read. */
static void add(struct newcout *layer, unsigned mode, const char *name, struct buf *text)
{
	struct newc h = { .ino = 2 + (uint32_t)layer->written,
			  .mode = S_IFREG | mode,
			  .nlink = 1,
			  .size = (uint32_t)text->len };

	newcentry(layer, &h, name, text->data);
	buffree(text);
}

/* Append the modules to load; the number in their names is their order. */
static void addmodules(struct newcout *layer, const struct modules *m)
{
	struct buf text = { 0 };

	adddir(layer, MODULES_DIR);
	for (size_t i = 0; i < m->paths.len; i++) {
		const struct buf *file = &m->file[i];
		char *name = xasprintf(MODULES_DIR "/%03zu.ko", i);

		bufadd(&text, file->data, file->len);
		add(layer, 0600, name, &text);
		free(name);
	}
}

/* The layer is made in memory: none of this fails. */
void sessionlayer(struct buf *out, const struct session *s)
{
	struct newcout layer = { .put = tobuf, .to = out };
	struct buf text = { 0 };

	adddir(&layer, ".whittle");
	if (!s->own) {
		bufprintf(&text, "%s\n", s->mark);
		add(&layer, 0600, MARK_FILE, &text);
	}
	if (!s->own || s->root) {
		sessionscript(&text, s);
		add(&layer, 0700, SESSION_FILE, &text);
	}
	if (s->root) {
		rootenter(&text, s->root);
		add(&layer, 0700, ENTER_FILE, &text);
	}
	if (s->command) {
		bufprintf(&text, "%s\n", s->command);
		add(&layer, 0600, COMMAND_FILE, &text);
	}
	if (s->modules && s->modules->paths.len)
		addmodules(&layer, s->modules);
	if (startwanted(s)) {
		startscript(&text, s);
		add(&layer, 0700, START_FILE, &text);
	}
	if (s->marks) {
		bufprintf(&text, "%s\n%s\n", s->marks->record, s->marks->request);
		add(&layer, 0600, SHELL_MARKS, &text);
		agentscript(&text, runner(s), login(s));
		add(&layer, 0700, SHELL_FILE, &text);
	}
	newcend(&layer);
}

int sessioninitrd(const struct session *s, const char *path)
{
	struct buf layer = { 0 };
	struct map image = { 0 };
	int fd, err;

	if (path && mapopen(&image, path) < 0)
		return -1;
	sessionlayer(&layer, s);
	fd = memfd_create("initrd", MFD_CLOEXEC);
	if (fd >= 0 &&
	    (writeall(fd, layer.data, layer.len) < 0 || writeall(fd, image.data, image.len) < 0)) {
		err = errno;
		close(fd);
		errno = err;
		fd = -1;
	}
	mapclose(&image);
	buffree(&layer);
	return fd;
}
