#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make fuzz: what it builds and runs; and the replay of a corpus without a fuzzer.
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

# A clang that compiles without a fuzzer, and links the replay in its place.
tools=${TOOLBIN%/bin}
cat >"$SCRATCH/clang" <<'END'
#!/bin/sh
for word; do
	shift
	case $word in
	-fsanitize=fuzzer) set -- "$@" "$FUZZ_MAIN" ;;
	-fsanitize=* | -fno-sanitize*) ;;
	*) set -- "$@" "$word" ;;
	esac
done
exec gcc "$@"
END
chmod +x "$SCRATCH/clang"
fuzz() {
	env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS FUZZ_MAIN="$SCRATCH/main.c" make O="$SCRATCH/o" TOOLDIR="$SCRATCH/tools" FUZZ_CC="$SCRATCH/clang" fuzz "$@"
}
cat >"$SCRATCH/main.c" <<'END'
#include <stdint.h>
#include <stdio.h>
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		printf("[%s]\n", argv[i]);
	fprintf(stderr, "stat::number_of_executed_units: 42\n");
	return LLVMFuzzerTestOneInput((const uint8_t *)"4K", 2) + 0;
}
END

ok 'one target' fuzz T=size SECONDS=7
said 'how much it did' "^  FUZZ *size: 42 executions, found nothing: $SCRATCH/tools/fuzz/size.log\$"
log=$(cat "$SCRATCH/tools/fuzz/size.log")
like 'for so many seconds' "$log" '^\[-max_total_time=7\]$'
like 'what it learns has a place' "$log" "^\\[$SCRATCH/tools/fuzz/corpus/size\\]\$"
like 'it begins with the seeds' "$log" "^\\[$TOP/support/fuzz/corpus/size\\]\$"
ok 'two' fuzz T='size keylist'
said 'the first' '^  FUZZ *size: 42 '
said 'the second' '^  FUZZ *keylist: 42 '
like 'for a minute' "$(cat "$SCRATCH/tools/fuzz/size.log")" '^\[-max_total_time=60\]$'
sed -i 's/ + 0;/ + 1;/' "$SCRATCH/main.c"
rm "$SCRATCH/tools/fuzz/size"
fails 2 'something is found' fuzz T='size keylist'
said 'it is told' '^  FUZZ *size: 42 executions, found something: '
said 'the report is shown' '^stat::number_of_executed_units: 42$'
said 'the others run all the same' '^  FUZZ *keylist: 42 executions, found nothing: '
fails 2 'a target that is not there' fuzz T=nonsense
said 'those that are there are named' 'there is no support/fuzz/nonsense.c; T is one or several of: .*keylist.* size'

# dies NAME COMMAND...: by abort().
dies() {
	name=$1
	shift
	fails 134 "$name" sh -c '"$@" && exit 0 || exit $?' sh "$@"
}

# The replay finds what a target does wrong.
for name in good bad; do
	mkdir -p "$SCRATCH/support/fuzz/corpus/$name"
	printf 'seed' >"$SCRATCH/support/fuzz/corpus/$name/seed"
done
cat >"$SCRATCH/target.c" <<'END'
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (memchr(data, BAD, size) && size != 4)
		abort();
	return 0;
}
END
for name in good=-1 bad="'('" none=-1; do
	gcc -D_GNU_SOURCE -Isupport/lib -DBAD="${name#*=}" -o "$SCRATCH/fuzz_${name%=*}" "$SCRATCH/target.c" support/tests/helpers/replay.c \
		"$tools/lib.a" -lcrypto
done
cd "$SCRATCH"
ok 'a target without a fault' ./fuzz_good
said 'has its seeds replayed' '^ok 1 - support/fuzz/corpus/good/seed$'
dies 'one with a fault in what mutations make' ./fuzz_bad
ok 'the seed alone' ./fuzz_bad support/fuzz/corpus/bad/seed
printf '((' >crash
dies 'what a fuzzer found' ./fuzz_bad crash
fails 1 'one without seeds' ./fuzz_none
said 'is told so' 'support/fuzz/corpus/none: it has no seed'
done_testing
