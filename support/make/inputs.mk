# SPDX-License-Identifier: GPL-2.0-or-later
# Inputs: the configuration, the packages, and digests of all files that decide a result. The tool inputs looks at the tree
# at every start; ages of files that a person edits are never compared.
#
# takes: O, BOARD_ROOTS, PACKAGE_ROOTS, the front ends (config.mk)
# gives: INPUTS_READY; CONFIG_* of .config, unquoted; ALL_PACKAGES, PACKAGES (the enabled ones), <package>.prefix,
#        <UP>_PKGDIR, <UP>_PATCHES, SHA256_<package>/<file>; BOARD, BOARD_DIR, BOARD_LINES; and from the
#        recipes all that they define; HOST_MACHINE (as uname -m names it). DIGEST_<path> and others come with digests-read, below.

SCAN = $(TOOLBIN)/inputs scan -o $(ENGINE)/scan.mk --config $(O)/.config $(if $(UNLOCKED),,--clock $(B)/.clock) \
       $(PACKAGE_ROOTS:%=--packages %) $(BOARD_ROOTS:%=--boards %) $(KCONFIG_FILES:%=--kconfig %)

ifneq ($(and $(wildcard $(TOOLBIN)/inputs),$(wildcard $(O)/.config)),)
$(shell $(SCAN))
ifneq ($(.SHELLSTATUS),0)
ifneq ($(shell $(TOOLBIN)/inputs --help 2>/dev/null | head -n 1),)
$(error nothing was built)
endif
endif
endif

include $(ENGINE)/scan.mk
# Recipes have their variables from themselves, from .config and from the command line; <PREFIX>_DIR may
# be in the environment.
$(call take,$(foreach p,$(ALL_PACKAGES),$($p.prefix)_DIR))
$(call forget,$(foreach p,$(ALL_PACKAGES),$($p.prefix)_%))

# The front end completes .config whenever that or a menu has changed since it last did: when .config was edited by hand, or
# was written before a menu changed.
RESOLVE_LOG  := $(abspath $(ENGINE))/olddefconfig.log
CONFIG_STATE := $(CONFIG_DIGEST) $(KCONFIG_DIGEST)
ifeq ($(UNRESOLVED),)
ifneq ($(CONFIG_STATE),$(strip $(file <$(ENGINE)/resolved)))
CONFIG_STALE := FORCE
endif
endif

$(ENGINE)/scan.mk: $(if $(TOOLS_STALE),FORCE) $(CONFIG_STALE) | $(TOOLS) $(O)/.config $(call kconfig-wait,conf)
	@mkdir -p $(ENGINE)
	$(if $(UNRESOLVED),,@$(call kconfig-complete,olddefconfig) 3>&2 >$(RESOLVE_LOG) 2>&1 || { cat $(RESOLVE_LOG) >&2; exit 1; })
	@$(SCAN)
	@touch $@
	@sed -n -e 's/^CONFIG_DIGEST := //p' -e 's/^KCONFIG_DIGEST := //p' $@ | paste -s -d ' ' - >$(ENGINE)/resolved

# Until the tools are built and .config is complete, make only remakes scan.mk, and then starts anew.
ifneq ($(CONFIG_DIGEST),)
INPUTS_READY := $(if $(CONFIG_STALE)$(TOOLS_STALE),,y)
endif

# The board whose symbol is set.
BOARD     := $(strip $(foreach b,$(ALL_BOARDS),$(if $(filter y,$(CONFIG_BOARD_$(BOARD_UP_$b))),$b)))
BOARD_DIR := $(BOARD_DIR_$(BOARD))
# How many lines builds of its configuration log, in words as PACKAGE/WHAT=LINES, for LOG_LINES of recipes.
BOARD_LINES = $(foreach f,$(wildcard $(BOARD_DIR)/lines),$(file <$f))

PACKAGES  := $(strip $(foreach p,$(ALL_PACKAGES),$(if $(filter y,$(CONFIG_PACKAGE_$($p.prefix))),$p)))

# Goals about every source read all recipes.
READ_PACKAGES := $(if $(filter source-all source-list-all,$(GOALS)),$(ALL_PACKAGES),$(PACKAGES))

# For the steps of recipes: variables of the shell that runs them.
override SRC     := $$SRC
override BUILD   := $$BUILD
override IMAGE   := $$IMAGE
override SYSROOT := $$SYSROOT
override HOST    := $$HOST
override FILES   := $$FILES
override JOBS    := $$JOBS

ifeq ($(INPUTS_READY),y)
include $(foreach p,$(READ_PACKAGES),$($($p.prefix)_PKGDIR)/$p.mk)
endif

# Where downloads are kept.
CACHE_DIR := $(or $(call given-path,CONFIG_CACHE_DIR),$(CACHE_DEFAULT))
DL        := $(or $(call given-path,CONFIG_DL_DIR),$(CACHE_DIR)/dl)

# Usage: $(call digests-read,PATHS,DIRECTORIES)
# Write $(ENGINE)/digests.mk: DIGEST_<path> is the sha256 of each path as it is packed or used; SOURCES_<path>,
# CONFIGS_<path> and GIT_STATE_<path> those of the sources in each directory, and SEEN_<path> a file that tells their dates;
# and TABLES_DIGEST is that of all that $(ENGINE)/tables.list names (docs/inputs.md).
define digests-read
$(file >$(ENGINE)/digests.list,$(subst $(space),$(newline),$(sort $1)))
$(file >$(ENGINE)/sources.list,$(subst $(space),$(newline),$(sort $2)))
$(shell $(TOOLBIN)/inputs digest -o $(ENGINE)/digests.mk --index $(ENGINE)/digests.index --list $(ENGINE)/digests.list \
	--sources $(ENGINE)/sources.list --except $(O) --seen $(ENGINE)/seen \
	$(if $(wildcard $(ENGINE)/tables.list),--tables $(ENGINE)/tables.list))
$(if $(filter 0,$(.SHELLSTATUS)),,$(error nothing was built))
endef
