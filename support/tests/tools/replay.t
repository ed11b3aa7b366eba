#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# replay: which way a build goes, with a small tree that is built as kbuild builds one: the same
# makes, records and archives. The real one is in support/tests/full.
# shellcheck disable=SC2016 # text of makefiles
set -u
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

cd "$SCRATCH" || exit 1
replay=$TOOLBIN/replay
# as some have it; nothing is there
PATH="$PATH:$SCRATCH/a path"
src=$SCRATCH/src
b=$SCRATCH/b
mkdir -p "$src/kernel" "$src/init" "$src/lib" "$src/include" "$src/scripts" "$src/arch/x/kernel" "$src/arch/x/boot" "$src/arch/x/tools" \
	"$src/Documentation" \
	"$b/scripts/basic" "$b/include/config"

cat >"$src/Makefile" <<'END'
# As kbuild: this make starts one in the build directory, and that one those that do the work.
.PHONY: all vmlinux image
ifndef SECOND
image vmlinux:
	@$(MAKE) --no-print-directory -C $(O) -f $(CURDIR)/Makefile SECOND=y $@
else
export srctree := $(patsubst %/,%,$(dir $(abspath $(firstword $(MAKEFILE_LIST)))))
export CC := gcc
export AR := ar
export LD := ld
export NM := nm
export KBUILD_BUILD_VERSION := 1
export KBUILD_BUILD_TIMESTAMP := now
# as when a goal is to build modules
export KBUILD_MODULES := $(filter image,$(MAKECMDGOALS))
export SRCARCH := x
export KERNELVERSION := 6.12.1
vmlinux:
	@sh $(srctree)/scripts/setlocalversion >include/config/kernel.release
	@$(MAKE) -f $(srctree)/Makefile SECOND=y syncconfig
	@$(MAKE) -f $(srctree)/scripts/Makefile.build obj=arch/x/tools
	@$(MAKE) -f $(srctree)/scripts/Makefile.build obj=. prepare
	@$(MAKE) -f $(srctree)/scripts/Makefile.build obj=. need-builtin=1 need-modorder=1
	@rm -f vmlinux.a; ar cDPrST vmlinux.a ./built-in.a lib/lib.a
	@echo 'savedcmd_vmlinux.a := rm -f vmlinux.a; ar cDPrST vmlinux.a ./built-in.a lib/lib.a' >.vmlinux.a.cmd
	@$(MAKE) -f $(srctree)/scripts/Makefile.vmlinux_o
	@$(MAKE) -f $(srctree)/scripts/Makefile.modpost
	@LDFLAGS_vmlinux='-x "$$5"' $(MAKE) -f $(srctree)/scripts/Makefile.vmlinux
	@$(MAKE) -f $(srctree)/scripts/Makefile.modfinal
syncconfig: ; @:
image: vmlinux
	@$(MAKE) -f $(srctree)/scripts/Makefile.build obj=arch/x/boot arch/x/boot/image
$(ODD):
	@$(MAKE) -f $(srctree)/scripts/Makefile.odd
endif
END
cat >"$src/scripts/Makefile.build" <<'END'
objects := kernel/fork.o kernel/exit.o lib/sort.o lib/image.o lib/help.o lib/m1.o lib/m2.o
ifeq ($(obj),arch/x/boot)
arch/x/boot/image: FORCE
	@mkdir -p arch/x/boot; cat vmlinux $(srctree)/arch/x/boot/head.S >$@; echo '  BUILD   $@'
else ifeq ($(obj),init)
init/version-timestamp.o: $(srctree)/init/version-timestamp.c
	@mkdir -p init; $(call compile,-c,$<)
-include init/.version-timestamp.o.cmd
else ifeq ($(obj),arch/x/tools)
arch/x/tools/relocs.o: FORCE
	@mkdir -p $(@D); $(call compile,-c,$(srctree)/$(@:.o=.c))
else ifeq ($(MAKECMDGOALS),prepare)
prepare: kernel/bounds.s
kernel/bounds.s: FORCE
	@mkdir -p kernel; $(call compile,-S,$(srctree)/kernel/bounds.c)
else
ifeq ($(obj),.)
all: built-in.a modules.order
modules.order: built-in.a
	@if test ! -e $@ -o lib/modules.order -nt $@; then cat lib/modules.order >$@; echo '  ORDER   $@'; fi
	@echo 'savedcmd_$@ := {   cat lib/modules.order; :; } > $@' >.$@.cmd
built-in.a: kernel/built-in.a lib/built-in.a arch/x/kernel/vmlinux.lds
	@rm -f $@; ar cDPrST $@ kernel/built-in.a lib/built-in.a
	@echo 'savedcmd_$@ := rm -f $@;  printf "./%s " kernel/built-in.a lib/built-in.a | xargs ar cDPrST $@' >.$@.cmd
kernel/built-in.a lib/built-in.a arch/x/kernel/vmlinux.lds: FORCE
	@$(MAKE) -f $(srctree)/scripts/Makefile.build obj=$(firstword $(subst /, ,$@)) need-builtin=1 need-modorder=1
else ifeq ($(obj),lib)
all: lib/built-in.a lib/lib.a lib/modules.order
lib/lib.a: lib/help.o FORCE
	@rm -f $@; ar cDPrsT $@ lib/help.o; echo 'savedcmd_$@ := rm -f $@; ar cDPrsT $@ lib/help.o' >lib/.lib.a.cmd
lib/modules.order: lib/mod.o
	@{   echo lib/mod.o; :; } > $@; echo 'savedcmd_$@ := {   echo lib/mod.o; :; } > $@' >lib/.modules.order.cmd
lib/built-in.a: lib/sort.o lib/other.o lib/mod.o FORCE
	@rm -f $@; ar cDPrST $@ lib/sort.o lib/other.o
	@echo 'savedcmd_$@ := rm -f $@;  printf "lib/%s " sort.o other.o | xargs ar cDPrST $@' >lib/.built-in.a.cmd
# as a vDSO: an object, what is made of it, and an object of that
lib/other.o: lib/image.o FORCE
	@printf '.incbin "lib/image.bin"\n' >lib/other.S
	@echo '  IMAGE   $@'; cp lib/image.o lib/image.bin && $(CC) -c -o $@ lib/other.S
	@echo 'savedcmd_lib/image.bin := objcopy lib/image.o lib/image.bin' >lib/.image.bin.cmd
lib/mod.o: lib/m1.o lib/m2.o
	@printf '%s\n' lib/m1.o lib/m2.o >lib/mod.mod; echo 'savedcmd_lib/mod.mod := echo lib/m1.o lib/m2.o > lib/mod.mod' >lib/.mod.mod.cmd
	@ld -r -o $@ @lib/mod.mod; echo 'savedcmd_$@ := ld -r -o $@ @lib/mod.mod' >lib/.mod.o.cmd
else ifeq ($(obj),kernel)
kernel/built-in.a: kernel/fork.o kernel/exit.o FORCE
	@rm -f $@; ar cDPrST $@ kernel/fork.o kernel/exit.o
	@echo 'savedcmd_$@ := rm -f $@;  printf "kernel/%s " fork.o exit.o | xargs ar cDPrST $@' >kernel/.built-in.a.cmd
else
arch/x/kernel/vmlinux.lds: FORCE
	@mkdir -p arch/x/kernel; $(call compile,-E -x assembler-with-cpp,$(srctree)/arch/x/kernel/vmlinux.lds.S)
endif
kernel/table.h: FORCE
	@mkdir -p kernel; sort $(srctree)/kernel/table.txt >$@; echo 'savedcmd_$@ := sort $(srctree)/kernel/table.txt >$@' >kernel/.table.h.cmd
$(objects): kernel/table.h FORCE
	@mkdir -p $(@D); $(call compile,-c,$(srctree)/$(@:.o=.c))
endif
include $(srctree)/scripts/Makefile.compile
FORCE:
END
for part in vmlinux_o modpost vmlinux; do
	echo 'include $(srctree)/scripts/Makefile.last' >"$src/scripts/Makefile.$part"
done
cat >"$src/scripts/Makefile.modfinal" <<'END'
all: lib/mod.ko
lib/mod.ko: lib/mod.o
	@ld -r -o $@ lib/mod.o; echo 'savedcmd_$@ := ld -r -o $@ lib/mod.o' >lib/.mod.ko.cmd; echo '  LD [M]  $@'
END
cat >"$src/scripts/Makefile.last" <<'END'
# By dates, as kbuild's: what is linked, then what modpost makes of it, then the kernel.
symvers := $(if $(KBUILD_MODULES),Module.symvers,vmlinux.symvers)
ifneq ($(filter %.vmlinux_o,$(MAKEFILE_LIST)),)
all: vmlinux.o
vmlinux.o: vmlinux.a
	@set -e; test ! -e $(srctree)/../break; test ! -e $(srctree)/../slow || sleep 60; ld -r -o $@ --whole-archive vmlinux.a; echo '  LD      $@'
else ifneq ($(filter %.modpost,$(MAKEFILE_LIST)),)
all: $(symvers)
$(symvers): vmlinux.o modules.order
	@nm vmlinux.o >$@; echo '  MODPOST $@'
	@test -e .vmlinux.export.c || printf '#include "export.h"\nint export = EXPORT;\n' >.vmlinux.export.c
else
all: vmlinux
vmlinux: vmlinux.o arch/x/kernel/vmlinux.lds .vmlinux.export.o
	@$(MAKE) -f $(srctree)/scripts/Makefile.build obj=init init/version-timestamp.o
	@cat vmlinux.o arch/x/kernel/vmlinux.lds init/version-timestamp.o .vmlinux.export.o >vmlinux
	@printf '\n%s\n' "$$LDFLAGS_vmlinux" >>vmlinux; nm vmlinux.o >System.map; echo '  LD      vmlinux'
.vmlinux.export.o: .vmlinux.export.c
	@$(call compile,-c,$<)
include $(srctree)/scripts/Makefile.compile
-include ..vmlinux.export.o.cmd
endif
END
cat >"$src/scripts/Makefile.compile" <<'END'
command = $(CC) -Wp,-MMD,$(dot).d -I$(srctree)/include -I. -DDOLLAR='"$$$$"' $1 -o $@ $2
dot = $(patsubst ./%,%,$(@D)/.$(@F))
compile = echo '  CC      $@'; $(command) && scripts/basic/fixdep $(dot).d $@ '$(subst ','\'',$(subst $$,$$$$,$(command)))' \
	>$(dot).cmd && rm -f $(dot).d
END
cat >"$b/scripts/basic/fixdep" <<'END'
#!/bin/sh
# fixdep LIST TARGET COMMAND, as kbuild's
set -- "$1" "$2" "$3" $(sed -e 's/^[^:]*://' -e 's/\\$//' "$1")
target=$2
# the make that runs this command is not told, but who started it
test ! -e "${0%/*}/../../../term" || kill -TERM $(ps -o ppid= $(ps -o ppid= $PPID))
printf 'savedcmd_%s := %s\n\nsource_%s := %s\n\ndeps_%s := \\\n' "$target" "$3" "$target" "$4" "$target"
shift 4
for dep; do
	printf '  %s \\\n' "$dep"
done
printf '\n%s: $(deps_%s)\n\n$(deps_%s):\n' "$target" "$target" "$target"
END
chmod +x "$b/scripts/basic/fixdep"
echo 'echo "$KERNELVERSION$(cat '"$SCRATCH"'/local)"' >"$src/scripts/setlocalversion"
: >"$SCRATCH/local"
: >"$b/include/config/auto.conf"
printf '#include "one.h"\nint fork(void) { return ONE; }\nconst char *dollar = DOLLAR;\n' >"$src/kernel/fork.c"
printf 'int leave(void) { return 2; }\n' >"$src/kernel/exit.c"
printf '#include "one.h"\n#include "../lib/two.h"\nint sort(void) { return ONE; }\n' >"$src/lib/sort.c"
printf '#include "image.h"\nint image(void) { return IMAGE; }\n' >"$src/lib/image.c"
echo '#define IMAGE 1' >"$src/lib/image.h"
printf '#include "oid.h"\nint mod1(void) { return 1; }\n' >"$src/lib/m1.c"
echo 'int mod2(void) { return 2; }' >"$src/lib/m2.c"
: >"$src/lib/oid.h"
printf '# sort.c\nlib/data.c: $(srctree)/lib/oid.h lib/%%_more.h\n' >"$src/lib/Makefile"
echo 'int relocs(void) { return 3; }' >"$src/arch/x/tools/relocs.c"
printf '#define ONE 1\n' >"$src/include/one.h"
printf '#include "uts.h"\nconst char *uts = UTS;\n' >"$src/init/version-timestamp.c"
echo '#define UTS "one"' >"$src/include/uts.h"
echo '#define EXPORT 1' >"$src/include/export.h"
echo 'int help(void) { return 4; }' >"$src/lib/help.c"
: >"$src/lib/two.h"
printf '#include "one.h"\nint bounds(void)\n{\n\tasm volatile("\\n.ascii \\"->ONE %%0\\"" : : "i" (ONE));\n\treturn 0;\n}\n' >"$src/kernel/bounds.c"
printf '#include "one.h"\nSECTIONS { }\n' >"$src/arch/x/kernel/vmlinux.lds.S"
: >"$src/arch/x/boot/head.S"
: >"$src/kernel/unused.c"
echo 1 >"$src/kernel/table.txt"
echo text >"$src/Documentation/text"
# Dates of before, and none like those of edits.
find "$src" "$b" -exec touch -d '1 hour ago' {} +

goal=image
built() {
	env -u MAKEFLAGS -u MAKELEVEL "$replay" --src "$src" --build "$b" --versions '6.1 6.12' -- make -C "$src" O="$b" "$goal"
}
# way TEXT NAME: the build succeeds, and goes that way.
way() {
	ok "$2" built
	said "$2: $1" "^  $1"
}
edit() {
	printf '%s\n' "$2" >>"$src/$1"
}
compiled() {
	sed -n 's/^  \(CC\|LDS\)  *//p' "$SCRATCH/.tap.out" | LC_ALL=C sort | paste -s -d ' ' -
}
explained() {
	"$replay" --explain --src "$src" --build "$b" --versions '6.1 6.12'
}

ok '--help' "$replay" --help
said '--help says how' '^usage: replay --src DIR'
fails 2 'no command' "$replay" --src "$src" --build "$b"
said 'is named' 'expected a COMMAND'
fails 2 'no directory' "$replay" --build "$b" -- true
said 'is named, too' 'expected --src DIR'

way 'KBUILD  because no build by kbuild is recorded here' 'the first build'
way 'REPLAY  nothing to do' 'nothing edited'
like 'is explained' "$(explained)" '^by replay: 0 files to compile$'
edit kernel/fork.c 'int added;'
like 'an edit is explained' "$(explained)" '^by replay: 1 file to compile$'
way 'REPLAY  1 to compile, 2 archives' 'an edit'
is 'that file alone is compiled' "$(compiled)" kernel/fork.o
like 'it is in the map' "$(cat "$b/System.map")" ' added$'
is 'the last make has its own environment' "$(tail -n 1 "$b/vmlinux")" '-x "$5"'
ok 'the image has it' grep -q added "$b/arch/x/boot/image"
like 'the record has the command as it was' "$(cat "$b/kernel/.fork.o.cmd")" "DDOLLAR='\"\\$\\$\\$\\$\"'\\|DDOLLAR='\"\\$\\$\"'"
way 'REPLAY  nothing to do' 'after it'
edit include/one.h '#define MORE'
way 'REPLAY  4 to compile, 3 archives' 'a header'
is 'those that include it are compiled' "$(compiled)" 'arch/x/kernel/vmlinux.lds kernel/bounds.s kernel/fork.o lib/sort.o'
edit include/one.h '#undef ONE'
edit include/one.h '#define ONE 3'
way 'REPLAY' 'a constant in it'
said 'goes to kbuild once it is known that a generated header changes' '^  KBUILD  because headers that are generated of kernel/bounds.s change'
edit lib/two.h '/* */'
way 'REPLAY  1 to compile, 2 archives' 'a header by a path with ..'
edit lib/image.h '#undef IMAGE'
edit lib/image.h '#define IMAGE 7'
way 'REPLAY  0 to compile, 2 archives' 'what is not in an archive itself'
said 'is left to the make of its directory' '^  IMAGE   lib/other.o'
edit arch/x/kernel/vmlinux.lds.S '/* */'
way 'REPLAY  1 to compile, 0 archives' "the linker's script"
edit kernel/unused.c '/* */'
edit Documentation/text more
way 'REPLAY  nothing to do' 'files that nothing is made of'
edit lib/m2.c 'int mod3;'
way 'REPLAY  1 to compile, 3 archives' 'a part of a module'
said 'links the module' '^  LD \[M\]  lib/mod.ko'
is 'and no archive' "$(grep -c '^  AR ' "$SCRATCH/.tap.out")" 0
ok 'its lists are not older, for modpost' test ! "$b/lib/mod.o" -nt "$b/lib/modules.order" -a ! "$b/lib/modules.order" -nt "$b/modules.order"
is 'and name it as before' "$(cat "$b/modules.order")" lib/mod.o
like 'which has it' "$(nm "$b/lib/mod.ko")" ' mod3$'
cp "$b/lib/m1.o" "$b/lib/former.o"
for name in former.o former.ko; do
	sed "s,lib/m1,lib/former,g" "$b/lib/.m1.o.cmd" >"$b/lib/.$name.cmd"
done
echo 'savedcmd_lib/former.ko := ld -r -o lib/former.ko lib/former.o' >"$b/lib/.former.ko.cmd"
rm -f "$b/lib/former.o" "$b/.replay/state"
way 'KBUILD' 'a module that is built no longer, and has records'
edit lib/m1.c 'int mod4;'
way 'REPLAY  1 to compile' 'an edit of a source that it had'
ok 'does not make it' test ! -e "$b/lib/former.o"
edit lib/oid.h '/* */'
way 'KBUILD  because lib/oid.h changed, and a makefile names it' 'a header that there may be a rule for'
edit arch/x/tools/relocs.c '/* */'
way 'KBUILD  because arch/x/tools/relocs.o is made of arch/x/tools/relocs.c' 'what is made before the descent'
rm "$b/arch/x/boot/image"
way 'REPLAY  0 to compile, 0 archives' 'an image that is gone'
ok 'is made again' test -s "$b/arch/x/boot/image"
printf '#include "../Documentation/text"\n' >>"$src/kernel/exit.c"
echo '/* */' >"$src/Documentation/text"
way 'REPLAY  1 to compile' 'a file of the documentation that is included'
edit Documentation/text '/* more */'
way 'KBUILD  because kernel/exit.o is made of Documentation/text' 'is not overlooked'
edit kernel/table.txt 2
way 'KBUILD  because kernel/table.txt changed' 'what a command reads'
edit Makefile '#'
way 'KBUILD  because Makefile changed' 'a makefile'
echo >"$src/include/new.h"
way 'KBUILD  because include/new.h is new' 'a new file'
echo >"$src/kernel/fork.c~"
way 'REPLAY  nothing to do' 'the leftover of an editor'
rm "$src/include/new.h"
way 'KBUILD  because include/new.h is gone' 'a file less'
touch -d '2 hours ago' "$src/kernel/fork.c"
way 'KBUILD  because kernel/fork.c changed, but has the date of before the last build' 'a date of before'
ln -s ../lib/two.h "$src/include/link.h"
way 'KBUILD  because include/link.h is new' 'a link'
edit lib/two.h '/* */'
way 'KBUILD  because lib/two.h changed, which include/link.h leads to' 'an edit of where it leads'
ln -sf "$SCRATCH/local" "$src/include/link.h"
way 'KBUILD  because include/link.h, which is no plain file, changed' 'a link elsewhere'
edit kernel/exit.c '/* */'
way 'KBUILD  because include/link.h leads out of the sources' 'an edit with such a link'
rm "$src/include/link.h"
way 'KBUILD  because include/link.h is gone' 'without it'
echo -next >"$SCRATCH/local"
way "KBUILD  because the kernel's release is another one" 'another release'
rm "$b/kernel/exit.o"
way "KBUILD  because $b/kernel/exit.o was changed by another program" 'a file of the build directory that is gone'
echo 'CONFIG_MODVERSIONS=y' >"$b/include/config/auto.conf"
way 'KBUILD  because the kernel has CONFIG_MODVERSIONS' 'an option that is not known'
echo 'CONFIG_EXTRA_FIRMWARE="a.bin"' >"$b/include/config/auto.conf"
built >/dev/null
way 'KBUILD  because the kernel has CONFIG_EXTRA_FIRMWARE, files that are built in' 'files of this machine'
: >"$b/include/config/auto.conf"
way 'KBUILD' 'none'
ok 'another environment' env OTHER=1 "$replay" --src "$src" --build "$b" --versions 6.12 -- make -C "$src" O="$b" image
said 'is kbuild'\''s' '^  KBUILD  because the environment of the build is another one'
way 'KBUILD  because the environment' 'and back'
ok "another option" env "$replay" --src "$src" --build "$b" --versions 6.12 -- make -C "$src" O="$b" OPTION=1 image
said "is one, too" "^  KBUILD  because the environment of the build is another one"
way "KBUILD  because the environment" "and back"
fails 0 'a series that is not proven' env "$replay" --src "$src" --build "$b" --explain --versions '6.1 6.120'
said 'is told' 'because replay is not proven with Linux 6.12.1 on this architecture'

goal=vmlinux
way 'KBUILD  because these goals were not built here before' 'other goals'
edit kernel/exit.c 'int third;'
way 'REPLAY  1 to compile, 2 archives' 'an edit for them'
goal=image
way 'REPLAY  0 to compile, 0 archives' 'the first ones, which are known'
ok 'have the edit' grep -q third "$b/arch/x/boot/image"

# unlinked NAME: nothing was linked.
unlinked() { is "$1" "$(grep -c '^  LD ' "$SCRATCH/.tap.out")" 0; }
edit kernel/exit.c '/* */'
way 'REPLAY  1 to compile, 2 archives' 'an edit that changes no object'
unlinked 'links nothing'
edit kernel/exit.c '/* */'
edit include/uts.h '#undef UTS'
edit include/uts.h '#define UTS "two"'
way 'REPLAY  1 to compile' 'with one of what only the last link compiles'
ok 'is linked' grep -q two "$b/vmlinux"
edit include/uts.h '#undef UTS'
edit include/uts.h '#define UTS "three"'
way 'REPLAY  0 to compile' 'that alone'
unlinked 'links nothing, as with kbuild'
edit kernel/exit.c '/* */'
way 'REPLAY  1 to compile' 'and then an edit that changes no object'
ok 'links what kbuild would' grep -q three "$b/vmlinux"
edit kernel/exit.c '/* */'
edit include/export.h '#undef EXPORT'
edit include/export.h '#define EXPORT 0x41424344'
way 'REPLAY  1 to compile' 'what modpost made is compiled anew, with it'
ok 'and is linked' grep -q DCBA "$b/vmlinux"
edit lib/help.c 'int helped;'
way 'REPLAY  1 to compile, 1 archives' 'an archive with an index'
ok 'is not newer than what is made of it' test ! "$b/lib/lib.a" -nt "$b/vmlinux.a" -a ! "$b/vmlinux.a" -nt "$b/vmlinux"
goal=vmlinux
edit kernel/exit.c 'int exported;'
way 'REPLAY  1 to compile' 'an edit for goals without modules'
edit kernel/exit.c '/* */'
way 'REPLAY  1 to compile' 'and one that changes no object'
unlinked 'link nothing'
goal=image
way 'REPLAY  0 to compile' 'goals with modules'
ok 'get the lists that they alone have' grep -q exported "$b/Module.symvers"

# What a run that did not end has compiled is linked by the next one, although it compiles the same again.
edit kernel/exit.c 'int left2;'
touch "$SCRATCH/slow"
fails 143 'a build that is ended in the link' timeout --preserve-status 5 env -u MAKEFLAGS -u MAKELEVEL "$replay" \
	--src "$src" --build "$b" --versions '6.1 6.12' -- make -C "$src" O="$b" image
said 'has begun' 'CC      kernel/exit.o'
rm "$SCRATCH/slow"
edit kernel/exit.c '/* */'
way 'REPLAY  1 to compile' 'the next one'
ok 'links its edit' grep -q left2 "$b/System.map"

cp "$src/kernel/fork.c" "$SCRATCH/whole"
edit kernel/fork.c 'int broken(void) { return nothing; }'
edit lib/sort.c 'int fine;'
fails 2 'broken code' built
said 'is told by the compiler' 'kernel/fork.c:.*nothing'
cp "$SCRATCH/whole" "$src/kernel/fork.c"
way 'REPLAY  2 to compile, 3 archives' 'its repair'
like 'what was edited with it is there' "$(cat "$b/System.map")" ' fine$'

# A signal that comes when make is not to be stopped by it any more.
touch "$SCRATCH/term"
edit kernel/exit.c 'int left3;'
fails 143 'a signal while the last file is compiled' built
said 'which it was' 'CC      kernel/exit.o'
unlike 'ends the build' "$(cat "$SCRATCH/.tap.out")" '  LD \|KBUILD'
rm "$SCRATCH/term"
way 'REPLAY  1 to compile' 'the next one'
like 'links its edit' "$(cat "$b/System.map")" ' left3$'
# What headers are generated from is compared with what the last run made: not if that did not end.
edit include/one.h '/* */'
edit kernel/exit.c 'int other = none;'
fails 2 'broken code, and what headers are generated from' built
sed -i '/none/d' "$src/kernel/exit.c"
way 'REPLAY  5 to compile' 'its repair'
sed -i 's/^end/pending kernel\/bounds.s\n&/' "$b/.replay/state"
edit kernel/exit.c '/* */'
way 'KBUILD  because kernel/bounds.s was left undone' 'what headers are generated from, left undone'

edit kernel/exit.c 'int other(void); int user(void) { return other(); }'
mv "$src/scripts/Makefile.last" "$SCRATCH/last"
fails 2 'a link that fails' built
said 'is left to kbuild' '^  KBUILD  because Makefile\|^  KBUILD  because scripts/Makefile.last is gone'
mv "$SCRATCH/last" "$src/scripts/Makefile.last"
way 'KBUILD  because no build by kbuild is recorded here' 'until it succeeds'
touch "$SCRATCH/break"
edit kernel/exit.c 'int fourth;'
fails 2 'a last make that fails' built
said 'was tried the quick way' '^  REPLAY  1 to compile'
said 'and then by kbuild' '^  KBUILD  because the link failed'
rm "$SCRATCH/break"
way 'KBUILD  because the last run was killed\|KBUILD  because no build' 'and once more'
edit kernel/exit.c 'int sixth;'
echo kernel/fork.o >"$b/.replay/running"
echo half >"$b/kernel/fork.o"
way 'KBUILD  because the last run was killed' 'after a run that was killed'
like 'all is there' "$(cat "$b/System.map")" ' fourth$'
way 'REPLAY  nothing to do' 'and it is recorded'
echo '*' >"$b/.replay/running"
echo half >"$b/kernel/fork.o"
touch -d 'next minute' "$b/kernel/fork.o"
touch "$b/kernel/exit.o" "$b/kernel/.exit.o.cmd"
ok 'REPLAY off, after kbuild was killed' "$replay" --off --src "$src" --build "$b" -- test ! -e "$b/kernel/fork.o" -a -e "$b/kernel/exit.o"
way 'KBUILD  because no build by kbuild is recorded here' 'and by kbuild again'
edit kernel/fork.c 'int seventh;'
edit lib/sort.c 'int eighth = none;'
fails 2 'broken code' built
touch -d '2 hours ago' "$src/kernel/fork.c"
sed -i '/none/d' "$src/lib/sort.c"
way 'KBUILD' 'what the last run left undone'
like 'is made anew by kbuild, too' "$(cat "$b/System.map")" ' seventh$'
edit kernel/exit.c 'int fifth;'
ok 'REPLAY off' "$replay" --off --src "$src" --build "$b" -- make -C "$src" O="$b" image
ok 'keeps nothing' test ! -e "$b/.replay"
like 'but builds' "$(cat "$b/System.map")" ' fifth$'
mv "$b" "$b:1"
b=$b:1
way 'KBUILD' 'a directory whose name PATH cannot have'
edit kernel/exit.c 'int colon;'
way 'REPLAY  1 to compile' 'an edit there'
unlike 'has no need of kbuild' "$(cat "$SCRATCH/.tap.out")" KBUILD

done_testing
