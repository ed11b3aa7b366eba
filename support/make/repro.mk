# SPDX-License-Identifier: GPL-2.0-or-later
# The last run of a guest, packed so that it boots anywhere (docs/repro.md). runqemu keeps what is needed of each run in
# $(O)/run/<guest>.last, and the tool repro packs it.
#
# takes: RUN_DIR (run.mk), KCONF (config.mk), KERNEL_PACKAGE, <package>.local (model.mk); GUEST=NAME, FILE=ARCHIVE,
#        SOURCE_DATE_EPOCH
# gives: repro; REMEMBER (run.mk)

REPRO_LAST  = $(RUN_DIR).last
REPRO_OUT   = $(or $(call path-home,FILE,$(FILE)),$(RUN_DIR).repro.tar.zst)
# What is made for the archive alone.
REPRO_WORK  = $(abspath $(RUN_DIR)).repro

# With the run are kept the configuration, and the kernel's script: it says what sources it was built of.
REPRO_BUILD = $(if $(KERNEL_PACKAGE),$(wildcard $(B)/$(KERNEL_PACKAGE)/build.sh))
REMEMBER    = --remember $(REPRO_LAST) $(addprefix --remember-with ,whittle.config=$(O)/.config $(REPRO_BUILD:%=kernel.build=%))

REPRO_TREE  = $($(KERNEL_PACKAGE).local)
REPRO_VAR   = $(if $(KERNEL_PACKAGE),$($(KERNEL_PACKAGE).prefix)_DIR)
repro-set   = --set $(call squote,tree=$(REPRO_VAR)) --set $(call squote,external=$(notdir $(EXTERNAL_DIRS))) \
              --set whittle="$$($(git-own) git rev-parse HEAD 2>/dev/null || :)"
repro-save  = $(call KCONF,--savedefconfig=$(REPRO_WORK)/whittle.defconfig,rm -f .config,cp $(abspath $(REPRO_LAST))/whittle.config .config)
repro-tree  = sh support/make/repro-tree.sh $(REPRO_LAST) $(call squote,$(REPRO_BUILD)) $(call squote,$(REPRO_TREE)) $(REPRO_WORK)

.PHONY: repro
repro: $(TOOLBIN)/kmerge | $(TOOLS) $(call kconfig-wait,conf)
	@rm -rf $(REPRO_WORK) && mkdir -p $(REPRO_WORK)
	@[ ! -f $(REPRO_LAST)/whittle.config ] || { cp $(REPRO_LAST)/whittle.config $(REPRO_WORK) && $(repro-save) >/dev/null 2>&1; }
	@set -e; trap 'rm -rf $(REPRO_WORK)' EXIT; trap 'exit 130' INT TERM HUP; \
	note=$$($(repro-tree)); set --; \
	for file in $(REPRO_WORK)/*; do [ ! -f "$$file" ] || set -- "$$@" --add "$${file##*/}=$$file"; done; \
	[ -z "$$note" ] || { echo "$$note" >&2; set -- "$$@" --note "$$note"; }; \
	$(TOOLBIN)/repro -o $(call squote,$(REPRO_OUT)) --script support/make/repro.sh --base $(O) $(repro-set) \
		$(if $(SOURCE_DATE_EPOCH),--epoch $(SOURCE_DATE_EPOCH)) "$$@" $(REPRO_LAST)
	@$(if $(silent),:,printf '  %-9s %s\n' REPRO $(call squote,$(REPRO_OUT)))
