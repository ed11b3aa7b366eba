# SPDX-License-Identifier: GPL-2.0-or-later
# The inner menus of packages that have Kconfig inside: what a person chooses there is kept
# as a fragment in $(O)/fragments, which outlives 'make clean' and is merged last.
#
# takes: PACKAGES, type-of, step-src ... (package.mk); STEP_PATH (env.mk)
# gives: <package>-menuconfig, <package>-nconfig, <package>-savedefconfig

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

define inner-menu
.PHONY: $(KBUILD_PACKAGES:%=%-$1)
$(KBUILD_PACKAGES:%=%-$1): %-$1: %-configure
	@cp $$(B)/$$*/build/.config $$(B)/$$*/before.config
	@+$$(call inner-make,$$*,$1)
	@mkdir -p $$(O)/fragments
	@$$(TOOLBIN)/kmerge diff $$(B)/$$*/before.config $$(B)/$$*/build/.config >$$(B)/$$*/chosen.config
	@mv $$(B)/$$*/before.config $$(B)/$$*/build/.config
	@if [ -s $$(B)/$$*/chosen.config ]; then \
		touch $$(O)/fragments/$$*.config; \
		$$(TOOLBIN)/kmerge merge -o $$(O)/fragments/$$*.config $$(O)/fragments/$$*.config $$(B)/$$*/chosen.config; \
		echo "  kept in $$(O)/fragments/$$*.config; the next make builds with it:"; \
		sed 's/^/    /' $$(B)/$$*/chosen.config; \
	else \
		echo "  nothing was changed"; \
	fi
endef
$(foreach m,menuconfig nconfig,$(eval $(call inner-menu,$m)))

.PHONY: $(KBUILD_PACKAGES:%=%-savedefconfig)
$(KBUILD_PACKAGES:%=%-savedefconfig): %-savedefconfig: %-configure
	$(if $($(UP_$*)_SAVEDEFCONFIG),@cp $(B)/$*/build/.config $(O)/$*_defconfig,@+$(call inner-make,$*,savedefconfig) >/dev/null && mv $(B)/$*/build/defconfig $(O)/$*_defconfig)
	@echo "  wrote $(O)/$*_defconfig"
