#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make row, and more of make matrix: configurations, tests, several rows at once, interruptions, summaries; with a script
# in make's place.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

unset MAKEFLAGS MAKELEVEL LINUX_DIR EXTERNAL RUN
export O="$SCRATCH/out" TRACE="$SCRATCH/log" MAKE="$SCRATCH/make" TOOLDIR="${TOOLBIN%/bin}"
mkdir -p "$O"
: >"$O/.whittle-output"
printf 'CONFIG_LINUX_6_12=y\n# CONFIG_LINUX_6_1 is not set\nCONFIG_QEMU_MEMORY=512\nCONFIG_LINUX_FRAGMENTS="mine.config"\n' >"$O/.config"

# It writes a line for each build and each guest to $TRACE. What a guest's command has in it decides how it ends; where the
# file hold is, a build waits until it is gone.
cat >"$MAKE" <<'END'
#!/bin/sh
json=
for a; do
	case $a in
	O=*) o=${a#O=} ;;
	JSON=*) json=${a#JSON=} ;;
	RUN=*) run=${a#RUN=} ;;
	-j*) echo "jobs $a" >>"$TRACE" ;;
	images)
		echo "build ${o#"$SCRATCH/out/matrix/"}" >>"$TRACE"
		[ ! -e "$SCRATCH/hold" ] || { echo $$ >>"$SCRATCH/held"; while [ -e "$SCRATCH/hold" ]; do sleep 0.05; done; }
		! grep -q CONFIG_BROKEN "$o/.config" || { echo 'error: <it> is "broken" & more'; exit 2; }
		mkdir -p "$o/images" "$o/build/linux"
		printf '%5000s' >"$o/images/vmlinux"
		printf '%1500s' >"$o/images/initramfs.cpio.gz"
		echo 41.9 >"$o/build/linux/build.time"
		;;
	qemu-run)
		echo "guest ${o#"$SCRATCH/out/matrix/"}: $run" >>"$TRACE"
		case $run in
		*exit*) echo '{"cause": "command failed", "boot_ms": 5, "total_ms": 9}' >"$json"; exit 1 ;;
		*nothing*) exit 1 ;;
		*) echo '{"cause": "ok", "boot_ms": 5, "total_ms": 9}' >"$json" ;;
		esac
		;;
	esac
done
END
chmod 755 "$MAKE"
matrix() { rm -f "$TRACE" && env "$@" scripts/matrix; }
row() { rm -f "$TRACE" && env "$@" scripts/row; }
# traced WORD: the lines of $TRACE that begin with it, without that word
traced() { sed -n "s/^$1 //p" "$TRACE" 2>/dev/null; }
record() { jq -r "$1" "$SCRATCH/record"; }

# ---- a row ----

ok 'a row' row KERNELS=6.1.176 RUN='uname -r' JSON="$SCRATCH/record"
is 'it says how it ended' "$(tail -n 1 "$SCRATCH/.tap.out")" ok
is 'the record: what it is of' "$(record '.kernel + " " + .command')" '6.1.176 uname -r'
is 'the result' "$(record .result)" ok
is 'times' "$(record '"\(.cached) \(.build_s) \(.boot_ms) \(.total_ms)"')" 'false 41.9 5 9'
is 'sizes' "$(record '"\(.sizes.kernel) \(.sizes.initramfs)"')" '5000 1500'
is 'digests' "$(record .digests.vmlinux)" "$(printf '%5000s' '' | sha256sum | cut -d ' ' -f 1)"
is 'of all images' "$(record '.digests | keys | join(" ")')" 'initramfs.cpio.gz vmlinux'
is 'the version of Whittle' "$(record .whittle)" "$(cat VERSION)"
is 'the record of the guest' "$(record .guest.cause)" ok
fails 1 'one that fails' row KERNELS=6.1.176 RUN='exit 3' JSON="$SCRATCH/record"
is 'the record says so' "$(record '.result + " " + .log')" 'command failed run.log'
said 'it is told, with the log' "^command failed: $O/matrix/6.1.176/run.log$"
fails 1 'one whose guest leaves no record' row KERNELS=6.1.176 RUN=nothing JSON="$SCRATCH/record"
is 'is one that did not start' "$(record '"\(.result) \(.guest)"')" 'not started null'
fails 1 'one that cannot be built' row KERNELS=6.1.176 CONFIGS=BROKEN=y RUN=true JSON="$SCRATCH/record"
is 'its record' "$(record '"\(.result) \(.log) \(.cached) \(.sizes.kernel) \(.digests)"')" 'not built build.log null null null'
fails 2 'two kernels' row KERNELS='6.1.176 6.12.95' RUN=true
said 'are for make matrix' "^row: KERNELS has 2 words, .*'make matrix'"
fails 2 'two boards' row KERNELS=6.1.176 BOARDS=a ARCHES=b RUN=true
said 'are, too' '^row: BOARDS and ARCHES have 2 words'
fails 1 'a board that is not there' row KERNELS=6.1.176 BOARDS=qemu-none RUN=true
said 'is told' '^row: there is no board qemu-none$'
fails 2 'no command' row KERNELS=6.1.176
said 'is told, too' '^row: RUN= is missing$'
mv "$O/.config" "$SCRATCH/config"
ok 'without a configuration' row KERNELS=6.1.176 RUN=true
like 'it has that of the default board' "$(cat "$O/matrix/6.1.176/.config")" "^CONFIG_BOARD_QEMU_X86_64=y$"
mv "$SCRATCH/config" "$O/.config"
ok 'by make' env -u MAKE make O="$O" TOOLDIR="$TOOLDIR" MAKE="$MAKE" KERNELS=6.1.176 RUN=true JSON="$SCRATCH/r" row
ok 'there is a record' test -s "$SCRATCH/r"

# ---- configurations and tests ----

echo CONFIG_FTRACE=y >"$SCRATCH/more.config"
ok 'configurations' matrix KERNELS=6.1.176 RUN=true CONFIGS="default kasan kasan+lockdep $SCRATCH/more.config PACKAGE_LUA=y"
is 'each has a row and a directory' "$(traced build | sed 's/-[0-9a-f]*$/-X/' | paste -s -d ' ' -)" \
	'6.1.176+default 6.1.176+kasan 6.1.176+kasan+lockdep 6.1.176+more.config-X 6.1.176+PACKAGE_LUA_y-X'
said 'the table has them' '^kernel  *configuration  *kernel (KiB)'
said 'with their names' '^6\.1\.176  *kasan+lockdep  *5  *2  *42  *5  ok$'
like 'a preset' "$(cat "$O/matrix/6.1.176+kasan/.config")" '^CONFIG_LINUX_PRESET_KASAN=y$'
like 'two of them' "$(grep -c '^CONFIG_LINUX_PRESET_.*=y' "$O/matrix/6.1.176+kasan+lockdep/.config")" 2
like 'an option' "$(cat "$O"/matrix/6.1.176+PACKAGE_LUA*/.config)" '^CONFIG_PACKAGE_LUA=y$'
dir=$(echo "$O"/matrix/6.1.176+more*)
is 'a fragment is one more' "$(grep FRAGMENTS "$dir/.config")" "CONFIG_LINUX_FRAGMENTS=\"mine.config $dir/extra/1-more.config\""
is 'it is a copy' "$(cat "$dir/extra/1-more.config")" CONFIG_FTRACE=y
unlike 'the default has none' "$(cat "$O/matrix/6.1.176+default/.config")" PRESET
fails 2 'one that is none' matrix KERNELS=6.1.176 RUN=true CONFIGS=kasn
said 'is told, with the presets' "^matrix: CONFIGS: 'kasn' is no file, .* presets are: .* kasan .* fault-injection"
fails 2 'a fragment that is not there' matrix KERNELS=6.1.176 RUN=true CONFIGS=./none.config
said 'is told, too' "^matrix: CONFIGS: './none.config' is no file"

EXTERNAL=$SCRATCH/ext
export EXTERNAL
mkdir -p "$EXTERNAL/tests"
printf 'echo one\nexit 1\n' >"$EXTERNAL/tests/first"
echo "echo it's two" >"$SCRATCH/second.sh"
fails 1 'tests' matrix KERNELS='6.1.176 6.12.95' RUNS="first $SCRATCH/second.sh"
said 'one that fails' "^6\.1\.176  *first  *5  *2  *42  *5  command failed: $O/matrix/6\.1\.176+first/run\.log$"
said 'does not stop others' "^6\.12\.95  *$SCRATCH/second.sh  *5  *2  *42  *5  ok$"
is 'the guest gets the text of each' "$(sed -n '/^guest 6.1.176+/,/^build/{/^build/!p}' "$TRACE" | sed 's/-[0-9a-f]*:/:/')" "guest 6.1.176+first: echo one
exit 1
guest 6.1.176+second.sh: echo it's two"
fails 2 'a test that is not there' matrix KERNELS=6.1.176 RUNS=third
said 'is told' "^matrix: RUNS: there is no test 'third'"

# ---- summaries ----

fails 1 'one that cannot be built, one that fails, one that is well' matrix KERNELS='6.1.176' CONFIGS='BROKEN=y default' \
	RUNS="first $SCRATCH/second.sh"
said 'what the build said' '^    error: <it> is "broken" & more$'
is 'the text is the table' "$(cat "$O/matrix/summary.txt")" "$(tail -n 5 "$SCRATCH/.tap.out")"
summary=$O/matrix/summary
is 'JSON: how many' "$(jq -r '"\(.ok) \(.failed) \(.rows | length)"' "$summary.json")" '1 3 4'
is 'JSON: each row has its record' "$(jq -r '.rows[] | .result' "$summary.json" | paste -s -d , -)" 'not built,not built,command failed,ok'
is 'JSON: and its directory' "$(jq -r '.rows[3].dir' "$summary.json")" "$(echo "$O"/matrix/6.1.176+default+second*)"
if command -v xmllint >/dev/null; then
	for n in 4:@tests 1:@failures 2:@errors; do
		is "JUnit: ${n#*:}" "$(xmllint --xpath "string(/testsuites/testsuite/${n#*:})" "$summary.xml")" "${n%%:*}"
	done
	is 'JUnit: the name of a case' "$(xmllint --xpath 'string(//testcase[3]/@name)' "$summary.xml")" '6.1.176 default first'
	is 'JUnit: the end of the log' "$(xmllint --xpath 'string(//testcase[1]/error)' "$summary.xml" | head -n 1)" 'error: <it> is "broken" & more'
	ok 'HTML: it is well-formed' xmllint --html --noout "$summary.html"
else
	skip 'JUnit' 'there is no xmllint'
fi
like 'HTML: text is no markup' "$(cat "$summary.html")" 'error: &lt;it&gt; is &quot;broken&quot; &amp; more'
like 'HTML: a link to a log' "$(cat "$summary.html")" 'href="6.1.176+default+first/run.log"'
unlike 'HTML: it needs nothing else' "$(cat "$summary.html")" '<script\|<link\|src=\|http'

# ---- several at once, interruptions ----

unset EXTERNAL
export RUN=true
kernels='6.1.176 6.12.95 6.18.45'
held() { [ "$(wc -l <"$SCRATCH/held")" -ge "$1" ]; }
# begin WORD...: a matrix in the background whose builds wait
begin() {
	rm -f "$TRACE" "$SCRATCH/held" && : >"$SCRATCH/hold" && : >"$SCRATCH/held"
	env "$@" scripts/matrix >"$SCRATCH/said" 2>&1 &
	pid=$!
}
begin KERNELS="$kernels" SLOTS=2
ok 'two at once' within 20 held 2
ok 'no third' test "$(traced build | wc -l)" = 2
is 'they share the processors' "$(traced jobs | sort -u)" "-j$((($(nproc) + 1) / 2))"
fails 1 'another matrix beside it' env KERNELS=6.1.176 scripts/matrix
said 'is refused' "^matrix: another matrix is running in $O/matrix$"
rm "$SCRATCH/hold"
status=0
wait "$pid" || status=$?
is 'all end well' "$status $(grep -c '  ok$' "$SCRATCH/said")" '0 3'
ok 'nothing is left to do' test ! -e "$O/matrix/unfinished"

ok 'it is all done again' matrix KERNELS="$kernels"
is 'each of them' "$(traced build | wc -l)" 3
begin KERNELS="6.18.45 6.1.176" CONFIGS='default BROKEN=y'
ok 'a build begins' within 20 held 1
rm "$SCRATCH/hold"
ok 'it ends, and the next one too' within 20 grep -q 'guest 6.18.45+default' "$TRACE"
wait "$pid"

# only the first row ends before it is interrupted
cat >"$SCRATCH/gate" <<'END'
#!/bin/sh
case " $* " in
*' images '*) [ ! -e "$SCRATCH/gated" ] || : >"$SCRATCH/hold"; : >"$SCRATCH/gated" ;;
esac
exec "$SCRATCH/make" "$@"
END
chmod 755 "$SCRATCH/gate"
rm -f "$SCRATCH/gated" "$SCRATCH/held" && : >"$SCRATCH/held"
KERNELS="$kernels" MAKE=$SCRATCH/gate scripts/matrix >"$SCRATCH/said" 2>&1 &
pid=$!
ok 'the second one begins' within 20 held 1
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
is 'the signal ends it' "$status" 143
like 'it says what continues' "$(cat "$SCRATCH/said")" '^matrix: interrupted; the same command continues$'
build=$(cat "$SCRATCH/held")
ok 'the build has ended, too' within 10 sh -c "! kill -0 $build"
rm "$SCRATCH/hold"
ok 'the same command' matrix KERNELS="$kernels"
is 'does what is missing' "$(traced build | paste -s -d ' ' -)" '6.12.95 6.18.45'
said 'it says so' '^matrix: continuing: 1 of 3 rows were done before$'
said 'the table has all' '^6\.1\.176  *5  *2  *42  *5  ok$'
for again in RESTART=y RUN=false CONFIGS=kasan; do
	rm -f "$SCRATCH/gated" "$SCRATCH/held" && : >"$SCRATCH/held"
	KERNELS="$kernels" MAKE=$SCRATCH/gate scripts/matrix >"$SCRATCH/said" 2>&1 &
	pid=$!
	ok 'interrupted once more' within 20 held 1
	kill -INT "$pid"
	wait "$pid"
	rm "$SCRATCH/hold"
	ok "$again" matrix KERNELS="$kernels" "$again"
	is "$again: all rows are done" "$(traced build | wc -l)" 3
done
fails 2 'a number of slots that is none' matrix KERNELS=6.1.176 SLOTS=many
said 'is told' '^matrix: SLOTS=many: a number of rows is expected$'

# ---- Slurm, by stand-ins ----

# sbatch does all tasks at once, but for the one that the file lost names; squeue knows of none then.
mkdir -p "$SCRATCH/bin"
cat >"$SCRATCH/bin/sbatch" <<'END'
#!/bin/sh
echo "$*" >"$SCRATCH/sbatch.args"
for last; do :; done
for a; do case $a in --array=1-*) n=${a#--array=1-} n=${n%\%*} ;; esac; done
for id in $(seq "$n"); do
	[ "$id" = "$(cat "$SCRATCH/lost" 2>/dev/null)" ] || SLURM_ARRAY_TASK_ID=$id sh support/make/slurmrow.sh "$last" || :
done
echo 77
END
cat >"$SCRATCH/bin/squeue" <<'END'
#!/bin/sh
[ ! -e "$SCRATCH/queued" ] || echo 77
END
cat >"$SCRATCH/bin/sacct" <<'END'
#!/bin/sh
[ "$5" != 77_2 ] || echo NODE_FAIL
END
cat >"$SCRATCH/bin/scancel" <<'END'
#!/bin/sh
echo "$1" >"$SCRATCH/cancelled"
END
chmod 755 "$SCRATCH/bin"/*
path=$PATH
PATH=$SCRATCH/bin:$PATH
export SCHEDULER=slurm
ok 'by Slurm' matrix KERNELS="$kernels" SLOTS=2 SBATCH_ARGS='--mem=1G'
is 'all rows' "$(traced build | paste -s -d ' ' -)" "$kernels"
like 'as an array' "$(cat "$SCRATCH/sbatch.args")" '--array=1-3%2 .*--mem=1G'
said 'the table has them' '^6\.18\.45  *5  *2  *42  *5  ok$'
echo 2 >"$SCRATCH/lost"
fails 1 'a row that is lost' matrix KERNELS="$kernels"
said 'has the state that sacct knows' '^6\.12\.95  *-  *-  *-  *-  no record: NODE_FAIL: .*/row.log$'
said 'others are well' '^6\.18\.45  *5  *2  *42  *5  ok$'
: >"$SCRATCH/queued"
KERNELS="$kernels" scripts/matrix >"$SCRATCH/said" 2>&1 &
pid=$!
ok 'it waits for the job' within 20 grep -q 'are job 77 of Slurm' "$SCRATCH/said"
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
is 'a signal ends it' "$status" 143
is 'and the job' "$(cat "$SCRATCH/cancelled")" 77
rm "$SCRATCH/queued" "$SCRATCH/lost"
ok 'the same command' matrix KERNELS="$kernels"
is 'does what is missing' "$(traced build)" 6.12.95
fails 2 'another scheduler' matrix KERNELS=6.1.176 SCHEDULER=cron
said 'is told' '^matrix: SCHEDULER=cron: slurm is expected$'
fails 2 'with hosts' matrix KERNELS=6.1.176 HOSTS=a
said 'is told, too' '^matrix: HOSTS and SCHEDULER are two ways'
unset SCHEDULER
PATH=$path

# ---- a terminal ----

if command -v script >/dev/null; then
	: >"$SCRATCH/hold"
	KERNELS="$kernels" TERM=xterm script -qfec scripts/matrix "$SCRATCH/typescript" >/dev/null </dev/null &
	ok 'the table on a terminal says what is done' within 20 grep -q '^6\.1\.176 .* row: building, [0-9]* s' "$SCRATCH/typescript"
	rm "$SCRATCH/hold"
	wait "$!"
	like 'which rows wait' "$(cat "$SCRATCH/typescript")" '^6\.18\.45 .* waiting'
	like 'how many there are' "$(cat "$SCRATCH/typescript")" '^[0-9] of 3 done, 0 failed, 1 running, [0-9] waiting'
	is 'at the end it is there once' "$(tr -d '\r' <"$SCRATCH/typescript" | awk '/\033\[J/ { n = 0 } /  ok$/ { n++ } END { print n }')" 3
else
	skip 'a terminal' 'there is no script'
fi

# ---- the tool alone ----

table() { printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$SCRATCH/rows/$1" '' "$1" '' '' "${2-}"; }
{ table a && table b && table c 'it lacks a thing'; } >"$SCRATCH/table"
cat >"$SCRATCH/do" <<'END'
#!/bin/sh
case $1 in */a) echo '{"result": "ok"}' >"$1/record" ;; *) printf 'no \033[31mrecord\n' ;; esac
END
chmod 755 "$SCRATCH/do"
fails 1 'a row without a record' "$TOOLBIN/matrix" "$SCRATCH/table" "$SCRATCH/do"
said 'is one that failed' "^b  *-  *-  *-  *-  it left no record: $SCRATCH/rows/b/row.log$"
said 'a terminal is safe from its log' '^    no \\x1b\[31mrecord$'
said 'what cannot be tried' '^c  *-  *-  *-  *-  it lacks a thing$'
ok 'it has a record now' test -s "$SCRATCH/rows/b/record"
fails 1 'a command that is not there' "$TOOLBIN/matrix" "$SCRATCH/table" "$SCRATCH/none"
rm -r "$SCRATCH/rows"
fails 1 'so for new rows' "$TOOLBIN/matrix" "$SCRATCH/table" "$SCRATCH/none"
said 'is told' "^    cannot run $SCRATCH/none: No such file or directory$"
echo x >"$SCRATCH/table"
fails 1 'a table that is none' "$TOOLBIN/matrix" "$SCRATCH/table" true
said 'is told, with the line' "^matrix: $SCRATCH/table:1: 6 fields are expected"
fails 2 'no command' "$TOOLBIN/matrix" "$SCRATCH/table"
done_testing
