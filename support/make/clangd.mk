# SPDX-License-Identifier: GPL-2.0-or-later
# compile_commands.json: how each C source is compiled, for clangd and other programs that read C.
#
# Of the host tools and their tests it is in the top directory, where clangd looks for it. Of a package that
# kbuild builds it is in O: with <PREFIX>_DIR=DIR, or by PKG-compile-commands, which takes any sources. Nothing
# is ever written to a directory of a person's own.
#
# takes: COMPILE_PACKAGES (non-empty: packages are wanted, not the tools), KBUILD_PACKAGES, CC_TARGET, CC_KERNEL;
#        TOOL_FLAGS, TOOL_SOURCES (tools.mk)
# gives: compile_commands.json, <package>-compile-commands

compile-database = LC_ALL=C awk -f support/make/compile-commands.awk

.PHONY: compile_commands.json
ifeq ($(COMPILE_PACKAGES),)
COMPILE_TESTS   = support/fuzz support/tests/unit support/tests/helpers support/tests/helpers/*
COMPILE_SOURCES = $(filter %.c,$(TOOL_SOURCES)) $(wildcard $(COMPILE_TESTS:%=%/*.c))
COMPILE_COMMAND = $(CC_HOST) $(TOOL_FLAGS) -Isupport/tests/helpers -c
compile_commands.json:
	$(call quiet,WRITE,$@){ echo $(call squote,directory $(TOP)); \
		for file in $(COMPILE_SOURCES); do printf '%s %s\n' $(call squote,$(COMPILE_COMMAND)) $$file; done; } | \
		$(compile-database) >$@.new && mv $@.new $@
else
COMPILE_NAMED = $(patsubst %-compile-commands,%,$(filter %-compile-commands,$(GOALS)))
COMPILE_BUILT = $(foreach p,$(KBUILD_PACKAGES),$(if $(filter $($p.prefix)_DIR,$(GIVEN))$(filter $p,$(COMPILE_NAMED)),$p))
# Usage: $(call compile-unknown,WHAT)
compile-unknown = $(error $1: how a package is compiled is known only of those that kbuild compiles: \
                  $(or $(KBUILD_PACKAGES),none is enabled))
ifeq ($(INPUTS_READY),y)
$(foreach p,$(filter-out $(KBUILD_PACKAGES),$(COMPILE_NAMED)),$(call compile-unknown,$p))
$(if $(strip $(COMPILE_BUILT)),,$(call compile-unknown,$(COMPILE_PACKAGES)))
endif

# Usage: $(call compile-commands,PACKAGE)
# Shell text that prints the commands of its last build.
compile-commands = echo compiler $(if $(filter kernel,$($1.mode)),$(CC_KERNEL),$(CC_TARGET)); \
                   echo directory $(abspath $(B)/$1/build); \
                   find $(B)/$1/build -name '.*.o.cmd' 2>/dev/null | LC_ALL=C sort | xargs -r grep -hE '^(saved)?cmd_[^ ]*\.o := ';
compile-again    = make $(foreach p,$(COMPILE_BUILT),$(call compile-dir,$p)) $(COMPILE_BUILT:%=%-rebuild)
# Usage: $(call compile-dir,PACKAGE)
compile-dir      = $(if $(filter $($1.prefix)_DIR,$(GIVEN)),$($1.prefix)_DIR=$($($1.prefix)_DIR))
# Usage: $(call compile-hint,TEXT)
compile-hint     = @$(if $(silent),:,printf '  %s\n' $(call squote,$1))

compile_commands.json: $(COMPILE_BUILT:%=$(B)/%/stamp)
	$(call quiet,WRITE,$(O)/$@){ $(foreach p,$(COMPILE_BUILT),$(call compile-commands,$p)) } | \
		$(compile-database) >$(O)/$@.new || { rm $(O)/$@.new; \
		echo "nothing was compiled here, as all was in the cache of built packages: '$(compile-again)' compiles it" >&2; exit 1; }
	@mv $(O)/$@.new $(O)/$@
	$(call compile-hint,for clangd: --compile-commands-dir=$(abspath $(O))$(comma) or in your directory)
	$(call compile-hint,a link to $(abspath $(O))/$@ or a file .clangd:)
	$(call compile-hint,  CompileFlags: {CompilationDatabase: $(abspath $(O))})

.PHONY: $(KBUILD_PACKAGES:%=%-compile-commands)
$(KBUILD_PACKAGES:%=%-compile-commands): compile_commands.json
endif
