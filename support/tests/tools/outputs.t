#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a tool is told to write to: a file is replaced, whole; a fifo, a device and an open descriptor
# are written to, and stay. All on nodes of its own: never on the machine's /dev.
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh
cd "$SCRATCH" || exit 1
umask 022

mkdir tree src
echo text >tree/f
tar -cf t.tar tree
echo CONFIG_A=y >base
: >bzImage

# The tools, each run as "write_NAME OUT"; its exit status is that of a success.
write_archive() { "$TOOLBIN/mkinitramfs" -o "$1" --layer l=tree; }
write_manifest() { "$TOOLBIN/mkinitramfs" -o other -m "$1" --layer l=tree; }
write_plain() { "$TOOLBIN/mkinitramfs" -o other --compress gzip --plain "$1" --kept kept --layer l=tree; }
write_both() { "$TOOLBIN/mkinitramfs" -o "$1" --compress gzip --plain other --layer l=tree; }
write_config() { "$TOOLBIN/kmerge" merge -o "$1" base; }
write_epoch() {
	rm -rf unpacked
	"$TOOLBIN/unpack" --unverified --epoch-file "$1" t.tar unpacked
}
write_record() {
	"$TOOLBIN/runqemu" --qemu no-such-qemu --kernel bzImage --json "$1" -- true 2>err
	# it fails, which is what the record tells
	[ $? = 125 ] && ! grep 'cannot write' err
}

# refused COMMAND...: 1 when it fails, however it does.
refused() {
	"$@" || return 1
}

node() { # what a path is, but for its size
	stat -c '%F %t:%T' "$1"
}

if mknod null c 1 3 2>/dev/null && mknod full c 1 7 && true >null; then
	devices=y
else
	devices=
	skip 'devices' 'only root can make device nodes to try on'
fi
mkfifo fifo
ln -s fifo link
for tool in archive manifest plain both config epoch record; do
	ok "$tool: a file" write_$tool file
	mv file want
	for name in fifo link; do
		timeout 60 cat fifo >got &
		reader=$!
		ok "$tool: a $name" write_$tool $name
		wait $reader
		is "$tool: has what a file would" "$(sed s/fifo/file/ got)" "$(sed s/fifo/file/ want)"
	done
	is "$tool: the fifo is one" "$(node fifo)" 'fifo 0:0'
	is "$tool: the link is one" "$(readlink link)" fifo
	exec 3>desc
	printf 'before\n' >&3
	ok "$tool: an open file" write_$tool /dev/fd/3
	printf 'after\n' >&3
	exec 3>&-
	is "$tool: goes on where that was" "$(head -c 7 desc; tail -c 6 desc)" 'before
after'
	is "$tool: with all of it" "$(tail -c +8 desc | head -c -6 | cksum)" "$(cksum <want)"
	ln -s nowhere dangling
	ok "$tool: a link to nothing" write_$tool dangling
	is "$tool: becomes the file" "$(cksum <dangling)" "$(cksum <want)"
	rm -f dangling
	[ "$devices" ] || continue
	ok "$tool: a device" write_$tool null
	is "$tool: stays" "$(node null)" 'character special file 1:3'
	fails 1 "$tool: one that cannot be written" refused write_$tool full
	is "$tool: stays" "$(node full)" 'character special file 1:7'
done
is 'nothing is left beside them' "$(find . -name '*.tmp*')" ''

# A directory takes the place of a directory, and of nothing else.
fails 1 'compose: a fifo' "$TOOLBIN/compose" fifo a=tree
said 'is named' '^compose: cannot replace fifo by fifo.whittle-new: Not a directory'
is 'and stays' "$(node fifo)" 'fifo 0:0'
echo text >file
fails 1 'compose: a file' "$TOOLBIN/compose" file a=tree
is 'stays' "$(cat file)" text
printf '>fifo\n|text\n' >bundle
fails 1 'write-scripts: a fifo' "$TOOLBIN/write-scripts" clock bundle
said 'is named' 'write-scripts: fifo is not a regular file: remove it, and run again'
is 'and stays' "$(node fifo)" 'fifo 0:0'

# Nobody reads: a run that waits for that can be ended.
rm -f err
"$TOOLBIN/runqemu" --qemu no-such-qemu --kernel bzImage --json fifo -- true 2>err &
pid=$!
until [ -s err ] || ! kill -0 $pid 2>/dev/null; do sleep 0.1; done
kill -TERM $pid
wait $pid
is 'a record that nobody reads does not hold it' $? 143
done_testing
