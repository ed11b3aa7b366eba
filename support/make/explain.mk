# SPDX-License-Identifier: GPL-2.0-or-later
# What the next make would do, and why. Nothing is changed: scripts that would be written stay
# in the bundle, where the step runner reads them.
#
# takes: survey-write (package.mk), the bundle (images.mk)
# gives: explain; PKG=NAME: all about one

ifneq ($(filter explain,$(GOALS)),)
ifneq ($(words $(GOALS)),1)
$(error explain stands alone: it tells what 'make' would do)
endif

$(survey-write)

# Why images/ itself would be put together again, when no package says so.
images-why = $(if $(wildcard $(O)/images/.),$(if $(findstring >$(B)/images/parts$(newline),$(file <$(ENGINE)/bundle)$(newline)),the set of packages changed),$(O)/images is not there)

.PHONY: explain
explain:
	@$(TOOLBIN)/step --explain $(SURVEY_LIST) --bundle $(ENGINE)/bundle --verbose $(V) $(if $(PKG),--only $(call squote,$(PKG))) >$(ENGINE)/explained || { rm -f $(ENGINE)/explained; exit 1; }
	@$(if $(PKG),,$(if $(images-why),echo 'images: put together$(comma) because $(images-why)' >>$(ENGINE)/explained;)) \
		if [ -s $(ENGINE)/explained ]; then cat $(ENGINE)/explained; else echo 'nothing to do'; fi; rm -f $(ENGINE)/explained
endif
