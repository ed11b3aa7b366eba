#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

echo content >known
fails 7 'the exit status is that of the program' strace -f -o log sh -c 'head -n 1 known; cat missing; exit 7'
text=$(cat log)
like 'a file that is opened' "$text" 'open.*"known", O_RDONLY.*) = [3-9]'
like 'what is read from it' "$text" '"content\\n"'
like 'one that is not there' "$text" 'open.*"missing".*= -1 ENOENT (No such file or directory)'
like 'a child is followed (-f)' "$text" 'execve("/bin/cat", \["cat", "missing"\]'
like 'how it ends' "$text" '+++ exited with 7 +++'
ok 'system calls are counted (-c)' strace -c -o summary cat known
like 'by name' "$(cat summary)" ' execve$'
# Some architectures have no unlink.
fails 1 'a system call may be made to fail' strace -o log -e inject=?unlink,?unlinkat:error=EACCES rm known
said 'the program sees it' 'Permission denied'
ok 'and it did not happen' test -f known

# A process that runs already.
sleep 100 &
pid=$!
strace -o attached -p $pid 2>said &
tracer=$!
until grep -q attached said; do sleep 0.1; done
kill -USR1 $pid
wait $tracer
like 'a process that runs already (-p)' "$(cat attached)" 'killed by SIGUSR1'
done_testing
