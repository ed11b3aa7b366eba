# SPDX-License-Identifier: GPL-2.0-or-later
# What packages there are, and whether one is written as it should be: without a look at any recipe, so also
# for one that stops every other make.
#
# takes: PACKAGE_ROOTS, O, TOOLS, TOOLBIN; PKG=NAME ...
# gives: list-packages, checkrecipe

.PHONY: list-packages checkrecipe
list-packages:
	@sh support/make/list-packages.sh $(O)/.config $(foreach r,$(PACKAGE_ROOTS),$(wildcard $r/*/Kconfig))
	@echo; echo "* enabled in $(O)/.config. 'make menuconfig' enables more, or 'make set OPTIONS=PACKAGE_NAME=y'"

# Of PKG, or of all packages from outside the tree.
checkrecipe-dirs = $(if $(PKG),$(foreach p,$(PKG),$(call checkrecipe-dir,$p)),$(foreach r,$(wordlist 2,$(words $(PACKAGE_ROOTS)),$(PACKAGE_ROOTS)),$(wildcard $r/*)))
checkrecipe-dir  = $(or $(wildcard $(PACKAGE_ROOTS:%=%/$1)),$(error there is no directory $1 in $(PACKAGE_ROOTS): 'make list-packages' tells what there is))
checkrecipe: $(TOOLS)
	$(if $(checkrecipe-dirs),,$(error checkrecipe wants PKG, as in: make checkrecipe PKG=hello))@$(TOOLBIN)/checkrecipe --vocabulary support/make/vocabulary.mk $(PACKAGE_ROOTS:%=--known %) $(foreach d,$(checkrecipe-dirs),$(call squote,$d)) && echo '  nothing is wrong'
