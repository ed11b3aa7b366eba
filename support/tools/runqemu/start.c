// SPDX-License-Identifier: GPL-2.0-or-later
#include "start.h"

#include "rootscript.h"

bool startwanted(const struct session *s)
{
	return s->marks || (s->lan && s->lan->on) || (s->modules && s->modules->paths.len) ||
	       (s->shares && s->shares->len);
}

/* Load modules, and start what needed one of them. */
static void modules(struct buf *out, bool interface)
{
	bufputs(out,
		"for module in /" MODULES_DIR "/*; do\n"
		"	insmod \"$module\" || echo \"runqemu: cannot load a module of the kernel\" >&2\n"
		"	rm \"$module\"\n"
		"done\n");
	if (interface)
		bufputs(out, "[ ! -x /etc/init.d/S40network ] || /etc/init.d/S40network start\n");
}

void startscript(struct buf *out, const struct session *s)
{
	bufputs(out, "#!/bin/sh\n# Made by runqemu for this boot.\n"
		     "PATH=" GUEST_PATH "\n"
		     "export PATH\n");
	if (s->modules && s->modules->paths.len)
		modules(out, s->interface);
	if (s->lan && s->lan->on)
		lanscript(s->lan, out);
	if (s->shares && s->shares->len) {
		bufputs(out, "{\n");
		if (s->root)
			rootmount(out, s->root, s->shares);
		sharescript(s->shares, s->root ? "$root" : "", out);
		bufputs(out, "} 2>" START_ERRORS "\n"
			     "[ ! -s " START_ERRORS " ] || cat " START_ERRORS " >&2\n");
	}
	/*
	 * A background process of a shell ignores interrupts from the keyboard, and so would all
	 * its children.
	 */
	if (s->marks)
		bufputs(out, "if command -v start-stop-daemon >/dev/null; then\n"
			     "	start-stop-daemon -S -b -x /" SHELL_FILE "\n"
			     "else\n"
			     "	/" SHELL_FILE " </dev/null >/dev/null 2>&1 &\n"
			     "fi\n");
	bufputs(out, ":\n");
}
