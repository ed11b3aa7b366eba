# SPDX-License-Identifier: GPL-2.0-or-later
# Goals that list packages and check recipes. make does not read any recipe for them, so they also work when a recipe stops
# every other goal.
#
# takes: PACKAGE_ROOTS, O, TOOLS, TOOLBIN; PKG=NAME ...
# gives: list-packages, checkrecipe

.PHONY: list-packages checkrecipe
list-packages:
	@sh support/make/list-packages.sh $(O)/.config $(foreach r,$(PACKAGE_ROOTS),$(wildcard $r/*/Kconfig))
	@echo; echo "* enabled in $(O)/.config. 'make menuconfig' enables more, or 'make set OPTIONS=PACKAGE_NAME=y'"

# Usage: $(call package-dir,PACKAGE)
package-dir   = $(or $(wildcard $(PACKAGE_ROOTS:%=%/$1)),$(error $(call no-package-dir,$1)))
# Usage: $(call no-package-dir,PACKAGE)
no-package-dir = there is no directory $1 in $(PACKAGE_ROOTS): 'make list-packages' tells what there is
# Of PKG, or of all packages from outside the tree.
external-dirs = $(foreach r,$(wordlist 2,$(words $(PACKAGE_ROOTS)),$(PACKAGE_ROOTS)),$(wildcard $r/*))
recipe-dirs   = $(if $(PKG),$(foreach p,$(PKG),$(call package-dir,$p)),$(external-dirs))
checkrecipe: $(TOOLS)
	$(if $(recipe-dirs),,$(error checkrecipe wants PKG, as in: make checkrecipe PKG=hello))
	@$(TOOLBIN)/checkrecipe --vocabulary support/make/vocabulary.mk $(PACKAGE_ROOTS:%=--known %) \
		$(foreach d,$(recipe-dirs),$(call squote,$d)) && echo '  nothing is wrong'
