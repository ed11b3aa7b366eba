#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a guest and its host have of each other while it runs: directories, the network, further
# shells, and the record of how it ended; with each init.
# shellcheck disable=SC2016 # text for the guest's shell stands in single quotes
set -u
# shellcheck source=support/tests/guest.sh
. support/tests/guest.sh
cd "$SCRATCH" || exit 1

# Directories of the host, by each way: a virtiofsd that does not work is as good as none.
mkdir src work 'a dir' src/sub bin
echo 'from the host' >src/file
printf '#!/bin/sh\nexit 1\n' >bin/virtiofsd
chmod 755 bin/virtiofsd
path=$PATH
# directories TYPE
directories() {
	rm -rf work/dir
	boot --share src --share work:/data/w:rw --share "a dir:/mnt/it's" -- '
		cat /mnt/src/file
		echo no >/mnt/src/new || echo cannot write
		mount -o remount,rw /mnt/src
		{ echo no >/mnt/src/new || mkdir /mnt/src/sub/new; } 2>/dev/null || echo nor here
		echo "from the guest" >/data/w/new && mkdir /data/w/dir && mv /data/w/new /data/w/dir
		[ -d "/mnt/it'\''s" ] && grep -c "^whittle[0-9] .* '"$1"' " /proc/mounts'
	ends 0 "directories by $1"
	is 'can be read, and written if so wanted' "$out" 'from the host
cannot write
nor here
3'
	is 'what the guest wrote is there' "$(cat work/dir/new)" 'from the guest'
	is 'what it must not write is not' "$(find src | sort | paste -s -d ' ' -)" 'src src/file src/sub'
	# What the guest's root makes there must lend nobody the rights of whoever runs this.
	rm -rf made
	mkdir -m 755 made
	boot --share made:/w:rw -- '
		cd /w && umask 022
		echo data >file && chmod 4755 file; chmod 2755 file; chmod 6711 file; chmod 640 file
		cp /bin/busybox set-id && chmod u+s,g+s set-id
		install -m 4755 file installed; mkdir set-gid && chmod g+s set-gid
		mknod null c 1 3; mknod loop b 7 0; ln -s file link; mkdir -m 1777 dir; chmod 750 dir'
	is "no set-id file and no device comes from the guest, by $1" \
		"$(find made -perm /6000 -print -o -type b -print -o -type c -print)" ''
	like 'which is told there' "$err" 'set-id: Operation not permitted'
	is 'all else does, as it is' "$(cd made && stat -c '%A %n' dir file link)" 'drwxr-x--- dir
-rw-r----- file
lrwxrwxrwx link'
	chmod 2775 made
	boot --share made:/w:rw -- 'mkdir /w/inside && echo made'
	is 'a directory in a set-gid one' "$out $(stat -c %a made/inside)" 'made 2755'
	like 'is told of' "$err" "^runqemu: $SCRATCH/made is a set-gid directory: the guest can make set-gid files in it"
	boot --machine q35 --share src -- 'cat /mnt/src/file; grep -o "^whittle0 /mnt/src '"$1"' " /proc/mounts'
	is "on q35, by $1" "$out" "from the host
whittle0 /mnt/src $1 "
}
PATH=$PWD/bin:$path
directories 9p
PATH=$path
if ! grep -q '^CONFIG_VIRTIO_FS=y' "$images/kernel.config"; then
	skip 'directories by virtiofs' 'the kernel has no CONFIG_VIRTIO_FS'
elif ! PATH=$PATH:/usr/libexec:/usr/lib/qemu command -v virtiofsd >/dev/null || [ "$(id -u)" != 0 ]; then
	skip 'directories by virtiofs' 'there is no virtiofsd, or the test is not run by root'
else
	directories virtiofs
	mount | sort >before
	boot --share src --share work:/w:rw -- 'cd /w; for n in $(seq 200); do echo $n >$n; done; cat $(seq 200) | cksum'
	is 'many files' "$out $(cd work && seq 200 | xargs cat | cksum)" "$(seq 200 | cksum) $(seq 200 | cksum)"
	is 'no mount is left on the host' "$(mount | sort)" "$(cat before)"
	boot --share src --timeout 4 -- 'sleep 60'
	ends 124 'a guest that hangs'
	boot --share src --json json -- 'echo c >/proc/sysrq-trigger; sleep 60'
	ends 122 'and one that panics'
	tries=0
	while pgrep -f "virtiofsd .*source=$SCRATCH" >left && [ $tries -lt 50 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
	is 'no virtiofsd is left' "$(cat left)" ''
	boot --verbose --share work:/w:rw -- true
	unlike 'nothing goes by 9p' "$err" 'virtio-9p'
fi
boot --share src:/proc -- true
is 'a mount point can be anything' "$status$err" 0
boot --share src:/dev/null/x -- 'echo goes on'
is 'a mount that fails is told' "$out" 'goes on'
like 'on standard error' "$err" '^runqemu: cannot mount a directory of the host on /dev/null/x'
rdinit=$("$TOOLBIN/runqemu" --accel tcg --images "$images" --share src -- 'cat /mnt/src/file; echo $PPID' 2>err)
is 'with another init' "$rdinit" 'from the host
1'

# ended NAME: let that guest end; it may do so before it tells that it heard
ended() {
	"$TOOLBIN/runqemu" --attach "run/$1" -- 'touch /tmp/end' 2>/dev/null
}

# The network.
boot --net -- 'ip -4 addr show dev eth0 | grep -ow "inet [0-9.]*"; ip route | grep -o "default via [0-9.]*"'
is 'a command that asks for a network finds its address' "$out" 'inet 10.0.2.15
default via 10.0.2.2'
if command -v curl >/dev/null; then
	free_port
	web=$port
	free_port
	background web --port "$web:80" --port "$port:8080" --share src \
		-- 'httpd -h /mnt/src -p 80; httpd -h /etc -p 8080; while [ ! -e /tmp/end ]; do sleep 0.1; done'
	# fetch URL: once somebody answers
	fetch() {
		tries=0
		until curl -fsS "$1" 2>/dev/null; do
			tries=$((tries + 1))
			[ $tries -lt 300 ] || return 1
			sleep 0.2
		done
	}
	is "the guest's server on a port of the host" "$(fetch "http://127.0.0.1:$web/file")" 'from the host'
	is 'another one' "$(fetch "http://127.0.0.1:$port/hostname")" "$(
		"$TOOLBIN/runqemu" --attach run/web -- 'cat /etc/hostname')"
	ended web
	finished web
	ends 0 'it ends'
else
	skip 'ports' 'there is no curl'
fi

# Further shells. attached COMMAND: run it in the guest that runs
attached() {
	status=0
	"$TOOLBIN/runqemu" --attach run/shell "$@" >out 2>err </dev/null || status=$?
	out=$(cat out)
	err=$(cat err)
}
background shell --json json -- 'while [ ! -e /tmp/end ]; do sleep 0.1; done'
attached -- true # when it is ready, nothing is said about waiting any more
attached -- 'echo out; echo err >&2; exit 5'
ends 5 'a command in a guest that runs'
is 'its output' "$out$err" outerr
attached -- 'seq 1 50000; seq 1 1000 >&2'
is 'much of it' "$(cksum <out) $(cksum <err)" "$(seq 1 50000 | cksum) $(seq 1 1000 | cksum)"
printf 'x=1\necho $((x + 1))\nexit 6' | "$TOOLBIN/runqemu" --attach run/shell >out
is 'a script from standard input' "$? $(cat out)" '6 2'
attached -- 'kill -9 $$'
ends 137 'a signal'
"$TOOLBIN/runqemu" --attach run/shell -- 'echo $$ >/tmp/pid; echo attached; exec sleep 1000' >attached &
attached=$!
until grep -qs attached attached || ! kill -0 "$attached" 2>/dev/null; do sleep 0.1; done
attached -- true
ends 125 'one at a time'
is 'the other is told' "$err" 'runqemu: no shell: another shell is attached to this guest'
kill "$attached"
wait "$attached" 2>/dev/null
attached -- 'pid=$(cat /tmp/pid 2>/dev/null || echo none); [ ! -e "/proc/$pid" ]'
ends 0 'what nobody waits for any more is ended'
if command -v script >/dev/null; then
	cat >keys <<-'END'
		echo "size $(stty size)"; [ -t 0 ] && echo "a terminal, $TERM"; trap 'echo interrupted' INT
		exit 3
	END
	script -qec "stty rows 33 cols 99; TERM=xterm '$TOOLBIN/runqemu' --attach run/shell; echo status=\$?" /dev/null <keys >typed
	tr -d '\r' <typed >typed.txt
	ok 'a shell on a terminal' grep -q 'size 33 99' typed.txt
	ok 'of the same kind' grep -q 'a terminal, xterm' typed.txt
	ok 'its status' grep -q 'status=3' typed.txt
else
	skip 'a shell on a terminal' 'there is no script'
fi
ended shell
finished shell
ends 0 'the guest ends'
attached -- true
ends 125 'no guest, no shell'
like 'is told' "$err" '^runqemu: no guest runs with run/shell: No such file'

# The record. field NAME: as it stands there
field() {
	sed -n "s/^[[:blank:]]*\"$1\":[[:blank:]]*\(.*[^,]\),\{0,1\}$/\1/p" json
}
is 'the record of a success' "$(field cause) $(field exit) $(field status)" '"ok" 0 0'
ok 'it tells when init was reached' test "$(field boot_ms)" -gt 0
boot --json json -- 'exit 9'
is 'of a failure' "$(field cause) $(field exit) $(field status)" '"command failed" 9 9'
boot --json json --log log -- 'echo c >/proc/sysrq-trigger; sleep 100'
is 'of a panic' "$(field cause) $(field detail) $(field exit)" '"panic" "sysrq triggered crash" 122'
ok 'the log has it' grep -q 'Kernel panic - not syncing: sysrq' log
boot --json json --timeout 8 -- 'sleep 100'
is 'of a command that hangs' "$(field cause) $(field exit) $(field status)" '"timeout" 124 null'
boot --json json --append rdinit=/nowhere -- true
is 'without init' "$(field cause) $(field exit) $(field boot_ms)" '"no init" 123 null'
boot --json json -- 'echo "<1>BUG: kernel NULL pointer dereference, address: 0" >/dev/kmsg; echo "<4>WARNING: CPU: 0" >/dev/kmsg'
ends 120 'a line of an oops fails the run'
is 'of an oops' "$(field cause) $(field status) $(field warnings)" '"oops" 0 1'
if grep -q '^CONFIG_LKDTM=y' "$images/kernel.config"; then
	provoke='mount -t debugfs debugfs /sys/kernel/debug; echo'
	boot --json json -- "$provoke EXCEPTION >/sys/kernel/debug/provoke-crash/DIRECT"
	ends 120 'a real oops'
	is 'of a real oops' "$(field cause) $(field panic)" '"oops" null'
	boot --json json --no-strict -- "$provoke WARNING >/sys/kernel/debug/provoke-crash/DIRECT"
	is 'of a real warning' "$(field cause) $(field warnings)" '"ok" 1'
else
	skip 'a real oops' 'the kernel has no CONFIG_LKDTM'
fi

# Each init of ours: a layer puts it into the image, over what that has.
# layer NAME: standard input is a table
layer() {
	cat >"$1.table"
	"$TOOLBIN/mkinitramfs" -o "$1.cpio" --compress gzip --make-parents --table "$1=$1.table" &&
		cat "$initramfs" "$1.cpio" >"$1.initramfs"
}
# serves NAME: that image has all of the above
serves() {
	background "$1" --initramfs "$1.initramfs" --share src --net \
		-- 'while [ ! -e /tmp/end ]; do sleep 0.1; done; readlink /proc/1/exe; ip -4 addr show dev eth0 | grep -ow "inet [0-9.]*"'
	is "$1: a further shell, a directory" "$("$TOOLBIN/runqemu" --attach "run/$1" -- 'cat /mnt/src/file')" 'from the host'
	ended "$1"
	finished "$1"
	ends 0 "$1: a command"
	like "$1: its own init" "$out" "$2"
	like "$1: the network" "$out" '^inet 10\.0\.2\.15'
}
skeleton=$TOP/support/skeleton
layer script <<END
tree / $skeleton/common
file /init $skeleton/script/init 0755 0 0
END
serves script /bin/busybox
boot -- 'busybox --list | grep -x init'
if [ "$out" = init ]; then
	layer busybox <<-END
		tree / $skeleton/common
		tree / $skeleton/busybox
		slink /init bin/busybox 0777 0 0
	END
	serves busybox /bin/busybox
else
	skip 'BusyBox init' 'the BusyBox of these images has none'
fi
if gcc -Os -static -o init "$TOP/package/init/src/init.c" 2>err; then
	layer c <<-END
		tree / $skeleton/common
		file /init $SCRATCH/init 0755 0 0
	END
	serves c /init
else
	skip 'the init in C' 'it cannot be linked statically here'
fi

done_testing
