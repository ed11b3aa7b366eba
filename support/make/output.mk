# SPDX-License-Identifier: GPL-2.0-or-later
# The output directory O: which directories are refused, the mark, the lock, the files at its top, and how it is removed.
#
# The mark, .whittle-output, is written before anything else. A directory that already has one of the names below is refused:
# so everything with such a name in a marked directory was made by Whittle, and may be removed. Nothing is ever removed in
# a directory without the mark.
#
# A lock keeps two makes apart (output.sh). Goals that only read do not wait for it: while another make works in O, they use
# what is there, and write to a directory of their own.
#
# takes: O, TOP, GOALS, EXTERNAL, squote (given.mk), record-check (records.mk)
# gives: WRITES (this make may change what is in O), READS_ONLY (no goal builds anything), UNLOCKED (nor may, for another
#        make is at work in O), ENGINE, UNRESOLVED (then), LOADING (a file that whoever starts a guest removes once the guest's
#        files were read: the lock ends with it); clean, distclean

# 'make clean' removes all that was built, tried and run ...
made-build := build images engine book legal-info sbom.cdx.json check packages bench bisect series matrix hosts run record coverage crash \
              man boot-chart.svg boot-chart.json boot-chart.log \
              compile_commands.json $(foreach d,images legal-info,$d.whittle-new $d.whittle-old)
# ... and 'make distclean' these, too, but not files that a person made and Whittle only reads.
made-more  := tools kconfig git

# ---- directories that are refused ----

O_REAL := $(or $(realpath $(O)),$(addsuffix /$(notdir $(O)),$(realpath $(dir $(O)))),$(abspath $(O)))
# Usage: $(call o-refuse,REASON)
o-refuse = $(error O=$(O) is $1: choose a directory of its own, such as O=output)
ifeq ($(O),)
$(error O is empty or the root directory: choose a directory of its own, such as O=output)
endif
$(if $(filter /tmp /var/tmp,$(O_REAL)),$(call o-refuse,a directory that everybody uses))
$(if $(findstring $(O_REAL)/,$(TOP)/),$(if $(patsubst $(O_REAL)/%,,$(TOP)/),,$(call o-refuse,a directory that the Whittle tree is in)))
$(if $(HOME),$(if $(filter $(O_REAL),$(realpath $(HOME))),$(call o-refuse,your home directory)))
$(if $(filter /,$(O_REAL)),$(call o-refuse,the root directory))
o-below-top = $(patsubst $(TOP)/%,%,$(filter $(TOP)/%,$(O_REAL)))
ifneq ($(filter board docs package scripts support .git .ci,$(firstword $(subst /, ,$(o-below-top)))),)
$(call o-refuse,a part of the Whittle tree)
endif

# A record goes where there is a directory, or will be now.
$(call record-check,$(O) $(O_REAL))

# ---- the lock ----

FREE_GOALS := help $(if $(COMPILE_PACKAGES),,compile_commands.json) version list-words uninstall list-defconfigs list-packages doctor shell
PEEK_GOALS := gdb decode crash crash-list replay replay-run
READ_GOALS := $(PEEK_GOALS) run-compare explain source-list source-list-all cache-stats cache-push initramfs-diff \
              $(if $(FILE),initramfs-list initramfs-extract size) \
              $(if $(A)$(filter-out y n,$(LOG)),boot-chart)
READS_ONLY := $(if $(filter-out $(FREE_GOALS) $(READ_GOALS),$(GOALS)),,y)
LOCK_GOALS := $(filter-out $(FREE_GOALS),$(GOALS))

# The kind of lock. A goal that only reads needs a full one if the tools or the configuration have to be made first.
lock-ready = $(and $(wildcard $(TOOLBIN)/inputs),$(wildcard $(O)/.config))
lock-reads = $(if $(READS_ONLY),$(if $(lock-ready),$(if $(filter $(PEEK_GOALS),$(GOALS)),peek,read)))
lock-works = $(if $(filter-out $(PEEK_GOALS) qemu-run qemu-debug debug record boot-chart,$(GOALS)),build,guest)
lock-kind  = $(or $(filter clean distclean,$(GOALS)),$(lock-reads),$(lock-works))

ifneq ($(if $(LOCK_GOALS),$(if $(filter clean distclean,$(GOALS)),$(wildcard $(O)/.),y)),)
LOCK := $(shell sh support/make/output.sh $(call squote,$(O)) $(lock-kind) $(call squote,$(WHITTLE_HELD)) $(made-build) $(made-more))
ifneq ($(.SHELLSTATUS),0)
$(error nothing was $(if $(filter clean distclean,$(GOALS)),removed,done))
endif
ifeq ($(word 1,$(LOCK)),held)
# A make that a recipe of this one starts does not wait for it.
export WHITTLE_HELD := $(strip $(WHITTLE_HELD) $(word 2,$(LOCK)))
LOADING := $(addprefix $(O)/,$(word 3,$(LOCK)))
endif
ifneq ($(filter held under,$(word 1,$(LOCK))),)
WRITES := $(if $(filter clean distclean,$(GOALS)),,y)
endif
ifeq ($(word 1,$(LOCK)),busy)
UNLOCKED := y
override UNRESOLVED := y
ENGINE := $(O)/engine/$(word 2,$(LOCK))
endif
endif

# ---- files at its top ----

ifeq ($(WRITES),y)
ifneq ($(strip $(EXTERNAL)),$(strip $(file <$(O)/.external)))
$(file >$(O)/.external,$(EXTERNAL))
endif

# cd DIR && make, with DIR being O: a makefile there that comes back here, once for all goals.
define O_MAKEFILE
$(hash) Written by Whittle: runs its make for this directory.
.DEFAULT_GOAL := all
Makefile: ;
$$(sort $$(or $$(MAKECMDGOALS),all)): all-by-whittle ; @:
all-by-whittle: ; @+$$(MAKE) --no-print-directory -C $(TOP) O=$(abspath $(O)) $$(MAKECMDGOALS)
.PHONY: all-by-whittle $$(MAKECMDGOALS)
endef
ifneq ($(wildcard $(O)/.config),)
# One that a person put there stays; an empty one is what a full disk left.
ifneq ($(or $(findstring Written by Whittle,$(file <$(O)/Makefile)),$(if $(strip $(file <$(O)/Makefile)),,new)),)
ifneq ($(call stale,$(O)/Makefile,$(O_MAKEFILE)),)
$(file >$(O)/Makefile,$(O_MAKEFILE))
endif
endif
endif
endif

# ---- clean and distclean ----

# The trees of a bisection and of a series are worktrees of another repository, which is to forget them. One whose
# checkout was interrupted is locked: hence twice --force.
trees        = $(abspath $(O)/bisect/tree $(O)/series/tree) $(wildcard $(abspath $(O))/bisect/lanes/*/*/tree)
forget-trees = for tree in $(trees); do if [ -f $$tree/.git ]; then \
               git -C $$tree worktree remove --force --force $$tree 2>/dev/null || :; fi; done
# Files at the top of it by names of Whittle's.
package-dirs = $(wildcard $(addsuffix /*/,$(PACKAGE_ROOTS)))
made-files   = .config .config.old .external defconfig $(addsuffix _defconfig,$(notdir $(package-dirs:%/=%)))

.PHONY: clean distclean
ifeq ($(wildcard $(O)/.),)
clean distclean: ; @$(if $(silent),:,echo "  there is no $(O): nothing to remove")
else
# Keeps .config, the fragments of inner menus and the tools.
clean:
	$(call quiet,CLEAN,$(O))$(forget-trees); rm -rf $(addprefix $(O)/,$(made-build))
# Removes all but what other checkouts share. The mark is removed last but for the lock, so that an interrupted distclean can
# be repeated.
distclean:
	$(call quiet,DISTCLEAN,$(O))$(forget-trees); rm -rf $(addprefix $(O)/,$(made-build) $(made-more) fragments $(made-files))
	@! grep -qs '^# Written by Whittle' $(O)/Makefile || rm -f $(O)/Makefile
	@rm -f $(O)/.loading-* && rm -f $(O)/.whittle-output && rm -f $(O)/.lock && { rmdir $(O) 2>/dev/null || :; }
endif
