# SPDX-License-Identifier: GPL-2.0-or-later
# The base of the engine: names of directories, small functions, kinds of goals.
#
# takes: O, V, EXTERNAL, MAKECMDGOALS
# gives: TOP ENGINE B TOOLDIR TOOLBIN, GOALS MIXED_GOALS BOOT_ONLY, the functions below, ENGINE_WANTED (empty when the goals
#        need no recipes), MAKEFLAGS with as many jobs as there are processors, and slots of HOSTS

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:

TOP    := $(CURDIR)
ENGINE := $(O)/engine
TOOLDIR := $(or $(call given-path,TOOLDIR),$(O)/tools)
TOOLBIN := $(TOOLDIR)/bin
# B= of initramfs-diff is kept as GIVEN_B: B is the build directory.
GIVEN_B := $(if $(filter B,$(GIVEN)),$(B))
override B := $(O)/build

ifeq ($(call path,the directory of Whittle,$(TOP)),)
$(error make does not know the directory that it runs in)
endif
ifeq ($(realpath $(O)),$(TOP))
$(error O is the Whittle tree itself; choose a directory of its own, such as O=output)
endif

# In a hook, an alias or 'rebase -x' of git, the environment names a repository and its index. Commands of recipes do not
# get these variables. $(shell) still does: there, $(git-own) comes before git.
ifneq ($(filter GIT_%,$(.VARIABLES)),)
unexport $(shell git rev-parse --local-env-vars 2>/dev/null)
endif
git-own = unset $$(git rev-parse --local-env-vars);

# The makes of packages do not get -R or -r: the step runner passes on only job slots.
MAKEFLAGS += -rR --no-print-directory

# A filter for text from servers and for logs, before it goes to a terminal: control characters become '?'.
shown = LC_ALL=C sed 's/\xc2[\x80-\x9f]/?/g; s/[\x01-\x08\x0b-\x1f\x7f]/?/g'

empty :=
space := $(empty) $(empty)
comma := ,
hash  := \#

ifeq ($(MAKELEVEL),0)
JOBS_AT_ONCE := $(shell $(if $(HOSTS),HOSTS=$(call squote,$(HOSTS)) sh support/make/elsewhere.sh slots,nproc 2>/dev/null || echo 1))
MAKEFLAGS += -j$(JOBS_AT_ONCE)
endif

# Usage: $(call differs,A,B)
# Non-empty if the two texts are not the same.
differs = $(subst x$1x,,x$2x)$(subst x$2x,,x$1x)

# Usage: $(call eq,A,B)
# y if the two texts are the same.
eq = $(if $(call differs,$1,$2),,y)

# Usage: $(call stale,PATH,TEXT)
# Non-empty if the file at PATH is not TEXT and an end of line. (GNU make 4.3 takes the last end of line away from what
# $(file <) gives, but not every time.)
stale = $(call stale-text,$2,$(file <$1))
# Usage: $(call stale-text,TEXT,CONTENT)
stale-text = $(if $(call differs,$1,$2),$(call differs,$1$(newline),$2))

# Usage: $(call upper,NAME)
# The name as it is in symbols and prefixes of variables: in capitals, - is _.
upper = $(call upper-from,$(CAPITALS),$(subst -,_,$1))
# Usage: $(call upper-from,PAIRS,NAME)
upper-from = $(if $1,$(call upper-from,$(wordlist 2,26,$1),$(call upper-one,$(firstword $1),$2)),$2)
# Usage: $(call upper-one,PAIR,NAME)
upper-one  = $(subst $(call pair-name,$1),$(call pair-value,$1),$2)
CAPITALS := a=A b=B c=C d=D e=E f=F g=G h=H i=I j=J k=K l=L m=M n=N o=O p=P q=Q r=R s=S t=T u=U v=V w=W x=X y=Y z=Z

# Usage: $(call lines,TEXT)
# Lines made by a foreach, without the spaces that it puts between them.
lines = $(subst $(newline)$(space),$(newline),$1)

# Usage: $(call line,TEXT)
# TEXT and an end of line; nothing if there is no TEXT.
line = $(if $1,$1$(newline))

# Usage: $(call pair-name,NAME=VALUE), $(call pair-value,NAME=VALUE), $(call pair-values,PAIRS)
pair-name   = $(firstword $(subst =, ,$1))
pair-value  = $(lastword $(subst =, ,$1))
pair-values = $(foreach f,$1,$(call pair-value,$f))

# Usage: $(call numbered,NAMES)
# 1-NAME 2-NAME ..., without their directories.
numbered = $(join $(addsuffix -,$(wordlist 1,$(words $1),$(NUMBERS))),$(notdir $1))
NUMBERS := $(foreach t,0 1 2 3 4 5 6 7 8 9,$(foreach u,0 1 2 3 4 5 6 7 8 9,$t$u))

# Non-empty at 'make -s'.
silent = $(findstring s,$(firstword -$(MAKEFLAGS)))

# Usage: $(call quiet,VERB,WHAT)
# Starts a recipe line; says what it does, or at V=1 lets make show it.
quiet = $(if $(silent)$(filter-out 0,$(V)),,@printf '  %-9s %s\n' $(call squote,$1) $(call squote,$2);)
# $(jobs) starts the line of a program that shares our job slots, but not at 'make -n'. It is
# make's own child, not a shell's, so that a signal to make reaches it.
jobs = @$(if $(findstring n,$(firstword -$(MAKEFLAGS))),,+)exec$(space)

# Directories from outside the tree that add packages and boards; remembered in O.
ifeq ($(origin EXTERNAL),undefined)
EXTERNAL := $(strip $(file <$(O)/.external))
endif
EXTERNAL_DIRS := $(call paths,EXTERNAL,$(subst :, ,$(EXTERNAL)))
# Usage: $(call external-missing,DIRECTORY)
external-missing = $(error EXTERNAL names $1, which is not a directory; 'make EXTERNAL=' forgets it)
$(foreach d,$(EXTERNAL_DIRS),$(if $(wildcard $d/.),,$(call external-missing,$d)))

PACKAGE_ROOTS := package $(addsuffix /package,$(EXTERNAL_DIRS))
BOARD_ROOTS   := board $(addsuffix /board,$(EXTERNAL_DIRS))
ARCH_ROOTS    := support/arch $(addsuffix /arch,$(EXTERNAL_DIRS))
# Descriptions of architectures (docs/architectures.md), and their names.
ARCH_FILES    := $(call paths,the description,$(wildcard $(addsuffix /*.arch,$(ARCH_ROOTS))))
ARCH_NAMES    := $(sort $(basename $(notdir $(ARCH_FILES))))

# What all checkouts share is kept here.
CACHE_DEFAULT := $(or $(call given-path,XDG_CACHE_HOME),$(call given-path,HOME)/.cache)/whittle

CONFIG_GOALS := menuconfig nconfig config oldconfig olddefconfig defconfig savedefconfig \
                allnoconfig allyesconfig randconfig listnewconfig list-defconfigs %_defconfig set
GOALS        := $(or $(MAKECMDGOALS),all)
# compile_commands.json is about the tools, unless a package in a directory of a person's own is given.
COMPILE_PACKAGES := $(strip $(if $(filter compile_commands.json,$(GOALS)),$(filter %_DIR,$(GIVEN))) $(filter %-compile-commands,$(GOALS)))
PLAIN_GOALS  := $(if $(COMPILE_PACKAGES),,compile_commands.json) help list-packages checkrecipe version list-words man install \
                uninstall fuzz clean distclean tools doctor bisect series row matrix unit-tests lint check check-% %-test bench shell \
                $(TOOLDIR)/%

# Goals that change the configuration or remove what was made do not go with others in one make: each goal gets a make of
# its own, in the order given.
ALONE_GOALS  := $(CONFIG_GOALS) clean distclean cache-gc cache-push %-dirclean %-menuconfig %-nconfig %-savedefconfig
ifneq ($(filter $(ALONE_GOALS),$(GOALS)),)
ifneq ($(words $(GOALS)),1)
MIXED_GOALS := y
.PHONY: $(sort $(GOALS)) one-by-one
$(sort $(GOALS)): one-by-one ; @:
one-by-one:
	@+set -e; for goal in $(foreach g,$(GOALS),$(call squote,$g)); do $(MAKE) "$$goal"; done
endif
endif

# Non-empty when the goals need only a guest that runs, not all of images/.
BOOT_ONLY := $(if $(filter-out qemu-run qemu-debug debug record,$(GOALS)),,y)

ENGINE_WANTED := $(if $(MIXED_GOALS),,$(filter-out $(CONFIG_GOALS) $(PLAIN_GOALS),$(GOALS)))

.PHONY: FORCE
FORCE:
