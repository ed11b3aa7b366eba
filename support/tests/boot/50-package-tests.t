#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make check-packages and PKG-test on packages of no worth: those that pass, that fail, that do not build, that
# take the guest down, that have something to do on this machine. With the default board's kernel.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh
export XDG_CACHE_HOME="$CHECK_O/cache"
EXT=$SCRATCH/ext

# pkg NAME INSTALL-COMMAND: its test is read from standard input.
pkg() {
	pkg_up=$(echo "$1" | tr a-z- A-Z_)
	mkdir -p "$EXT/package/$1"
	printf 'config PACKAGE_%s\n\tbool "%s"\n\thelp\n\t  For a test.\n' "$pkg_up" "$1" >"$EXT/package/$1/Kconfig"
	cat >"$EXT/package/$1/$1.mk" <<-END
		${pkg_up}_VERSION := 1.5
		${pkg_up}_LICENSE := MIT
		${pkg_up}_MODE := none
		define ${pkg_up}_INSTALL
		mkdir -p "\$(IMAGE)/target/usr/share"
		$2
		endef
	END
	{ echo '. /test/tap.sh' && cat && echo done_testing; } >"$EXT/package/$1/test.sh"
}
packages() {
	make O="$SCRATCH/out" TOOLDIR="${TOOLBIN%/bin}" EXTERNAL="$EXT" "$@"
}
row() {
	grep "^$1 " "$SCRATCH/.tap.out" | tr -s ' '
}

pkg fine 'echo text >"$(IMAGE)/target/usr/share/fine"' <<'END'
is 'its file is there' "$(cat /usr/share/fine)" text
ok 'there is a disk' test -b /dev/vda
ok 'which can be written to' dd if=/dev/zero of=/dev/vda bs=1024 count=64
is 'the directory is empty' "$(ls)" ''
END
pkg twosided 'true' <<'END'
# guest-port: 2222
nc -l -p 2222 >heard &
: >"$WORK/listening"
wait
ok 'the machine was heard' test -s heard
is 'and says so' "$(cat "$WORK/said")" hello
is 'and gave its configuration' "$(cat /etc/issue)" 'two sides'
END
cat >"$EXT/package/twosided/test-host.sh" <<'END'
[ "$1" = run ] || { echo 'CONFIG_ROOTFS_GREETING="two sides"'; exit; }
echo hello >"$WORK/said"
until [ -e "$WORK/listening" ]; do sleep 0.2; done
# a client that anybody has; that nobody answers it is fine
timeout 5 openssl s_client -connect "127.0.0.1:$PORT_2222" </dev/null
sleep 1000
END

ok 'one package' packages fine-test
said 'what is built for it is said first' '^  TEST      fine in a guest: first the board qemu-x86_64 is built in .*, with a kernel'
like 'is a line of the table' "$(row fine)" '^fine 1\.5 [0-9.]* s 0 KiB ok, 4 tests$'
said 'and the sum' '^1 passed, 0 failed$'
ok 'one with two sides' packages twosided-test
unlike 'a kernel that is there is used' "$(cat "$SCRATCH/.tap.out")" 'first the board'
like 'passes, too' "$(row twosided)" 'ok, 3 tests$'
fails 1 'what it had running here has ended' pgrep -f "$EXT/package/twosided/test-host.sh"

pkg wrong 'true' <<'END'
is 'this' a b
ok 'that' true
END
pkg early 'true' <<'END'
ok 'before' true
exit 0
END
pkg empty 'true' </dev/null
pkg broken 'false' <<'END'
ok 'never' true
END
pkg deadly 'true' <<'END'
ok 'before' true
echo c >/proc/sysrq-trigger
sleep 5
END
fails 2 'several that fail' packages check-packages P='broken deadly early empty fine wrong'
like 'one does not build' "$(row broken)" 'FAILED: does not build$'
like 'one takes the guest down' "$(row deadly)" 'FAILED: the guest ended in the middle of it$'
like 'one ends early' "$(row early)" 'FAILED: ended early, after 1 tests'
like 'one tests nothing' "$(row empty)" 'FAILED: exit 0, 0 tests$'
like 'one passes all the same, in a second guest' "$(row fine)" 'ok, 4 tests$'
like 'one has a test that fails' "$(row wrong)" 'FAILED: 1 of 2$'
said 'which is shown' '^not ok 1 - this$'
said 'the kernel is quoted' 'sysrq triggered crash'
said 'and the sum' '^1 passed, 5 failed$'

pkg absent 'true' <<'END'
ok 'never' true
END
sed 's/^\tbool.*/&\n\tdepends on ARCH_STATIC/' "$EXT/package/absent/Kconfig" >"$EXT/Kconfig.new"
mv "$EXT/Kconfig.new" "$EXT/package/absent/Kconfig"
fails 2 'two boards, one of which there is not' packages check-packages BOARDS='qemu-x86_64 qemu-nowhere' P='absent fine'
said 'it is named' "there is no board qemu-nowhere: 'make list-defconfigs' lists them"
like 'a package that the board cannot have' "$(row absent | head -n 1)" 'absent - - 0 KiB - its Kconfig excludes this board$'
said 'is no failure' '^1 passed, 0 failed$'
like 'and the table of boards says so' "$(row absent | tail -n 1)" '^absent - *$'
like 'of the other one it has the tests' "$(row fine | tail -n 1)" '^fine 4 *$'
said 'in columns' '^PACKAGE  *qemu-x86_64  *qemu-nowhere$'
fails 2 'nothing but that' packages absent-test
said 'is told' 'the board qemu-x86_64 cannot have absent: see package/\*/Kconfig'
fails 2 'a package that there is not' packages nothing-test
said 'is told' 'there is no package nothing in: package '
rm "$EXT/package/wrong/test.sh"
fails 2 'one without a test' packages wrong-test
said 'is told where it would be' 'package wrong has no test: write .*/package/wrong/test.sh'
done_testing
