# SPDX-License-Identifier: GPL-2.0-or-later
# What all of the engine stands on: names of directories, small functions, the goals' kinds.
#
# takes: O, V, EXTERNAL, MAKECMDGOALS
# gives: TOP ENGINE B TOOLDIR TOOLBIN, GOALS MIXED_GOALS BOOT_ONLY, the functions below, ENGINE_WANTED (empty when the goals need no
#        recipes), MAKEFLAGS with as many jobs as there are processors

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:

TOP    := $(CURDIR)
ENGINE := $(O)/engine
TOOLDIR := $(or $(call given-path,TOOLDIR),$(O)/tools)
TOOLBIN := $(TOOLDIR)/bin
# initramfs-diff is asked with A= and B=; ours stays ours.
GIVEN_B := $(if $(filter B,$(GIVEN)),$(B))
override B := $(O)/build

ifeq ($(call path,the directory of Whittle,$(TOP)),)
$(error make does not know the directory that it runs in)
endif
ifeq ($(realpath $(O)),$(TOP))
$(error O is the Whittle tree itself; choose a directory of its own, such as O=output)
endif

# In a hook, an alias or 'rebase -x' the environment names the repository, the index and more of one that none
# here means: what make runs has none of that. $(shell) still has it: there, $(git-own) comes before git.
ifneq ($(filter GIT_%,$(.VARIABLES)),)
unexport $(shell git rev-parse --local-env-vars 2>/dev/null)
endif
git-own = unset $$(git rev-parse --local-env-vars);

# Not -R or -r in the environment of what packages run: the step runner hands on only job slots.
MAKEFLAGS += -rR --no-print-directory
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 1)
endif

# A filter: text from servers and logs of programs as a terminal may be given it, without control characters.
shown = LC_ALL=C sed 's/\xc2[\x80-\x9f]/?/g; s/[\x01-\x08\x0b-\x1f\x7f]/?/g'

empty :=
space := $(empty) $(empty)
comma := ,
hash  := \#
define newline


endef

# $(call squote,TEXT): TEXT as one word of a shell command; of a recipe's one line, if TEXT has several.
squote = $(if $(findstring $(newline),$1),"$$(printf '%b' $(call squote-word,$(subst $(newline),\n,$(subst \,\\,$1))))",$(squote-word))
squote-word = '$(subst ','\'',$1)'

# $(call differs,A,B): non-empty if the two texts are not the same.
differs = $(subst x$1x,,x$2x)$(subst x$2x,,x$1x)

# $(call stale,PATH,TEXT): non-empty if the file at PATH is not TEXT and an end of line. (GNU make 4.3
# takes the last end of line away from what $(file <) gives, but not every time.)
stale = $(call stale-text,$2,$(file <$1))
stale-text = $(if $(call differs,$1,$2),$(call differs,$1$(newline),$2))

# $(call lines,TEXT): lines made by a foreach, without the spaces that it puts between them.
lines = $(subst $(newline)$(space),$(newline),$1)

# $(call numbered,NAMES): 1-NAME 2-NAME ..., without their directories.
numbered = $(join $(addsuffix -,$(wordlist 1,$(words $1),$(NUMBERS))),$(notdir $1))
NUMBERS := $(foreach t,0 1 2 3 4 5 6 7 8 9,$(foreach u,0 1 2 3 4 5 6 7 8 9,$t$u))

# $(silent): non-empty at 'make -s'.
silent = $(findstring s,$(firstword -$(MAKEFLAGS)))

# $(call quiet,VERB,WHAT): starts a recipe line; says what it does, or at V=1 lets make show it.
quiet = $(if $(silent)$(filter-out 0,$(V)),,@printf '  %-9s %s\n' $(call squote,$1) $(call squote,$2);)
# $(jobs) starts the line of a program that shares our job slots, but not at 'make -n'. It is
# make's own child, not a shell's, so that a signal to make reaches it.
jobs = @$(if $(findstring n,$(firstword -$(MAKEFLAGS))),,+)exec$(space)

# Directories from outside the tree that add packages and boards; remembered in O.
ifeq ($(origin EXTERNAL),undefined)
EXTERNAL := $(strip $(file <$(O)/.external))
endif
EXTERNAL_DIRS := $(call paths,EXTERNAL,$(subst :, ,$(EXTERNAL)))
$(foreach d,$(EXTERNAL_DIRS),$(if $(wildcard $d/.),,$(error EXTERNAL names $d, which is not a directory; 'make EXTERNAL=' forgets it)))

PACKAGE_ROOTS := package $(addsuffix /package,$(EXTERNAL_DIRS))
BOARD_ROOTS   := board $(addsuffix /board,$(EXTERNAL_DIRS))

# Where things are kept that all checkouts share.
CACHE_DEFAULT := $(or $(call given-path,XDG_CACHE_HOME),$(call given-path,HOME)/.cache)/whittle

CONFIG_GOALS := menuconfig nconfig config oldconfig olddefconfig defconfig savedefconfig \
                allnoconfig allyesconfig randconfig listnewconfig list-defconfigs %_defconfig set
GOALS        := $(or $(MAKECMDGOALS),all)
# Of a package in a directory of a person's own that goal is about, if one is given; else about the tools.
COMPILE_PACKAGES := $(if $(filter compile_commands.json,$(GOALS)),$(filter %_DIR,$(GIVEN)))
PLAIN_GOALS  := $(if $(COMPILE_PACKAGES),,compile_commands.json) help list-packages checkrecipe version list-words man install uninstall fuzz clean distclean tools doctor bisect matrix unit-tests lint check check-% %-test bench shell $(TOOLDIR)/%

# Goals that choose the configuration, or remove what was made, change what the others find: then each goal
# has a make of its own, in the order that they were given in.
ALONE_GOALS  := $(CONFIG_GOALS) clean distclean cache-gc %-dirclean %-menuconfig %-nconfig %-savedefconfig
ifneq ($(filter $(ALONE_GOALS),$(GOALS)),)
ifneq ($(words $(GOALS)),1)
MIXED_GOALS := y
.PHONY: $(sort $(GOALS)) one-by-one
$(sort $(GOALS)): one-by-one ; @:
one-by-one:
	@+set -e; for goal in $(foreach g,$(GOALS),$(call squote,$g)); do $(MAKE) "$$goal"; done
endif
endif

# Non-empty when all that is asked for is a guest that runs, not images/ as a whole.
BOOT_ONLY := $(if $(filter-out qemu-run qemu-debug debug,$(GOALS)),,y)

ENGINE_WANTED := $(if $(MIXED_GOALS),,$(filter-out $(CONFIG_GOALS) $(PLAIN_GOALS),$(GOALS)))

.PHONY: FORCE
FORCE:
