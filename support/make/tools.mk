# SPDX-License-Identifier: GPL-2.0-or-later
# Host tools: each directory of support/tools is one program, linked with support/lib. A large one has its
# sources in folders, and names headers of the other folders as "TOOL/FOLDER/x.h".
#
# takes: O, TOOLDIR, TOOLBIN; CC_HOST, HOST_CFLAGS, HOST_LDFLAGS; SANITIZE=address,undefined for a checked
#        build; WRITES (output.mk): else they are taken as they are
# gives: TOOL (a function: name -> path), TOOLS (what to wait for before one is run; nothing when all are
#        good), TOOLS_STALE (non-empty: not all are),
#        WHITTLE_VERSION; the targets tools, unit-tests; UNIT_TESTS (programs made of support/tests/unit/*.c)

CC_HOST      ?= gcc
HOST_CFLAGS  ?= -O2 -g
HOST_LDFLAGS ?=
# What each tool's --version prints. It is no part of a package's key or of an image.
WHITTLE_VERSION := $(strip $(file <VERSION))

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
# What keeps built packages (lib/store/artifact.h) unpacks them and loads libcurl for a remote store.
LIBS_step        := -larchive -ldl
LIBS_artifacts   := -larchive -ldl
LIBS_lib         := -lcrypto

TOOL_WARN  := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla $(if $(DEVELOPER),-Werror)
TOOL_FLAGS  = -std=c11 -D_GNU_SOURCE -DWHITTLE_VERSION=$(WHITTLE_VERSION) -pthread $(TOOL_WARN) -Isupport/lib -Isupport/tools $(HOST_CFLAGS) \
              $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer)
TOOL_CONF  := $(CC_HOST) $(TOOL_FLAGS) $(HOST_LDFLAGS)

tool-objects = $(patsubst support/%.c,$(TOOLDIR)/obj/%.o,$(wildcard $1))
LIB_OBJECTS := $(call tool-objects,support/lib/*/*.c)
# As an archive, so that a tool has only what it calls, and loads only the libraries for that.
LIB_ARCHIVE := $(TOOLDIR)/lib.a
FUZZED      := $(patsubst support/fuzz/%.c,%,$(wildcard support/fuzz/*.c))
UNIT_TESTS  := $(patsubst support/tests/unit/%.c,$(TOOLDIR)/unit/%,$(wildcard support/tests/unit/*.c)) $(FUZZED:%=$(TOOLDIR)/unit/fuzz_%)
UNIT_WANTED := $(filter unit-tests check check-unit check-full $(TOOLDIR)/unit/%,$(GOALS))

# ---- what is stale ----
#
# No ages: sources may be dated ahead or back. Sizes and times of all sources tell whether anything may
# have changed since the tools were last found good. Only then their digests are looked at: they are lines
# of the file facts, beside the flags and what each program is linked of. What is built has the
# lines that it was built of (below sums/), and is stale when one of them is no longer a fact.

TOOL_SOURCES := $(wildcard support/lib/*/*.[ch] support/tools/*/*.[ch] support/tools/*/*/*.[ch])
UNIT_SOURCES := $(if $(UNIT_WANTED),$(wildcard support/tests/unit/*.[ch] support/tests/helpers/*.[ch] support/fuzz/*.[ch]))
ifeq ($(WRITES),y)
TOOL_SEEN   := $(TOOL_CONF) $(TOOL_SOURCES) $(shell stat -c '%i %s %y %z' $(TOOL_SOURCES))
TOOLS_STALE := $(if $(or $(filter-out $(wildcard $(TOOLBIN)/*),$(TOOLS)),$(call stale,$(TOOLDIR)/seen,$(TOOL_SEEN))),y)
endif
FACTS := $(TOOLDIR)/facts

# The objects and libraries of one tool; of one unit test, NAME or TOOL_NAME, the latter being linked with that
# tool's objects less its main; of fuzz_NAME, which replays the corpus of a fuzz target. That is linked
# with the tools whose headers it includes as "TOOL/...".
tool-parts = $(call tool-objects,support/tools/$1/*.c support/tools/$1/*/*.c)
tool-libs  = $(LIBS_$1) $(LIBS_lib)
tool-rest  = $(filter-out %/main.o,$(call tool-parts,$1))
unit-tool  = $(firstword $(subst _, ,$1))
unit-parts = $(if $(filter fuzz_%,$1),$(call replay-parts,$(1:fuzz_%=%)),$(TOOLDIR)/obj/tests/unit/$1.o $(call tool-rest,$(unit-tool)))
unit-libs  = $(if $(filter fuzz_%,$1),$(call fuzz-libs,$(1:fuzz_%=%)),$(LIBS_$(unit-tool)) $(LIBS_lib) -lcmocka)
fuzz-tools = $(call fuzz-find,$(file <support/fuzz/$1.c))
fuzz-find  = $(foreach t,$(TOOLNAMES),$(if $(findstring "$t/,$1),$t))
fuzz-libs  = $(foreach t,$(fuzz-tools),$(LIBS_$t)) $(LIBS_lib)
replay-parts = $(TOOLDIR)/obj/fuzz/$1.o $(TOOLDIR)/obj/tests/helpers/replay.o $(foreach t,$(fuzz-tools),$(call tool-rest,$t))

# $(call link-fact,PROGRAM,OBJECTS,LIBRARIES)
link-fact = $(1:$(TOOLDIR)/%=%): $(2:$(TOOLDIR)/%=%) $3
define TOOL_FACTS
flags $(TOOL_CONF)
$(call link-fact,$(LIB_ARCHIVE),$(LIB_OBJECTS))
$(call lines,$(foreach t,$(TOOLNAMES),$(call link-fact,$(TOOLBIN)/$t,$(call tool-parts,$t),$(call tool-libs,$t))$(newline))$(if \
	$(UNIT_WANTED),$(foreach t,$(notdir $(UNIT_TESTS)),$(call link-fact,$(TOOLDIR)/unit/$t,$(call unit-parts,$t),$(call unit-libs,$t))$(newline))))
endef

# ---- how it is built ----

# $(call tool-say,VERB,FILE) starts a recipe line: it counts under one line what is done of TOOL_TODO. make
# expands it when the command begins. At V=1 make shows the command itself.
tool-say = $(if $(filter-out 0,$(V)),,@$(if $(silent),,$(tool-count)))
tool-count = $(eval TOOL_DONE += x)$(if $(MAKE_TERMOUT),printf '\r  %-9s %s of %s$(if $(filter $(words $(TOOL_TODO)),$(words $(TOOL_DONE))),\n)' TOOLS \
             $(words $(TOOL_DONE)) $(words $(TOOL_TODO));,$(if $(filter 1,$(words $(TOOL_DONE))),printf '  %-9s %s to build\n' TOOLS $(words $(TOOL_TODO));))
# Starts what makes $@: until that is done, it is stale.
tool-begin = mkdir -p $(@D) $(dir $(tool-sums)) && echo unfinished >$(tool-sums) &&
tool-sums  = $(@:$(TOOLDIR)/%=$(TOOLDIR)/sums/%)
# Its facts: those of the files that the compiler named in $@.d ...
tool-read = && awk 'NR == FNR { fact[$$2] = $$0; if (/^flags /) print; next } \
	{ while (sub(/[^ \/]+\/\.\.\//, "")); for (i = 1; i <= NF; i++) if ($$i in fact) print fact[$$i] }' $(FACTS) $@.d >$(tool-sums).new && mv $(tool-sums).new $(tool-sums)
# ... or all of its parts', and the one about itself.
tool-sum  = && { cat $(2:$(TOOLDIR)/%=$(TOOLDIR)/sums/%) && echo $(call squote,$(call link-fact,$@,$1,$3)); } | sort -u >$(tool-sums).new && mv $(tool-sums).new $(tool-sums)

ifneq ($(TOOLS_STALE)$(UNIT_WANTED),)
$(shell mkdir -p $(TOOLDIR))
$(file >$(TOOLDIR)/seen.new,$(TOOL_SEEN))
$(file >$(FACTS),$(TOOL_FACTS))
$(shell sha256sum $(TOOL_SOURCES) $(UNIT_SOURCES) >>$(FACTS))
ifneq ($(.SHELLSTATUS),0)
$(error cannot write $(FACTS), the digests of what the tools are built of)
endif

# They may have been built before, for another checkout or another O (tools.sh).
TOOL_STORE := $(CACHE_DEFAULT)/tools
tool-store  = sh support/make/tools.sh $1 $(TOOL_STORE) $(FACTS) $(TOOLBIN) $(CC_HOST)
TOOLS_KEPT := $(if $(UNIT_WANTED)$(findstring $(hash) CONFIG_CACHE is not set,$(file <$(O)/.config)),,y)
ifeq ($(TOOLS_KEPT),y)
$(shell $(call tool-store,take) && mv $(TOOLDIR)/seen.new $(TOOLDIR)/seen)
$(if $(filter 3,$(.SHELLSTATUS)),$(error nothing was done))
TOOLS_TAKEN := $(if $(filter 0,$(.SHELLSTATUS)),y)
endif
endif

ifneq ($(if $(TOOLS_TAKEN),,$(TOOLS_STALE)$(UNIT_WANTED)),)
TOOL_BUILT := $(LIB_OBJECTS) $(foreach t,$(TOOLNAMES),$(call tool-parts,$t)) $(LIB_ARCHIVE) $(TOOLS) \
              $(if $(UNIT_WANTED),$(sort $(filter-out $(TOOLDIR)/obj/tools/%,$(foreach t,$(notdir $(UNIT_TESTS)),$(call unit-parts,$t)))) $(UNIT_TESTS))
TOOL_SUMS  := $(wildcard $(TOOL_BUILT:$(TOOLDIR)/%=$(TOOLDIR)/sums/%))
sums-of    = $(patsubst $(TOOLDIR)/sums/%,$(TOOLDIR)/%,$1)
TOOL_TODO  := $(filter-out $(call sums-of,$(TOOL_SUMS)),$(TOOL_BUILT)) $(if $(TOOL_SUMS),$(call sums-of,$(shell grep -lvxFf $(FACTS) $(TOOL_SUMS))))
$(TOOL_TODO): FORCE

$(TOOLDIR)/obj/%.o:
	$(call tool-say,CC,$@)$(tool-begin) $(CC_HOST) $(TOOL_FLAGS) $(if $(filter tests/% fuzz/%,$*),-Isupport/tests/helpers) -MMD -MF $@.d -c -o $@ support/$*.c $(tool-read)

$(LIB_ARCHIVE): | $(LIB_OBJECTS)
	$(call tool-say,AR,$@)$(tool-begin) rm -f $@ && ar rcs $@ $(LIB_OBJECTS) $(call tool-sum,$(LIB_OBJECTS),$(LIB_OBJECTS))

# $(call link-rule,PROGRAM,OBJECTS,LIBRARIES)
define link-rule
$1: | $2 $(LIB_ARCHIVE)
	$$(call tool-say,LD,$$@)$$(tool-begin) $$(CC_HOST) $$(TOOL_FLAGS) $$(HOST_LDFLAGS) -o $$@ $2 $(LIB_ARCHIVE) -Wl,--as-needed $3 $$(call tool-sum,$2,$2 $(LIB_ARCHIVE),$3)
endef
$(foreach t,$(TOOLNAMES),$(eval $(call link-rule,$(TOOLBIN)/$t,$(call tool-parts,$t),$(call tool-libs,$t))))
$(if $(UNIT_WANTED),$(foreach t,$(notdir $(UNIT_TESTS)),$(eval $(call link-rule,$(TOOLDIR)/unit/$t,$(call unit-parts,$t),$(call unit-libs,$t)))))

# All are good, as the sources were when this make began.
$(TOOLDIR)/seen: FORCE | $(TOOLS)
	@mv $@.new $@$(if $(TOOLS_KEPT), && $(call tool-store,keep) || :)
TOOLS += $(TOOLDIR)/seen
else
TOOLS :=
endif

.PHONY: tools unit-tests
tools: $(TOOLS)
unit-tests: $(UNIT_TESTS)
