#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make series with all of the engine but the guest: kernels of one file. What series does by itself is in
# tools/series.t.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

tree=$SCRATCH/linux
# shellcheck source=support/tests/history.sh
. "$TOP/support/tests/history.sh"
kernels <<'MAKEFILE'
tinyconfig allnoconfig olddefconfig:
> @echo CONFIG_PVH=y >$(O)/$(or $(KCONFIG_CONFIG),.config)
vmlinux:
> @! grep warns kernel || echo '$(CURDIR)/kernel:1:1: warning: it warns'
> @! grep broken kernel
> @cp kernel $(O)/kernel.o
> @cp kernel $(O)/vmlinux
> @cp name $(O)/System.map
MAKEFILE
commit start works
commit warns 'works and warns'
commit does-not-compile broken
commit fails fails
commit good works
# In place of the guest, what the kernel says.
cat >"$SCRATCH/make" <<'MAKE'
#!/bin/sh
for arg; do
	case $arg in O=*) o=${arg#*=} ;; JSON=*) json=${arg#*=} ;; esac
done
for goal; do :; done
[ "$goal" = qemu-run ] || exec make "$@"
cause=ok
grep -q works "$o/images/vmlinux" || cause='command failed'
echo "{ \"cause\": \"$cause\", \"boot_ms\": 3 }" >"$json"
[ "$cause" = ok ]
MAKE
chmod 755 "$SCRATCH/make"
choose
sed -i '/PACKAGE_LINUX/d' "$OUT/.config"
echo 'CONFIG_LINUX_BASE_TINYCONFIG=y' >>"$OUT/.config"

# series ARGUMENT...: with the environment of no other repository
series() {
	whittle MAKE="$SCRATCH/make" LINUX_DIR="$tree" BASE=start RUN=true "$@" series
}
fails 2 'make series' series JSON="$SCRATCH/r.json"
said 'a warning is named' '^    kernel:1: warning: it warns$'
said 'the verdict' '^series: 3 of 4 commits do not hold$'
is 'the results' "$(jq -r '.commits[] | .subject + ": " + .result' "$SCRATCH/r.json")" 'warns: ok
does-not-compile: not built
fails: command failed
good: ok'
is 'the warnings' "$(jq -c '[.commits[].warnings | length]' "$SCRATCH/r.json")" '[1,0,0,0]'
is 'the tree is as it was' "$(at rev-parse HEAD) $(at status --porcelain)" "$(at rev-parse good) "
fails 2 'once more' series
said 'all is known' 'series: continuing: 5 of 5 commits were tested before'
at checkout -q start
commit alone works
ok 'another branch, that holds' series
said 'it does' '^series: all 1 commits hold$'
is 'the worktree stays, for the next time' "$(at worktree list | wc -l)" 2
ok 'make clean' whittle clean
is 'removes it' "$(at worktree list | wc -l)" 1
done_testing
