# SPDX-License-Identifier: GPL-2.0-or-later
# make explain: what the next make would do, and why. It changes nothing: scripts that would be written stay in the bundle,
# where the step runner reads them.
#
# takes: survey-write (package.mk), the bundle (images.mk)
# gives: explain; PKG=NAME: all about one

ifneq ($(filter explain,$(GOALS)),)
ifneq ($(words $(GOALS)),1)
$(error explain stands alone: it tells what 'make' would do)
endif

$(survey-write)

# Usage: $(call explain-replay,KERNEL)
# Shell text that adds which way a build of its local directory goes, if nothing else than that directory was edited.
define explain-replay
if grep -q '^$1: build, because .* was edited$$' $(ENGINE)/explained; then \
	$(TOOLBIN)/replay --explain --src $($1.local) --build $(B)/$1/build --versions '$(arch.replay)' | \
		sed 's/^/$1: /' >>$(ENGINE)/explained; fi
endef
# Usage: $(call explain-replayed,KERNEL)
# Non-empty if there is a kernel, and its build script calls replay.
explain-replayed = $(and $1,$($1.local),$(findstring $(newline)replay ,$(file <$(B)/$1/build.sh)))
EXPLAIN_REPLAY := $(if $(filter n,$(REPLAY)),,$(if $(call explain-replayed,$(KERNEL_PACKAGE)),$(call explain-replay,$(KERNEL_PACKAGE));))

# Why images/ itself would be put together again, when no package says so.
ifeq ($(wildcard $(O)/images/.),)
IMAGES_WHY := $(O)/images is not there
else ifneq ($(findstring >$(B)/images/parts$(newline),$(file <$(ENGINE)/bundle)$(newline)),)
IMAGES_WHY := the set of packages changed
endif
IMAGES_LINE := $(if $(IMAGES_WHY),images: put together$(comma) because $(IMAGES_WHY))

.PHONY: explain
explain:
	@$(TOOLBIN)/step --explain $(SURVEY_LIST) --bundle $(ENGINE)/bundle --verbose $(V) $(if $(PKG),--only $(call squote,$(PKG))) \
		>$(ENGINE)/explained || { rm -f $(ENGINE)/explained; exit 1; }
	@$(EXPLAIN_REPLAY)
	@$(if $(PKG),,$(if $(IMAGES_LINE),echo '$(IMAGES_LINE)' >>$(ENGINE)/explained;)) \
		if [ -s $(ENGINE)/explained ]; then cat $(ENGINE)/explained; else echo 'nothing to do'; fi; rm -f $(ENGINE)/explained
endif
