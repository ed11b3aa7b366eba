// SPDX-License-Identifier: GPL-2.0-or-later
#include "agent.h"

#include "ports.h"
#include "session.h"

#define MARKS "/" SHELL_MARKS

/* script(1) gives the shell a terminal; it runs this script again, with the argument "inside". */
static const char inside[] = "dir=/.whittle\n"
			     "PATH=" GUEST_PATH "\n"
			     "HOME=/root\n"
			     "SHELL=/bin/sh\n"
			     "export PATH HOME SHELL\n"
			     "unset LINES COLUMNS # those of the console\n"
			     "cd $HOME 2>/dev/null || cd /\n"
			     "\n"
			     "if [ \"${1-}\" = inside ]; then\n"
			     "	tty >$dir/tty\n"
			     "	stty rows \"$2\" columns \"$3\"\n"
			     "	TERM=$4 $login\n"
			     "	echo $? >$dir/status\n"
			     "	exit\n"
			     "fi\n"
			     "\n"
			     "unset mark ask # what is in the environment goes on to what we run\n"
			     "{ IFS= read -r mark; IFS= read -r ask; } <" MARKS "\n"
			     ": >" MARKS "\n"
			     "virtio=1 out='' err=''\n";

static const char ports[] = PORTS_SCRIPT(PORT_SHELL, PORT_CONTROL);

static const char rest[] =
	"[ -c \"$err\" ] || exit 1\n"
	"exec 3<>\"$err\" 4<>\"$out\"\n"
	"\n"
	"# hangup NUMBER: end that job, which may not have begun yet\n"
	"hangup() {\n"
	"	for _ in 1 2 3 4 5; do\n"
	"		number='' pid=''\n"
	"		read -r number pid <$dir/job\n"
	"		[ \"${number:-0}\" -lt \"$1\" ] || break\n"
	"		sleep 1\n"
	"	done\n"
	"	[ \"$number\" = \"$1\" ] && [ -n \"$pid\" ] || return\n"
	"	kill -HUP -- \"-$pid\" \"$pid\"\n"
	"	sleep 1\n"
	"	[ \"$(cat $dir/job)\" != \"$number $pid\" ] || kill -KILL -- \"-$pid\" \"$pid\"\n"
	"}\n"
	"\n"
	"# control: what the host says of the shell that runs\n"
	"control() {\n"
	"	while :; do\n"
	"		while read -r verb a b; do\n"
	"			case $verb in\n"
	"			size) read -r tty <$dir/tty && stty rows \"$a\" columns \"$b\" <\"$tty\" ;;\n"
	"			hangup) hangup \"$a\" ;;\n"
	"			esac\n"
	"		done <&3\n"
	"		sleep 1 # the port was not connected\n"
	"	done 2>/dev/null\n"
	"}\n"
	"\n"
	"# job COMMAND...: run it so that hangup can end it; sets status\n"
	"job() {\n"
	"	# shellcheck disable=SC2016 # for the shell that becomes COMMAND\n"
	"	set -- sh -c 'echo \"$1 $$\" >$0; shift; exec \"$@\"' $dir/job \"$job\" \"$@\"\n"
	"	if command -v setsid >/dev/null; then\n"
	"		set -- setsid \"$@\"\n"
	"	fi\n"
	"	\"$@\"\n"
	"	status=$?\n"
	"	echo \"$job\" >$dir/job\n"
	"}\n"
	"\n"
	"# terminal ROWS COLUMNS TERM: a login shell\n"
	"terminal() {\n"
	"	: >$dir/status\n"
	"	if command -v script >/dev/null; then\n"
	"		job script -q -c \"sh $dir/shell inside $*\" /dev/null <&4 >&4 2>&4 3>&- 4>&-\n"
	"		read -r status <$dir/status || status=129\n"
	"	else\n"
	"		printf 'this system has no script(1) to give a terminal\\r\\n' >&4\n"
	"		status=127\n"
	"	fi\n"
	"}\n"
	"\n"
	"# textread: what follows, up to a line \"go\", is a command's text\n"
	"textread() {\n"
	"	while IFS= read -r line && [ \"$line\" != \"${ask}go\" ]; do\n"
	"		printf '%s\\n' \"$line\"\n"
	"	done <&4 >$dir/run\n"
	"}\n"
	"\n"
	"control &\n"
	"echo \"${mark}ready\" >&3\n"
	"while :; do\n"
	"	IFS= read -r line <&4 || { sleep 1; continue; }\n"
	"	case $line in\n"
	"	\"$ask\"shell\\ *)\n"
	"		job=${line#\"$ask\"shell }\n"
	"		job=${job%% *}\n"
	"		echo \"${mark}ready\" >&4\n"
	"		# shellcheck disable=SC2086 # words\n"
	"		terminal ${line#\"$ask\"shell * }\n"
	"		;;\n"
	"	\"$ask\"run\\ *)\n"
	"		job=${line#\"$ask\"run }\n"
	"		textread\n"
	"		echo \"${mark}ready\" >&4\n"
	"		job $run $dir/run </dev/null >&4 2>&3 3>&- 4>&-\n"
	"		echo \"${mark}end\" >&3\n"
	"		;;\n"
	"	*) continue ;; # typed too late for the shell before\n"
	"	esac\n"
	"	echo \"${mark}status $status\" >&4\n"
	"done\n";

void agentscript(struct buf *out, const char *run, const char *login)
{
	bufprintf(out, "#!/bin/sh\n# Made by runqemu for this boot.\nrun='%s' login='%s'\n%s%s%s",
		  run, login, inside, ports, rest);
}

/* The newline ends a line that an earlier shell left unread. */
void agentshell(struct buf *out, const char *mark, unsigned number, unsigned rows, unsigned columns,
		const char *term)
{
	bufprintf(out, "\n%sshell %u %u %u %s\n", mark, number, rows, columns, term);
}

void agentrun(struct buf *out, const char *mark, unsigned number, const char *command)
{
	bufprintf(out, "\n%srun %u\n%s\n%sgo\n", mark, number, command, mark);
}

void agentsize(struct buf *out, unsigned rows, unsigned columns)
{
	bufprintf(out, "size %u %u\n", rows, columns);
}

void agenthangup(struct buf *out, unsigned number)
{
	bufprintf(out, "hangup %u\n", number);
}
