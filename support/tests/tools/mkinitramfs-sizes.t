#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# mkinitramfs --sizes: what each has of an image. The sums are what the files really are, and a share
# is what the image is longer by.
# shellcheck disable=SC2016 # awk programs stand in single quotes
set -eu
# shellcheck source=support/tests/mkinitramfs.sh
. support/tests/mkinitramfs.sh

# noise BYTES SEED: that cannot be compressed, always the same.
noise() {
	head -c "$1" /dev/zero | openssl enc -aes-128-ctr -K "$2" -iv 0 2>/dev/null
}
mkdir -p noise/usr/bin text/usr/share small/bin 'odd/usr/a b'
noise 150000 1 >noise/usr/bin/one
noise 50000 2 >noise/usr/bin/two
seq 1 40000 >text/usr/share/numbers
ln -s numbers text/usr/share/link
i=0
while [ $i -lt 40 ]; do
	i=$((i + 1))
	ln -s tool small/bin/$i
done
noise 3000 3 >small/bin/tool
ln small/bin/tool small/bin/hard
echo x >'odd/usr/a b/c"d'
all='--layer noise=noise --layer text=text --layer small=small --layer odd=odd'

# cell ROW COLUMN [OPTION...]: of the table of image.
cell() {
	cell_row=$1 cell_column=$2
	shift 2
	"$mki" --sizes "$@" image | awk -v r="$cell_row" -v c="$cell_column" '$(c > 3 || NF > 4 ? 1 : NF) == r { print $c }'
}
size() {
	wc -c <"$1" | tr -d ' '
}
# sum COLUMN LINE...: of all lines but the head and the total.
sum() {
	awk -v c="$1" 'NR > 1 { if (last) s += last; last = $c } END { print s }'
}

for how in none gzip bzip2 xz zstd lz4; do
	# shellcheck disable=SC2086 # words
	"$mki" -o image -m rootfs.manifest --compress $how --plain plain $all
	is "$how: the total is the file" "$(cell total 4)" "$(size image)"
	is "$how: and what it unpacks to" "$(cell total 3)" "$(size plain)"
	is "$how: the rows add up to it" "$("$mki" --sizes image | sum 4)" "$(size image)"
	is "$how: likewise unpacked" "$("$mki" --sizes image | sum 3)" "$(size plain)"
	is "$how: by file" "$("$mki" --sizes --files image | sum 2)" "$(size image)"
	is "$how: a package is the sum of its files" "$("$mki" --sizes --of noise image | sum 2)" "$(cell noise 4)"
done

# shellcheck disable=SC2086
"$mki" -o image -m rootfs.manifest --compress gzip $all
is 'files are counted, directories not' "$(cell small 2) $(cell noise 2) $(cell text 2)" '42 2 2'
is 'the largest comes first' "$("$mki" --sizes image | sed -n '2s/ .*//p')" noise
like 'a part in a hundred' "$(cell noise 5)" '^6[0-9]\.[0-9]$'
# What is left when one of them is left out: blocks of the compressed data then have other limits, so not to the byte.
for p in noise text small odd; do
	# shellcheck disable=SC2046
	"$mki" -o without --compress gzip $(for q in noise text small odd; do [ $q = $p ] || echo "--layer $q=$q"; done)
	real=$(($(size image) - $(size without)))
	share=$(cell $p 4)
	ok "$p: its share, $share, is what it adds, $real" test "$share" -ge $((real - real / 50 - 1024)) -a "$share" -le $((real + real / 50 + 1024))
done
is 'of one, by file: those that it brought' "$("$mki" --sizes --of text image | awk '{ print $NF }' | sort | xargs)" \
	'/usr/share /usr/share/link /usr/share/numbers path total'
like 'a name with a blank is quoted' "$("$mki" --sizes --of odd image)" '  "/usr/a b/c\\"d"$'

# Several pieces, and one that is not ours in front.
# shellcheck disable=SC2086
"$mki" -o two -m rootfs.manifest --compress xz --apart noise $all
"$mki" -o front --layer x=odd
cat front two >image
is 'several pieces: the total is the file' "$(cell total 4)" "$(size image)"
is '... the rows add up to it' "$("$mki" --sizes image | sum 4)" "$(size image)"
rm rootfs.manifest
cp two image
is 'without a manifest it is by directory' "$("$mki" --sizes image | awk '{ print $1 }' | sort | xargs)" '(archive) /bin /usr package total'
"$mki" -o image --compress gzip --table empty=/dev/null
is 'an empty image' "$("$mki" --sizes image | awk '{ print $1 }' | xargs)" 'package (archive) total'
is '... has its size' "$(cell total 4)" "$(size image)"

fails 1 'a package that brought nothing' "$mki" --sizes --of nobody image
said 'is told' "^mkinitramfs: image: nothing in it is from 'nobody'; there is something from "
fails 1 'one that is misspelt' "$mki" --sizes --of /bni two
said 'the one that was meant is told' "nothing in it is from '/bni': did you mean '/bin'?"
fails 1 'a file that is cut off' sh -c "head -c 300 two >cut && '$mki' --sizes cut"
said 'is told' '^mkinitramfs: cut: xz data at offset 0: '
fails 1 'a file that is not there' "$mki" --sizes none
fails 2 'two files' "$mki" --sizes one two
fails 2 '--of alone' "$mki" --list --of x image
said 'is told' 'files and --of go with --sizes'
done_testing
