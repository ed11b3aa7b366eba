# SPDX-License-Identifier: GPL-2.0-or-later
# Host tools: each directory of support/tools is one program, linked with support/lib.
#
# takes: O; CC_HOST, HOST_CFLAGS, HOST_LDFLAGS; SANITIZE=address,undefined for a checked build
# gives: TOOLBIN (their directory), TOOL (a function: name -> path), TOOLS (all of them),
#        the targets tools, unit-tests; UNIT_TESTS (programs made of support/tests/unit/*.c)

CC_HOST      ?= gcc
HOST_CFLAGS  ?= -O2 -g
HOST_LDFLAGS ?=

TOOLDIR  := $(or $(call given-path,TOOLDIR),$(O)/tools)
TOOLBIN  := $(TOOLDIR)/bin
TOOL      = $(TOOLBIN)/$1
TOOLNAMES := $(notdir $(patsubst %/main.c,%,$(wildcard support/tools/*/main.c)))
TOOLS    := $(TOOLNAMES:%=$(TOOLBIN)/%)

# Libraries beyond libc, by tool; those of support/lib come last.
LIBS_fetch       := -lcurl
LIBS_unpack      := -larchive -lz -llzma -lzstd -lbz2 -llz4
LIBS_mkinitramfs := -lz -llzma -lzstd -lbz2 -llz4
LIBS_runqemu     := -lcjson -lz
LIBS_inventory   := -lcjson
LIBS_mkpasswd    := -lcrypt
# What keeps built packages (lib/artifact.h) unpacks them and loads libcurl for a remote store.
LIBS_step        := -larchive -ldl
LIBS_artifacts   := -larchive -ldl
LIBS_lib         := -lcrypto

TOOL_WARN  := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla $(if $(DEVELOPER),-Werror)
TOOL_FLAGS  = -std=c11 -D_GNU_SOURCE -pthread $(TOOL_WARN) -Isupport/lib $(HOST_CFLAGS) \
              $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer)

tool-objects = $(patsubst support/%.c,$(TOOLDIR)/obj/%.o,$(wildcard $1))
LIB_OBJECTS := $(call tool-objects,support/lib/*.c)
# As an archive, so that a tool has only what it calls, and loads only the libraries for that.
LIB_ARCHIVE := $(TOOLDIR)/lib.a
UNIT_TESTS  := $(patsubst support/tests/unit/%.c,$(TOOLDIR)/unit/%,$(wildcard support/tests/unit/*.c))

# The flags are part of what an object depends on: a changed flag changes this file.
TOOL_CONF := $(CC_HOST) $(TOOL_FLAGS) $(HOST_LDFLAGS)
ifneq ($(strip $(file <$(TOOLDIR)/flags)),$(strip $(TOOL_CONF)))
$(shell mkdir -p $(TOOLDIR))
$(file >$(TOOLDIR)/flags,$(TOOL_CONF))
endif

tool-say = $(if $(silent)$(filter 1 2,$(V)),,@printf '  %-9s %s\n' '$1' '$(2:$(O)/%=%)';)

$(TOOLDIR)/obj/%.o: support/%.c $(TOOLDIR)/flags
	$(call tool-say,CC,$@)mkdir -p $(@D) && $(CC_HOST) $(TOOL_FLAGS) $(if $(filter tests/% fuzz/%,$*),-Isupport/tools -Isupport/tests/helpers) -MMD -MP -c -o $@ $<

$(LIB_ARCHIVE): $(LIB_OBJECTS)
	$(call tool-say,AR,$@)rm -f $@ && ar rcs $@ $^

# One tool: all objects of its directory.
define tool-rule
$(TOOLBIN)/$1: $(call tool-objects,support/tools/$1/*.c) $(LIB_ARCHIVE)
	$$(call tool-say,LD,$$@)mkdir -p $$(@D) && $(CC_HOST) $(TOOL_FLAGS) $(HOST_LDFLAGS) -o $$@ $$(filter %.o,$$^) $(LIB_ARCHIVE) -Wl,--as-needed $(LIBS_$1) $(LIBS_lib)
endef
$(foreach t,$(TOOLNAMES),$(eval $(call tool-rule,$t)))

# One unit test: NAME.c or TOOL_NAME.c; the latter is linked with that tool's objects less its main.
define unit-rule
$(TOOLDIR)/unit/$1: $(TOOLDIR)/obj/tests/unit/$1.o $(LIB_ARCHIVE) \
    $(filter-out %/main.o,$(call tool-objects,support/tools/$(firstword $(subst _, ,$1))/*.c))
	$$(call tool-say,LD,$$@)mkdir -p $$(@D) && $(CC_HOST) $(TOOL_FLAGS) $(HOST_LDFLAGS) -o $$@ $$(filter %.o,$$^) $(LIB_ARCHIVE) \
		$(LIBS_$(firstword $(subst _, ,$1))) $(LIBS_lib) -lcmocka
endef
$(foreach t,$(notdir $(UNIT_TESTS)),$(eval $(call unit-rule,$t)))

-include $(wildcard $(TOOLDIR)/obj/*/*.d $(TOOLDIR)/obj/*/*/*.d)

.PHONY: tools unit-tests
tools: $(TOOLS)
unit-tests: $(UNIT_TESTS)
