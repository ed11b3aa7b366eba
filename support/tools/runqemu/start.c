// SPDX-License-Identifier: GPL-2.0-or-later
#include "start.h"

bool startwanted(const struct session *s)
{
	return s->marks || (s->shares && s->shares->len);
}

void startscript(struct buf *out, const struct session *s)
{
	bufputs(out, "#!/bin/sh\n# Made by runqemu for this boot.\n"
		     "PATH=" GUEST_PATH "\n"
		     "export PATH\n");
	if (s->shares && s->shares->len) {
		bufputs(out, "{\n");
		sharescript(s->shares, out);
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
