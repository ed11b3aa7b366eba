# SPDX-License-Identifier: GPL-2.0-or-later
# compile_commands.json: how each C source is compiled, for clangd and other programs that read C.
#
# Of the host tools and their tests it is in the top directory, where clangd looks for it. Of a package that
# is built from a directory of a person's own by kbuild, as the kernel is with LINUX_DIR=DIR, it is in O:
# nothing is ever written to that directory.
#
# takes: COMPILE_PACKAGES (non-empty: packages are wanted, not the tools), KBUILD_PACKAGES, CC_TARGET;
#        TOOL_FLAGS, TOOL_SOURCES (tools.mk)
# gives: compile_commands.json

compile-database = LC_ALL=C awk -f support/make/compile-commands.awk

.PHONY: compile_commands.json
ifeq ($(COMPILE_PACKAGES),)
COMPILE_TESTS   = support/fuzz support/tests/unit support/tests/helpers support/tests/helpers/*
COMPILE_SOURCES = $(filter %.c,$(TOOL_SOURCES)) $(wildcard $(COMPILE_TESTS:%=%/*.c))
COMPILE_COMMAND = $(CC_HOST) $(TOOL_FLAGS) -Isupport/tests/helpers -c
compile_commands.json:
	$(call quiet,WRITE,$@)printf '%s\n' $(call squote,directory $(TOP)) \
		$(foreach f,$(COMPILE_SOURCES),$(call squote,$(COMPILE_COMMAND) $f)) | \
		$(compile-database) >$@.new && mv $@.new $@
else
COMPILE_BUILT = $(foreach p,$(KBUILD_PACKAGES),$(if $(filter $($p.prefix)_DIR,$(GIVEN)),$p))
ifeq ($(INPUTS_READY)$(strip $(COMPILE_BUILT)),y)
$(error $(COMPILE_PACKAGES): how a package is compiled is known only of those that kbuild compiles: \
	$(or $(KBUILD_PACKAGES),none is enabled))
endif

# Usage: $(call compile-commands,PACKAGE)
# Shell text that prints the commands of its last build.
compile-commands = echo directory $(abspath $(B)/$1/build); \
                   find $(B)/$1/build -name '.*.o.cmd' 2>/dev/null | LC_ALL=C sort | xargs -r grep -hE '^(saved)?cmd_[^ ]*\.o := ';
compile-again    = make $(foreach p,$(COMPILE_BUILT),$($p.prefix)_DIR=$($($p.prefix)_DIR)) $(COMPILE_BUILT:%=%-rebuild)

compile_commands.json: $(COMPILE_BUILT:%=$(B)/%/stamp)
	$(call quiet,WRITE,$(O)/$@){ $(foreach p,$(COMPILE_BUILT),$(call compile-commands,$p)) } | \
		COMPILER=$(CC_TARGET) $(compile-database) >$(O)/$@.new || { rm $(O)/$@.new; \
		echo "nothing was compiled here, as all was in the cache of built packages: '$(compile-again)' compiles it" >&2; exit 1; }
	@mv $(O)/$@.new $(O)/$@
	@$(if $(silent),:,printf '  for clangd: --compile-commands-dir=%s, or a file .clangd in your directory:\n' $(abspath $(O)))
	@$(if $(silent),:,printf '    CompileFlags: {CompilationDatabase: %s}\n' $(abspath $(O)))
endif
