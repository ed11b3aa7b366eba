# SPDX-License-Identifier: GPL-2.0-or-later
# The inner menus of packages that have Kconfig inside: what a person chooses there is kept as a fragment in $(O)/fragments,
# which outlives 'make clean' and is merged last.
#
# takes: the data model (model.mk), kbuild-make (types.mk), step, step-inputs, unpack-script (package.mk);
#        menu-fits (config.mk); LSMOD=FILE
# gives: <kernel>-localmodconfig, <package>-menuconfig, <package>-nconfig, <package>-savedefconfig, <package>-configure

KBUILD_PACKAGES := $(call having,type,kbuild)

# ---- <package>-configure: its configuration as the next build would have it ----

.PHONY: $(KBUILD_PACKAGES:%=%-configure)
$(KBUILD_PACKAGES:%=%-configure): %-configure: $(B)/%/configure.sh
	$(jobs)$(call step,$*) $(call step-inputs,$*) configure

# Usage: $(eval $(call configure-needs,PACKAGE))
define configure-needs
$1-configure: $(call unpack-script,$1) $($1.deps:%=$(B)/%/stamp)
endef
$(foreach p,$(KBUILD_PACKAGES),$(eval $(call configure-needs,$p)))

# ---- its own make, for a person ----

# Usage: $(call inner-env,PACKAGE)
# The directories that the step runner gives its scripts.
inner-env = SRC=$(abspath $($1.src)) BUILD=$(abspath $(B)/$1/build) IMAGE=$(abspath $(B)/$1/image) \
            SYSROOT=$(abspath $(B)/$1/sysroot) HOST=$(abspath $(B)/$1/host) FILES=$(abspath $(B)/$1/files) \
            TOOLS=$(abspath $(TOOLBIN))

# Usage: $(call inner-make,PACKAGE,GOALS)
inner-make = $(call inner-env,$1) sh support/make/inner.sh $(B)/$1/configure.sh $(call squote,$(call kbuild-make,$1) $2)

# Usage: $(call inner-keep,PACKAGE,TELL)
# Shell text that keeps its chosen.config as its fragment, and tells it by the shell text TELL.
define inner-keep
if [ -s $(B)/$1/chosen.config ]; then \
	mkdir -p $(O)/fragments; \
	touch $(O)/fragments/$1.config; \
	$(TOOLBIN)/kmerge merge -o $(O)/fragments/$1.config $(O)/fragments/$1.config $(B)/$1/chosen.config; \
	echo "  kept in $(O)/fragments/$1.config; the next make builds with it (remove that file to undo all that was kept):"; \
	$2; \
else \
	echo "  nothing was changed"; \
fi
endef

# Usage: $(eval $(call inner-menu,GOAL))
define inner-menu
.PHONY: $(KBUILD_PACKAGES:%=%-$1)
$(KBUILD_PACKAGES:%=%-$1): %-$1: %-configure
	@cp $$(B)/$$*/build/.config $$(B)/$$*/before.config
	@+$$(call inner-make,$$*,$1)
	@$$(TOOLBIN)/kmerge diff $$(B)/$$*/before.config $$(B)/$$*/build/.config >$$(B)/$$*/chosen.config
	@mv $$(B)/$$*/before.config $$(B)/$$*/build/.config
	@$$(call inner-keep,$$*,sed 's/^/    /' $$(B)/$$*/chosen.config)
endef
$(eval $(call inner-menu,menuconfig))
$(eval $(call inner-menu,nconfig))

# A terminal that is too small for one is told before anything is unpacked for it.
INNER_MENUS := $(filter $(KBUILD_PACKAGES:%=%-menuconfig) $(KBUILD_PACKAGES:%=%-nconfig),$(GOALS))
# Usage: $(call inner-remedy,GOAL)
inner-remedy = what it would keep can be written into $(O)/fragments/$(patsubst %-nconfig,%,$(1:%-menuconfig=%)).config, \
               a line for each option, as in CONFIG_X=y
$(foreach g,$(INNER_MENUS),$(call menu-fits,$g,$(call inner-remedy,$g)))

.PHONY: $(KBUILD_PACKAGES:%=%-savedefconfig)
$(KBUILD_PACKAGES:%=%-savedefconfig): %-savedefconfig: %-configure
	$(if $($($*.prefix)_SAVEDEFCONFIG),@cp $(B)/$*/build/.config $(O)/$*_defconfig,@+$(call inner-savedefconfig,$*))
	@echo "  wrote $(O)/$*_defconfig"
# Usage: $(call inner-savedefconfig,PACKAGE)
inner-savedefconfig = $(call inner-make,$1,savedefconfig) >/dev/null && mv $(B)/$1/build/defconfig $(O)/$1_defconfig

# ---- <kernel>-localmodconfig ----

# Of the kernel's modules, those alone that a list names, or that this machine has loaded, and what they need: by the
# kernel's own script. What a fragment asks for stays: a package, a preset or the board does not ask in vain.
LOCALMOD_GOAL := $(filter $(KERNEL_PACKAGE:%=%-localmodconfig),$(KBUILD_PACKAGES:%=%-localmodconfig))
ifneq ($(filter $(LOCALMOD_GOAL),$(GOALS)),)
LSMOD_FILE := $(if $(LSMOD),$(abspath $(call given-path,LSMOD)),/proc/modules)
LSMOD_HOW  := LSMOD=FILE is a file with what lsmod says where they are, or with their names, one a line
ifeq ($(call find-program,perl),)
$(error the kernel's own localmodconfig is a Perl script, and there is no perl in $(SEARCH_DIRS): install it)
endif
ifeq ($(shell grep -sv '^Module ' $(LSMOD_FILE) | head -n 1),)
$(error $(if $(LSMOD),$(LSMOD_FILE) is not there or names no module,this machine has no module loaded): $(LSMOD_HOW))
endif
endif

# Usage: $(call localmod-asked,PACKAGE)
# Shell text that prints the symbols that its fragments ask for.
define localmod-asked
for f in $(B)/$1/files/* $(B)/$1/build/recipe.config; do \
	case $$f in */menu.config | */base.config) ;; *) cat $$f 2>/dev/null || :; esac; done | \
	sed -n 's/^\(CONFIG_[A-Za-z0-9_]*\)=[ym]$$/\1/p'
endef
# Usage: $(call localmod-gone,PACKAGE)
# Shell text that prints the lines of a change that turn a module off which nobody asked for.
define localmod-gone
awk 'FILENAME == ARGV[1] { asked[$$0]; next } FILENAME == ARGV[2] { if (sub(/=m$$/, "")) module[$$0]; next } \
	{ s = $$0; sub(/^# /, "", s); sub(/[ =].*/, "", s) } s in module && !(s in asked)' $(B)/$1/asked $(B)/$1/build/.config -
endef
# Usage: $(call localmod-tell,AFTER,BEFORE)
# Shell text that tells how many modules the two configurations ask for.
localmod-tell = echo "    $$(grep -c '=m$$' $1) modules instead of $$(grep -c '=m$$' $2)"

.PHONY: $(LOCALMOD_GOAL)
$(LOCALMOD_GOAL): %-localmodconfig: %-configure
	@cp $(B)/$*/build/.config $(B)/$*/before.config
	@+yes '' | $(call inner-make,$*,localmodconfig LSMOD=$(LSMOD_FILE)) >$(B)/$*/localmodconfig.log 2>&1 || \
		{ tail -n 25 $(B)/$*/localmodconfig.log | $(shown) >&2; mv $(B)/$*/before.config $(B)/$*/build/.config; exit 1; }
	@grep -e 'config not found!!$$' -e 'did not have configs' $(B)/$*/localmodconfig.log | $(shown) | sed 's/^/  /' >&2 || :
	@mv $(B)/$*/build/.config $(B)/$*/after.config
	@mv $(B)/$*/before.config $(B)/$*/build/.config
	@$(call localmod-asked,$*) >$(B)/$*/asked
	@$(TOOLBIN)/kmerge diff $(B)/$*/build/.config $(B)/$*/after.config | $(call localmod-gone,$*) >$(B)/$*/chosen.config
	@$(call inner-keep,$*,$(call localmod-tell,$(B)/$*/after.config,$(B)/$*/build/.config))
