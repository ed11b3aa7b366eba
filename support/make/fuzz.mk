# SPDX-License-Identifier: GPL-2.0-or-later
# Fuzzing: support/fuzz/NAME.c passes arbitrary bytes to one parser; support/fuzz/corpus/NAME/ has seeds for it.
#
# takes: FUZZED, fuzz-tools, fuzz-libs, TOOL_ARCHES, arch-compile (tools.mk); T, names of targets; SECONDS, for each
# gives: fuzz

FUZZ_CC  ?= clang
FUZZ_DIR := $(TOOLDIR)/fuzz

FUZZ_FLAGS = -std=c11 -D_GNU_SOURCE -DWHITTLE_VERSION=$(WHITTLE_VERSION) -pthread $(TOOL_WARN) -Isupport/lib -Isupport/tools \
             -isystem /usr/include/libxml2 \
             -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined

$(FUZZ_DIR)/obj/%.o: support/%.c
	$(call quiet,CC,$@)mkdir -p $(@D) && $(FUZZ_CC) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<
$(FUZZ_DIR)/obj/lib/arch/archtexts.o: $(TOOL_ARCHES) $(ARCH_TEXTS) support/lib/arch/archtexts.h
	$(call quiet,CC,$@)mkdir -p $(@D) && $(call arch-compile,$(FUZZ_CC) $(FUZZ_FLAGS))
$(FUZZ_DIR)/lib.a: $(LIB_OBJECTS:$(TOOLDIR)/obj/%=$(FUZZ_DIR)/obj/%)
	$(call quiet,AR,$@)rm -f $@ && ar rcs $@ $^

# Usage: $(call fuzz-sources,NAME)
fuzz-sources = support/fuzz/$1.c $(foreach t,$(call fuzz-tools,$1),$(call fuzz-parts,$t))
# Usage: $(call fuzz-parts,TOOL)
# The sources of a tool, less its main.
fuzz-parts   = $(filter-out %/main.c,$(wildcard support/tools/$1/*.c support/tools/$1/*/*.c))
# Usage: $(eval $(call fuzz-rule,NAME))
define fuzz-rule
$(FUZZ_DIR)/$1: $(patsubst support/%.c,$(FUZZ_DIR)/obj/%.o,$(call fuzz-sources,$1)) $(FUZZ_DIR)/lib.a
	$$(call quiet,LD,$$@)$(FUZZ_CC) $(FUZZ_FLAGS) -fsanitize=fuzzer -o $$@ $$^ -Wl,--as-needed $(call fuzz-libs,$1)
endef
$(if $(filter fuzz $(FUZZ_DIR)/%,$(GOALS)),$(foreach f,$(FUZZED),$(eval $(call fuzz-rule,$f))))

-include $(wildcard $(foreach d,* */* */*/* */*/*/*,$(FUZZ_DIR)/obj/$d.d))

FUZZ_WANTED  := $(or $(T),$(FUZZED))
FUZZ_SECONDS := $(or $(call given-number,SECONDS),60)

# What a fuzzer learns is kept in corpus/NAME, its findings are NAME-crash-... and the like.
.PHONY: fuzz
fuzz: $(FUZZ_WANTED:%=$(FUZZ_DIR)/%)
	@status=0; for name in $(FUZZ_WANTED); do \
		mkdir -p $(FUZZ_DIR)/corpus/$$name; \
		$(FUZZ_DIR)/$$name -max_total_time=$(FUZZ_SECONDS) -max_len=16384 -timeout=20 -print_final_stats=1 \
			-artifact_prefix=$(abspath $(FUZZ_DIR))/$$name- \
			$(abspath $(FUZZ_DIR))/corpus/$$name $(TOP)/support/fuzz/corpus/$$name \
			>$(FUZZ_DIR)/$$name.log 2>&1 && found=nothing || \
			{ found=something; status=1; grep -v '^#[0-9]' $(FUZZ_DIR)/$$name.log | tail -n 60 >&2; }; \
		printf '  %-9s %s: %s executions, found %s: %s\n' FUZZ "$$name" \
			"$$(sed -n 's/^stat::number_of_executed_units: *//p' $(FUZZ_DIR)/$$name.log)" "$$found" $(FUZZ_DIR)/$$name.log; \
	done; exit $$status

ifeq ($(filter fuzz,$(GOALS)),fuzz)
$(foreach t,$(T),$(if $(filter $t,$(FUZZED)),,$(error there is no support/fuzz/$t.c; T is one or several of: $(FUZZED))))
endif
