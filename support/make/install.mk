# SPDX-License-Identifier: GPL-2.0-or-later
# The version, manual pages, and installing the tools that are of use without Whittle.
#
# A manual page is made of the tool's page in docs/ (man.awk).
#
# takes: TOOLS, TOOLNAMES, TOOLBIN, WHITTLE_VERSION (tools.mk); PREFIX, DESTDIR
# gives: version, man, install, uninstall

.PHONY: version
version: ; $(info $(WHITTLE_VERSION)) @:

# ---- manual pages ----

MAN_DIR   := $(O)/man
MAN_PAGES = $(TOOLNAMES:%=$(MAN_DIR)/%.1)

# They cost nothing, so they are made each time.
$(MAN_PAGES): $(MAN_DIR)/%.1: docs/%.md support/make/man.awk FORCE
	@mkdir -p $(@D) && LC_ALL=C awk -f support/make/man.awk -v name=$* -v version=$(WHITTLE_VERSION) $< >$@.new && mv $@.new $@

.PHONY: man
man: $(MAN_PAGES)
	$(call quiet,MAN,$(MAN_DIR))

# ---- install ----

# With other goals these names are somebody else's.
ifneq ($(filter install uninstall,$(GOALS)),)
INSTALL_PREFIX := $(or $(call given-path,PREFIX),/usr/local)
# Where the files are put, which is below DESTDIR when a package is made of them.
INSTALL_ROOT := $(call given-path,DESTDIR)$(INSTALL_PREFIX)
ifneq ($(filter-out /%,$(INSTALL_PREFIX)),)
$(error PREFIX=$(INSTALL_PREFIX) is not absolute: write PREFIX=/usr/local or PREFIX=$(abspath $(INSTALL_PREFIX)))
endif
endif

INSTALL_TOOLS := fetch kmerge mkinitramfs runqemu unpack
# MODE:FILE:PATH of each file to install, PATH being below PREFIX. To source in ~/.bashrc or ~/.zshrc are
# share/whittle/make.bash and make.zsh; shells find the others by themselves.
INSTALL_FILES = \
	$(foreach t,$(INSTALL_TOOLS),755:$(TOOLBIN)/$t:bin/$t 644:$(MAN_DIR)/$t.1:share/man/man1/$t.1) \
	644:support/completion/runqemu.bash:share/bash-completion/completions/runqemu \
	644:support/completion/_runqemu:share/zsh/site-functions/_runqemu \
	$(foreach f,make.bash make.zsh,644:support/completion/$f:share/whittle/$f)

# Usage: $(call install-path,MODE:FILE:PATH), $(call install-command,MODE:FILE:PATH)
# Where that file is installed; the command.
install-path    = $(INSTALL_ROOT)/$(word 3,$(subst :, ,$1))
install-command = @install -D -m $(word 1,$(subst :, ,$1)) $(word 2,$(subst :, ,$1)) $(install-path)$(newline)

.PHONY: install uninstall
install: $(TOOLS) $(INSTALL_TOOLS:%=$(MAN_DIR)/%.1)
	$(call quiet,INSTALL,$(INSTALL_ROOT))
	$(foreach f,$(INSTALL_FILES),$(call install-command,$f))
uninstall:
	$(call quiet,REMOVE,$(INSTALL_ROOT))rm -f $(foreach f,$(INSTALL_FILES),$(call install-path,$f))
