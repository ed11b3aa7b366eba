#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bootchart: what it reads in the log of a boot, in its table, its record and its chart; two boots; bad input. A small
# program with the symbols of initcalls is the kernel here.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

bootchart=$TOOLBIN/bootchart
cd "$SCRATCH" || exit 1
cat >log <<'END'
[    0.000000] Linux version 6.12.95 (a@b) (gcc 12) #1 SMP
[    0.100000] calling  con_init+0x0/0x10 @ 0
[    0.100100] initcall con_init+0x0/0x10 returned 0 after 0 usecs
[    0.200000] calling  first_init+0x0/0x10 @ 1
[    0.203000] initcall first_init+0x0/0x10 returned 0 after 4000 usecs
[    0.210000] calling  start_fs+0x0/0x10 @ 1
[    0.220000] clocksource: Switched to clocksource tsc
[    0.225000] initcall start_fs+0x0/0x10 returned 0 after 0 usecs
[    0.300000] calling  driver_init+0x0/0x20 @ 1
[    0.305000] calling  1_unpack+0x0/0x100 @ 45
[    0.349500] probe of 0000:00:02.0 returned 0 after 49000 usecs
[    0.350000] initcall driver_init+0x0/0x20 returned 0 after 49900 usecs
[    0.351000] calling  broken_init+0x0/0x10 @ 1
[    0.352000] initcall broken_init+0x0/0x10 returned -22 after 800 usecs
[    0.353000] calling  nothing_init+0x0/0x10 @ 1
[    0.353500] initcall nothing_init+0x0/0x10 returned -19 after 300 usecs
[    0.354000] probe of later returned -517 after 20 usecs
[    0.360000] calling  lost_init+0x0/0x10 @ 1
[    0.370000] calling  last_init+0x0/0x10 @ 1
[    0.371000] initcall last_init+0x0/0x10 returned 0 after 900 usecs
[    0.385000] initcall 1_unpack+0x0/0x100 returned after 79000 usecs
[    0.400000] Run /bootchart/init as init process
[    0.410000] bootchart: init
[    0.420000] bootchart: begin /etc/init.d/S10a&b <c>
[    0.425000] calling  mod_init+0x0/0x1000 [mymod] @ 88
[    0.428000] initcall mod_init+0x0/0x1000 [mymod] returned 0 after 2900 usecs
[    0.450000] bootchart: end /etc/init.d/S10a&b <c> 0
[    0.451000] bootchart: begin /etc/init.d/S20bad
[    0.455000] bootchart: end /etc/init.d/S20bad 3
[    0.500000] bootchart: ready
[    9.000000] probe of afterwards returned 0 after 8000000 usecs
END
cat >kernel.c <<'END'
void driver_init(void) { }
#define INITCALL(name) __asm__(".data\n" name ":\n.long 0\n.previous")
INITCALL("__initcall__kmod_console__100_1_con_initcon");
INITCALL("__initcall__kmod_one__123_456_first_initearly");
INITCALL("__initcall__kmod_fs__124_7_start_fs5s");
INITCALL("__initcall__kmod_my__dev__125_89_driver_init6");
INITCALL("__initcall__kmod_bad__126_1_broken_init6");
INITCALL("__initcall__kmod_x__127_1_lost_init7");
INITCALL("__initcall__kmod_x__128_1_last_init7");
void _start(void) { }
END
gcc -O2 -ffreestanding -nostdlib -static -no-pie -Wl,-Ttext-segment=0x10000000 -o vmlinux kernel.c || exit 1

# row TEXT: the numbers of the line of the last output that has TEXT, and all behind them.
row() { grep -F -- "$1" .tap.out | head -n 1 | tr -s ' '; }

ok 'a log' "$bootchart" log
said 'its boot in a line' '^linux 6.12.95: init after 400.0 ms, ready after 500.0 ms; 10 initcalls, 2 probes, 2 scripts$'
is 'what came before the initcalls' "$(row 'kernel start')" ' 200.000 0.000 kernel start'
is 'without vmlinux the initcalls are one phase' "$(row '  initcalls')" ' 171.000 200.000 initcalls'
is 'what came behind them' "$(row 'before init')" ' 29.000 371.000 before init'
is 'a time of its own is for the marks' "$(row 'marks of')" ' 10.000 400.000 marks of the chart'
is 'init' "$(row '  init')$(row ' 410.000 ')" ' 171.000 200.000 initcalls 10.000 410.000 init'
is 'scripts' "$(row '  scripts')" ' 35.000 420.000 scripts'
is 'and from there until it is ready' "$(row '  console')" ' 45.000 455.000 console'
is 'the slowest, an asynchronous one' "$(sed -n '/slowest$/,/^$/p' .tap.out | sed -n 2p | tr -s ' ')" \
	' 79.000 305.000 initcall unpack, thread 45'
is 'a probe that took nearly all of its driver is in its line' "$(row driver_init)" \
	' 49.900 300.000 initcall driver_init, probe 0000:00:02.0'
is 'a script' "$(row S10)" ' 30.000 420.000 script /etc/init.d/S10a&b <c>'
is 'while the clock ticks the times of the lines count' "$(row start_fs)" ' 15.000 210.000 initcall start_fs'
is 'one whose return was dropped' "$(row lost_init)" ' 10.000 360.000 initcall lost_init, its return is not in the log'
said 'failures are a table' 'failed, or did not return$'
is 'an initcall that failed' "$(sed -n '/failed, or/,$p' .tap.out | sed -n 2p | tr -s ' ')" \
	' 0.800 351.000 initcall broken_init, failed: EINVAL'
is 'a script that failed' "$(sed -n '/failed, or/,$p' .tap.out | sed -n 3p | tr -s ' ')" \
	' 4.000 451.000 script /etc/init.d/S20bad, failed: status 3'
is 'no device is no failure, and one that is deferred neither' "$(sed -n '/failed, or/,$p' .tap.out | wc -l)" 3
is 'nothing is after the end' "$(grep -c afterwards .tap.out)" 0
ok 'standard input' sh -c "\"$bootchart\" <log"
said 'is the same' '^linux 6.12.95: init after 400.0 ms'

# ---- vmlinux ----

ok 'with vmlinux' "$bootchart" --vmlinux vmlinux log
is 'initcalls have levels' "$(sed -n '/phase$/,/^$/p' .tap.out | awk '$1 ~ /[0-9]/ { printf "%s ", $3 }')" \
	'kernel early fs device late before marks init scripts console '
is 'and objects' "$(row driver_init)" ' 49.900 300.000 initcall driver_init (my__dev), probe 0000:00:02.0'
at=$(nm vmlinux | awk '$3 == "driver_init" { print $1 }' | sed 's/^0*//')
sed "s/driver_init+0x0.0x20/0x$at/" log >nameless
ok 'a kernel without names of functions' "$bootchart" --vmlinux vmlinux nameless
is 'has them from vmlinux' "$(row driver_init)" ' 49.900 300.000 initcall driver_init (my__dev), probe 0000:00:02.0'
ok 'and without that' "$bootchart" nameless
is 'has addresses' "$(row "0x$at")" " 49.900 300.000 initcall 0x$at, probe 0000:00:02.0"
sed 's/\(first\|driver\|broken\|lost\|last\)_init/\1_other/; s/start_fs/begin_fs/' log >other
ok 'a log of another kernel' "$bootchart" --vmlinux vmlinux other
said 'is said' 'bootchart: vmlinux: the log is of another kernel, so the levels of initcalls are not known'
is 'it has no levels then' "$(row '  initcalls')" ' 171.000 200.000 initcalls'
ok 'a vmlinux that is none' "$bootchart" --vmlinux log log
said 'is only said' 'bootchart: log: the levels of initcalls are not known: it is no ELF file'

# ---- forms of lines ----

sed -e '/ready/d; s/probe of \(.*\) returned 0/probe of \1 returned 1/' -e 's/^/<7>/; s/\] /][    T1] /' \
	-e 's/^<7>\(.*\)calling  first/<7>\1entering initcall level: pure\n&/' log >forms
ok 'levels, callers and kernel levels in the log' "$bootchart" forms
is 'the level is a phase' "$(row '  pure')" ' 171.000 200.000 pure'
is 'an old success of a probe is one' "$(grep -c '0000:00:02.0, failed' .tap.out)" 0
said 'without the last mark it is not ready' '^linux 6.12.95: init after 400.0 ms; '
sed '/broken_init/,$d' log >truncated
echo '[    0.351000] calling  broken_init+0x0/0x10 @ 1' >>truncated
echo '[    5.000000] watchdog: BUG: soft lockup' >>truncated
ok 'a guest that hangs in an initcall' "$bootchart" --svg hangs.svg truncated
said 'init was never started' '^linux 6.12.95: init was not started, 5000.0 ms'
is 'it did not return' "$(row broken_init)" ' 4649.000 351.000 initcall broken_init, did not return'
like 'the chart shows it' "$(cat hangs.svg)" 'fill="#6b1d1d"'
cat log log >twice
ok 'two boots' "$bootchart" twice
said 'of which the last counts' 'bootchart: twice: there are 2 boots in it, of which this is the last'
said 'with its initcalls alone' '10 initcalls, 2 probes'
sed '1,4d' log >late
ok 'a log without its beginning' "$bootchart" late
said 'is said to be one' 'bootchart: late: the beginning of the boot is not in it: a larger log_buf_len= keeps more'
is 'an initcall that has begun before' "$(row first_init)" ' 4.000 199.000 initcall first_init'

# ---- the record and the chart ----

ok 'a record and a chart' "$bootchart" --vmlinux vmlinux --json a.json --svg a.svg log
if command -v xmllint >/dev/null; then
	ok 'the chart is XML' xmllint --noout a.svg
	is 'of SVG' "$(xmllint --xpath 'concat(name(/*), " ", namespace-uri(/*))' a.svg)" 'svg http://www.w3.org/2000/svg'
else
	skip 'the chart is XML' 'there is no xmllint'
fi
like 'a name is escaped' "$(cat a.svg)" 'S10a&amp;b &lt;c&gt;'
is 'nothing in it is from elsewhere or runs' "$(grep -c 'script[ >]*src\|<script\|href\|url(\|@import' a.svg)" 0
like 'what failed is marked' "$(cat a.svg)" 'fill="#cc2f2f"'
like 'other threads are told apart' "$(cat a.svg)" 'fill="#8a63b3"'
if command -v jq >/dev/null; then
	is 'the record' "$(jq -r '.kernel, .init_ms, .ready_ms, .end_ms' a.json | paste -s -d ' ' -)" '6.12.95 400 500 500'
	is 'an event' "$(jq -c '.events[] | select(.name == "0000:00:02.0")' a.json)" \
		'{"kind":"probe","name":"0000:00:02.0","from_ms":300.5,"ms":49,"in":"driver_init","end":"returned","result":0}'
else
	skip 'the record' 'there is no jq'
fi
printf '[    1.000000] Linux version 6.1\033\377 (a) #1\n[    1.500000] calling  a\033[31m\303\251\377_init+0x0/0x10 @ 1\n' >odd
printf '[    2.000000] bootchart: begin /\033[2J\377\357\277\276<&\n[    3.0000' >>odd
printf '[    2.100000] calling  good_init+0x0/0x10 @ 1\n' >>odd
ok 'bytes that are no text' "$bootchart" --svg odd.svg --json odd.json odd
is 'do not reach the terminal' "$(LC_ALL=C grep -c "$(printf '\033')" .tap.out)" 0
if command -v xmllint >/dev/null; then
	ok 'nor make XML bad' xmllint --noout odd.svg
else
	skip 'nor make XML bad' 'there is no xmllint'
fi
like 'nor are in the record' "$(cat odd.json)" '"kernel":.*"6\.1\\\\x1b\\\\xff"'

# ---- two boots ----

sed -e 's/49900 usecs/9900 usecs/; s/after 49000/after 8000/' -e '/mod_init/d' -e 's/\[    0.225000\]/[    0.245000]/' -e 's/S20bad/S20new/' log >faster
ok 'another boot' "$bootchart" --vmlinux vmlinux --json b.json faster
ok 'two records' "$bootchart" --compare a.json b.json
said 'are named' '^A: a.json: linux 6.12.95: init after 400.0 ms'
table() { sed -n "/  $1, ms\$/,/^\$/p" .tap.out | sed 1d | tr -s ' '; }
is 'slower' "$(table slower)" ' 15.000 35.000 +20.000 initcall start_fs'
is 'faster' "$(table faster)" ' 49.000 8.000 -41.000 probe 0000:00:02.0
 49.900 9.900 -40.000 initcall driver_init'
is 'new' "$(table new)" ' - 4.000 +4.000 script /etc/init.d/S20new'
is 'gone' "$(table gone)" ' 4.000 - -4.000 script /etc/init.d/S20bad
 2.900 - -2.900 initcall mod_init'
is 'phases' "$(row 'until init')" ' 400.000 400.000 +0.000 until init'
ok 'the same twice' "$bootchart" --compare a.json a.json
is 'differs in nothing' "$(grep -c 'slower\|faster\|new,\|gone' .tap.out)" 0

# ---- bad input ----

echo 'hello' >none
fails 1 'a log without initcalls' "$bootchart" --svg none.svg none
said 'says how to get them' 'bootchart: none: there is no initcall in it: boot with initcall_debug printk.time=1'
ok 'nothing was drawn' test ! -e none.svg
fails 1 'an empty log' "$bootchart" /dev/null
sed 's/^\[[^]]*\] //' log >untimed
fails 1 'a log without times' "$bootchart" untimed
said 'says what to do' 'bootchart: untimed: its lines have no times: boot with printk.time=1'
fails 1 'a log that is not there' "$bootchart" nowhere
said 'is named' 'bootchart: nowhere: cannot read the log: No such file'
cat >nonsense <<'END'
[    1.000000] calling  a+0x0/0x10 @ 99999999999999999999
[    1.000000] calling  a+0x0/0x10 @ 1
[    1.000000] initcall a+0x0/0x10 returned 99999999999999999999999 after 99999999999999999999999 usecs
[    0.500000] initcall b+0x0/0x10 returned 0 after -5 usecs
[    0.400000] probe of  returned  returned 0 after 999999999999 usecs
[999999999.999999] calling  + @ 1
[    1.5] calling  c+0x0/0x10 @ 1
bootchart: begin x
END
ok 'nonsense' "$bootchart" --svg nonsense.svg nonsense
fails 1 'what cannot be written' sh -c '"$@" >/dev/full' sh "$bootchart" log
said 'is told' '^bootchart: cannot write to standard output: No space left on device$'
fails 1 'a directory for the chart' "$bootchart" --svg . log
said 'is an error' 'bootchart: .: cannot write the chart: '
fails 1 'a record that is none' "$bootchart" --compare none a.json
said 'is named' 'bootchart: none: it is not JSON'
echo '{ "phases": [], "events": [ { "kind": "x" } ], "init_ms": 1, "ready_ms": 1, "end_ms": 1 }' >bad.json
fails 1 'a record of something else' "$bootchart" --compare a.json bad.json
said 'is refused' 'bootchart: bad.json: it is no record of a boot'
fails 2 'one record' "$bootchart" --compare a.json
fails 2 'two logs' "$bootchart" log log
done_testing
