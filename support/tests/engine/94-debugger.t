#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Ctrl-C in a debugger, which stops the guest there: it ends neither the debugger nor leaves the guest behind.
set -u
# shellcheck source=support/tests/engine.sh
. support/tests/engine.sh

command -v script >/dev/null || { echo '1..0 # SKIP there is no script'; exit 0; }
unset TMUX CRASH MAKE_TERMOUT MAKE_TERMERR
export SCRATCH

# In runqemu's place a program that has gdb's socket, and waits; in gdb's one that is told when to end.
cp -a "${TOOLBIN%/bin}" "$SCRATCH/tools"
cat >"$SCRATCH/guest.c" <<'END'
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	char path[4096];
	FILE *pid;

	while (argc > 2 && strcmp(argv[1], "--run-dir") != 0)
		argc--, argv++;
	mkdir(argv[2], 0755);
	if (chdir(argv[2]) != 0)
		return 1;
	strcpy(at.sun_path, "gdb");
	unlink("gdb");
	snprintf(path, sizeof(path), "%s/guest", getenv("SCRATCH"));
	pid = fopen(path, "w");
	fprintf(pid, "%d\n", (int)getpid());
	fclose(pid);
	if (bind(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&at, sizeof(at)) != 0)
		return 1;
	pause();
	return 0;
}
END
"${CC:-gcc}" -o "$SCRATCH/tools/bin/runqemu" "$SCRATCH/guest.c" || exit 1
cat >"$SCRATCH/gdb" <<'END'
#!/bin/sh
trap ': >"$SCRATCH/stopped"' INT
: >"$SCRATCH/began"
until [ -e "$SCRATCH/go" ]; do sleep 0.1; done
echo 'gdb ends'
END
chmod 755 "$SCRATCH/gdb"

# Somebody at a terminal, who waits for make whatever it was ended by.
cat >"$SCRATCH/terminal" <<END
trap : INT
make O="$OUT" EXTERNAL="$EXT" TOOLDIR="$SCRATCH/tools" GDB="$SCRATCH/gdb" \$1 </dev/null
read -r guest <"$SCRATCH/guest"
sleep 1
! kill -0 "\$guest" || { echo 'the guest lives'; kill "\$guest"; }
END
# seen FILE: it is there, at last
seen() { within 60 test -e "$SCRATCH/$1"; }
# interrupted GOAL: what the terminal shows of a debugger that gets Ctrl-C
interrupted() {
	rm -f "$SCRATCH/began" "$SCRATCH/stopped" "$SCRATCH/go"
	{ seen began && printf '\003' && seen stopped && sleep 0.5; : >"$SCRATCH/go"; sleep 4; } |
		timeout 200 script -qec "sh '$SCRATCH/terminal' $1" /dev/null
}

simple one
choose one
ok 'a build to begin with' whittle
: >"$OUT/images/vmlinux"
mkdir -p "$OUT/record/default"
: >"$OUT/record/default/recording.json"
for goal in replay debug; do
	shown=$(interrupted $goal)
	like "$goal: gdb goes on" "$shown" 'gdb ends'
	unlike "$goal: the guest ends with it" "$shown" 'the guest lives'
done
done_testing
