# SPDX-License-Identifier: GPL-2.0-or-later
# Words for support/completion, so that no list stands twice.
#
# takes: goals-phony, GOAL_ENDS, GIVEN_OURS (meant.mk), HELP, BOARD_DEFCONFIGS, PACKAGE_ROOTS, EXTERNAL_DIRS
# gives: list-words: each goal that 'make help' names, for each board and package too, then each
#        variable as NAME=, and NAME=VALUE for those that have a list of values, a line each

COMPLETE_PACKAGES = $(sort $(foreach d,$(PACKAGE_ROOTS),$(notdir $(patsubst %/Kconfig,%,$(wildcard $d/*/Kconfig)))))
complete-help  = $(subst $(comma),,$(subst :,,$(subst ;,,$(HELP))))
complete-ends  = $(patsubst PKG-%,%,$(filter PKG-%,$(complete-help)))
complete-goals = $(filter $(goals-phony) compile_commands.json $(foreach e,$(GOAL_ENDS),$(COMPLETE_PACKAGES:%=%-$e)),$(complete-help)) \
                 $(complete-boards:%=%_defconfig) \
                 $(COMPLETE_PACKAGES) $(foreach e,$(complete-ends),$(COMPLETE_PACKAGES:%=%-$e))
# Variables that 'make help' does not name are for programs that run make.
complete-named = $(foreach v,$(ENVIRONMENT) $(ASKED),$(if $(findstring $v=,$(HELP)),$v))
complete-prefix = $(foreach p,$(COMPLETE_PACKAGES),$(call upper,$p))

complete-variables = $(addsuffix =,$(sort $(complete-named)) $(patsubst %,%_DIR,$(complete-prefix)))
complete-boards = $(sort $(foreach f,$(BOARD_DEFCONFIGS),$(call board-of,$f)))
complete-values = $(addprefix ARCHES=,$(ARCH_NAMES)) $(addprefix BOARDS=,$(complete-boards))

.PHONY: list-words
list-words:
	@printf '%s\n' $(sort $(complete-goals)) $(complete-variables) $(complete-values)
