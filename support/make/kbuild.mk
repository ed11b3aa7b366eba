# SPDX-License-Identifier: GPL-2.0-or-later
# The inner menus of packages that have Kconfig inside: what a person chooses there is kept
# as a fragment in $(O)/fragments, which outlives 'make clean' and is merged last.
#
# takes: PACKAGES, KERNEL_PACKAGE, type-of, step-src ... (package.mk); menu-fits (config.mk); STEP_PATH (env.mk); LSMOD=FILE
# gives: <kernel>-localmodconfig, <package>-menuconfig, <package>-nconfig, <package>-savedefconfig

KBUILD_PACKAGES := $(strip $(foreach p,$(PACKAGES),$(if $(filter kbuild,$(call type-of,$p,$(UP_$p))),$p)))

# Its configuration as the next build would have it.
.PHONY: $(KBUILD_PACKAGES:%=%-configure)
$(KBUILD_PACKAGES:%=%-configure): %-configure: $(B)/%/configure.sh
	$(jobs)$(call STEP,$*) $(call step-inputs,$*) configure

$(foreach p,$(KBUILD_PACKAGES),$(eval $p-configure: $(call src-script,$p,$(UP_$p)) $(foreach d,$(call deps-of,$p,$(UP_$p)),$(B)/$d/stamp)))

# $(call inner-make,PACKAGE,TARGET): its own make, for a person: no log, the terminal as it is.
inner-make = env -u MAKEFLAGS -u MAKELEVEL SOURCE_DATE_EPOCH=315532800 PATH=$(abspath $(TOOLBIN)):$(STEP_PATH) WCC_MODE=$(if $(filter kernel,$(call mode-of,$1,$(UP_$1))),kernel,target) \
             SRC=$(abspath $(call src-dir,$1,$(UP_$1))) BUILD=$(abspath $(B)/$1/build) WCC_GCC=$(CC_TARGET) SYSROOT=$(abspath $(B)/$1/sysroot) \
             CC=wcc $(MAKE) -C $(call src-dir,$1,$(UP_$1)) O=$(abspath $(B)/$1/build) $(subst $$CC,wcc,$($(UP_$1)_MAKE_OPTS)) $2

# Shell text that keeps chosen.config of package $1 as its fragment, and tells it by the shell text $2.
inner-keep = if [ -s $(B)/$1/chosen.config ]; then \
		mkdir -p $(O)/fragments; \
		touch $(O)/fragments/$1.config; \
		$(TOOLBIN)/kmerge merge -o $(O)/fragments/$1.config $(O)/fragments/$1.config $(B)/$1/chosen.config; \
		echo "  kept in $(O)/fragments/$1.config; the next make builds with it (remove that file to undo all that was kept):"; \
		$2; \
	else \
		echo "  nothing was changed"; \
	fi

define inner-menu
.PHONY: $(KBUILD_PACKAGES:%=%-$1)
$(KBUILD_PACKAGES:%=%-$1): %-$1: %-configure
	@cp $$(B)/$$*/build/.config $$(B)/$$*/before.config
	@+$$(call inner-make,$$*,$1)
	@$$(TOOLBIN)/kmerge diff $$(B)/$$*/before.config $$(B)/$$*/build/.config >$$(B)/$$*/chosen.config
	@mv $$(B)/$$*/before.config $$(B)/$$*/build/.config
	@$$(call inner-keep,$$*,sed 's/^/    /' $$(B)/$$*/chosen.config)
endef
$(foreach m,menuconfig nconfig,$(eval $(call inner-menu,$m)))

# A terminal that is too small for one is told before anything is unpacked for it.
INNER_MENU := $(filter $(KBUILD_PACKAGES:%=%-menuconfig) $(KBUILD_PACKAGES:%=%-nconfig),$(GOALS))
$(foreach g,$(INNER_MENU),$(call menu-fits,$g,what it would keep can be written into $(O)/fragments/$(patsubst %-nconfig,%,$(g:%-menuconfig=%)).config$(comma) a line for each option$(comma) as in CONFIG_X=y))

# Of the kernel's modules, those alone that a list names, or that this machine has loaded, and what they need: by the kernel's own
# script. What a fragment asks for stays: a package, a preset or the board does not ask in vain.
LOCALMOD_GOAL := $(filter $(KERNEL_PACKAGE:%=%-localmodconfig),$(KBUILD_PACKAGES:%=%-localmodconfig))
ifneq ($(filter $(LOCALMOD_GOAL),$(GOALS)),)
LSMOD_FILE := $(if $(LSMOD),$(abspath $(call given-path,LSMOD)),/proc/modules)
$(if $(call find-program,perl),,$(error the kernel's own localmodconfig is a Perl script$(comma) and there is no perl in $(SEARCH_DIRS): install it))
$(if $(shell grep -sv '^Module ' $(LSMOD_FILE) | head -n 1),,$(error $(if $(LSMOD),$(LSMOD_FILE) is not there or names no module,this machine has no module loaded): \
	LSMOD=FILE is a file with what lsmod says where they are$(comma) or with their names$(comma) one a line))
endif

define localmod-asked
for f in $(B)/$1/files/* $(B)/$1/build/recipe.config; do case $$f in */menu.config | */base.config) ;; *) cat $$f 2>/dev/null || :; esac; done | \
	sed -n 's/^\(CONFIG_[A-Za-z0-9_]*\)=[ym]$$/\1/p'
endef
.PHONY: $(LOCALMOD_GOAL)
$(LOCALMOD_GOAL): %-localmodconfig: %-configure
	@cp $(B)/$*/build/.config $(B)/$*/before.config
	@+yes '' | $(call inner-make,$*,localmodconfig LSMOD=$(LSMOD_FILE)) >$(B)/$*/localmodconfig.log 2>&1 || \
		{ tail -n 25 $(B)/$*/localmodconfig.log | $(shown) >&2; mv $(B)/$*/before.config $(B)/$*/build/.config; exit 1; }
	@grep -e 'config not found!!$$' -e 'did not have configs' $(B)/$*/localmodconfig.log | $(shown) | sed 's/^/  /' >&2 || :
	@mv $(B)/$*/build/.config $(B)/$*/after.config
	@mv $(B)/$*/before.config $(B)/$*/build/.config
	@$(call localmod-asked,$*) >$(B)/$*/asked
	@$(TOOLBIN)/kmerge diff $(B)/$*/build/.config $(B)/$*/after.config | \
		awk 'FILENAME == ARGV[1] { asked[$$0]; next } FILENAME == ARGV[2] { if (sub(/=m$$/, "")) module[$$0]; next } \
			{ s = $$0; sub(/^# /, "", s); sub(/[ =].*/, "", s) } s in module && !(s in asked)' $(B)/$*/asked $(B)/$*/build/.config - >$(B)/$*/chosen.config
	@$(call inner-keep,$*,echo "    $$(grep -c '=m$$' $(B)/$*/after.config) modules instead of $$(grep -c '=m$$' $(B)/$*/build/.config)")

.PHONY: $(KBUILD_PACKAGES:%=%-savedefconfig)
$(KBUILD_PACKAGES:%=%-savedefconfig): %-savedefconfig: %-configure
	$(if $($(UP_$*)_SAVEDEFCONFIG),@cp $(B)/$*/build/.config $(O)/$*_defconfig,@+$(call inner-make,$*,savedefconfig) >/dev/null && mv $(B)/$*/build/defconfig $(O)/$*_defconfig)
	@echo "  wrote $(O)/$*_defconfig"
