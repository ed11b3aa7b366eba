# SPDX-License-Identifier: GPL-2.0-or-later
# Host tools: each directory of support/tools is one program, linked with support/lib. So are unit tests. A
# large tool has its sources in folders, and names headers of the other folders as "TOOL/FOLDER/x.h".
#
# takes: O, TOOLDIR, TOOLBIN; CC_HOST, HOST_CFLAGS, HOST_LDFLAGS; SANITIZE=address,undefined for a checked build; WRITES
#        (output.mk): else they are taken as they are
# gives: WHITTLE_VERSION; TOOLS (what to wait for before one is run; nothing when all are good), TOOLS_STALE (non-empty:
#        not all are), the targets tools, unit-tests; UNIT_TESTS (programs made of support/tests/unit/*.c); FUZZED, LIB_OBJECTS, TOOL_WARN,
#        fuzz-tools, fuzz-libs (for fuzz.mk), LIBS_* (for book.mk)
#
# How staleness is decided. Ages are never compared: sources may be dated ahead or back.
#
#   1. seen   Sizes, times and inodes of all sources, and the flags, as they were when the tools were last found good. As
#             long as they are the same nothing more is looked at.
#   2. facts  Else each thing that decides a result becomes a line of the file facts: the digest of each source, the flags,
#             and for each program what it is linked of.
#   3. sums/  For each file that was built, the facts that it was built of. It is stale when one of them is no longer a
#             line of facts, or when there are none.
#
# Before anything is compiled, tools.sh looks whether the programs of these facts were built before, for another checkout or
# another O.

CC_HOST      ?= gcc
HOST_CFLAGS  ?= -O2 -g
HOST_LDFLAGS ?=
# What each tool's --version prints. It is no part of a package's key or of an image.
WHITTLE_VERSION := $(strip $(file <VERSION))

# ---- what there is to build ----

TOOLNAMES := $(notdir $(patsubst %/main.c,%,$(wildcard support/tools/*/main.c)))
TOOLS     := $(TOOLNAMES:%=$(TOOLBIN)/%)

# Libraries beyond libc, by tool; those of support/lib come last.
LIBS_fetch       := -lcurl
LIBS_unpack      := -larchive -lz -llzma -lzstd -lbz2 -llz4
LIBS_mkinitramfs := -lz -llzma -lzstd -lbz2 -llz4
LIBS_bootchart   := -lelf -lcjson -lxml2 -ldl
LIBS_decode      := -ldw -lelf
LIBS_cores       := -ldw -lelf -lcjson -lz -llzma -lzstd -lbz2 -llz4
LIBS_runqemu     := -ldw -lelf -lcjson -lxml2 -ldl -lz -llzma -lzstd -lbz2 -llz4
LIBS_inventory   := -lcjson
LIBS_runcompare  := -lcjson
LIBS_repro       := -lcjson -larchive
LIBS_matrix      := -lcjson -lxml2 -ldl
LIBS_mkpasswd    := -lcrypt
# What keeps built packages (lib/store/artifact.h) unpacks them and loads libcurl for a remote store.
LIBS_step        := -larchive -ldl
LIBS_artifacts   := -larchive -ldl
LIBS_lib         := -lcrypto

TOOL_WARN   := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla $(if $(DEVELOPER),-Werror)
SANITIZERS  := address undefined leak thread
SANITIZE_ODD := $(filter-out $(SANITIZERS),$(subst $(comma), ,$(SANITIZE)))
ifneq ($(SANITIZE_ODD),)
$(error SANITIZE=$(SANITIZE): expected some of these, separated by commas: $(SANITIZERS))
endif
TOOL_FLAGS   = -std=c11 -D_GNU_SOURCE -DWHITTLE_VERSION=$(WHITTLE_VERSION) -pthread $(TOOL_WARN) -Isupport/lib \
               -Isupport/tools -isystem /usr/include/libxml2 $(HOST_CFLAGS) \
               $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer)
TOOL_CONF   := $(CC_HOST) $(TOOL_FLAGS) $(HOST_LDFLAGS)

# Usage: $(call objects,PATTERN)
# The objects of the sources that match.
objects = $(patsubst support/%.c,$(TOOLDIR)/obj/%.o,$(wildcard $1))

# Descriptions of architectures that are compiled in, and what makes a C source of them.
TOOL_ARCHES := $(sort $(wildcard support/arch/*.arch))
ARCH_TEXTS  := support/lib/arch/archtexts.sh
ARCH_OBJECT := $(TOOLDIR)/obj/lib/arch/archtexts.o
LIB_OBJECTS := $(call objects,support/lib/*/*.c) $(ARCH_OBJECT)
# Usage: $(call arch-compile,COMPILER)
# The shell command that compiles the descriptions of the tree to $@.
arch-compile = sh $(ARCH_TEXTS) $(TOOL_ARCHES) | $1 -x c -c -o $@ -
# As an archive, so that a tool has only what it calls, and loads only the libraries for that.
LIB_ARCHIVE := $(TOOLDIR)/lib.a

FUZZED      := $(patsubst support/fuzz/%.c,%,$(wildcard support/fuzz/*.c))
UNIT_NAMES  := $(patsubst support/tests/unit/%.c,%,$(wildcard support/tests/unit/*.c)) $(FUZZED:%=fuzz_%)
UNIT_TESTS  := $(UNIT_NAMES:%=$(TOOLDIR)/unit/%)
UNIT_WANTED := $(filter unit-tests check check-unit check-full $(TOOLDIR)/unit/%,$(GOALS))

# ---- what each program is linked of ----

# Usage: $(call tool-objects,TOOL), $(call tool-libs,TOOL), $(call tool-rest,TOOL)
# Its objects and libraries; its objects less its main.
tool-objects = $(call objects,support/tools/$1/*.c support/tools/$1/*/*.c)
tool-libs    = $(LIBS_$1) $(LIBS_lib)
tool-rest    = $(filter-out %/main.o,$(call tool-objects,$1))

# Usage: $(call unit-objects,UNIT), $(call unit-libs,UNIT)
# The same for a unit test: NAME; TOOL_NAME, which is linked with that tool's objects less its main; or fuzz_NAME, which
# replays the corpus of a fuzz target.
unit-objects = $(if $(filter fuzz_%,$1),$(call replay-objects,$(1:fuzz_%=%)),$(call plain-objects,$1))
unit-libs    = $(if $(filter fuzz_%,$1),$(call fuzz-libs,$(1:fuzz_%=%)),$(LIBS_$(call unit-tool,$1)) $(LIBS_lib) -lcmocka)
# Usage: $(call plain-objects,UNIT), $(call unit-tool,UNIT)
plain-objects = $(TOOLDIR)/obj/tests/unit/$1.o $(call tool-rest,$(call unit-tool,$1))
unit-tool     = $(firstword $(subst _, ,$1))

# Usage: $(call replay-objects,TARGET), $(call fuzz-libs,TARGET)
replay-objects = $(TOOLDIR)/obj/fuzz/$1.o $(TOOLDIR)/obj/tests/helpers/replay.o $(foreach t,$(call fuzz-tools,$1),$(call tool-rest,$t))
fuzz-libs      = $(foreach t,$(call fuzz-tools,$1),$(LIBS_$t)) $(LIBS_lib)
# Usage: $(call fuzz-tools,TARGET), $(call tools-in,TEXT)
# The tools whose headers it includes as "TOOL/...".
fuzz-tools     = $(call tools-in,$(file <support/fuzz/$1.c))
tools-in       = $(foreach t,$(TOOLNAMES),$(if $(findstring "$t/,$1),$t))

# ---- seen ----

TOOL_SOURCES := $(wildcard support/lib/*/*.[ch] support/tools/*/*.[ch] support/tools/*/*/*.[ch])
UNIT_SOURCES := $(if $(UNIT_WANTED),$(wildcard support/tests/unit/*.[ch] support/tests/helpers/*.[ch] support/fuzz/*.[ch]))
ifeq ($(WRITES),y)
TOOLS_FROM   := $(TOOL_SOURCES) $(TOOL_ARCHES) $(ARCH_TEXTS)
TOOL_SEEN    := $(TOOL_CONF) $(TOOLS_FROM) $(shell stat -c '%i %s %y %z' $(TOOLS_FROM))
TOOLS_ABSENT := $(filter-out $(wildcard $(TOOLBIN)/*),$(TOOLS))
TOOLS_STALE  := $(if $(or $(TOOLS_ABSENT),$(call stale,$(TOOLDIR)/seen,$(TOOL_SEEN))),y)
endif

# ---- facts ----

FACTS := $(TOOLDIR)/facts

# Usage: $(call below,PATHS)
# As they are called below $(TOOLDIR).
below = $(1:$(TOOLDIR)/%=%)
# Usage: $(call link-fact,PROGRAM,OBJECTS,LIBRARIES)
# The fact about a program: what it is linked of.
link-fact = $(call below,$1): $(call below,$2) $3

tool-facts = $(foreach t,$(TOOLNAMES),$(call link-fact,$(TOOLBIN)/$t,$(call tool-objects,$t),$(call tool-libs,$t))$(newline))
unit-facts = $(foreach t,$(UNIT_NAMES),$(call link-fact,$(TOOLDIR)/unit/$t,$(call unit-objects,$t),$(call unit-libs,$t))$(newline))
define TOOL_FACTS
flags $(TOOL_CONF)
archs: of $(TOOL_ARCHES)
$(call link-fact,$(LIB_ARCHIVE),$(LIB_OBJECTS))
$(call lines,$(tool-facts))$(if $(UNIT_WANTED),$(call lines,$(unit-facts)))
endef

ifneq ($(TOOLS_STALE)$(UNIT_WANTED),)
$(shell mkdir -p $(TOOLDIR))
$(file >$(TOOLDIR)/seen.new,$(TOOL_SEEN))
$(file >$(FACTS),$(TOOL_FACTS))
$(shell sha256sum $(TOOL_SOURCES) $(TOOL_ARCHES) $(ARCH_TEXTS) $(UNIT_SOURCES) >>$(FACTS))
ifneq ($(.SHELLSTATUS),0)
$(error cannot write $(FACTS), the digests of what the tools are built of)
endif

# ---- built before ----

# Usage: $(call tool-store,ACTION)
# take or keep; not with unit tests, or without a cache (tools.sh).
tool-store = sh support/make/tools.sh $1 $(CACHE_DEFAULT)/tools $(FACTS) $(TOOLBIN) $(CC_HOST)
TOOLS_KEPT := $(if $(UNIT_WANTED)$(findstring $(hash) CONFIG_CACHE is not set,$(file <$(O)/.config)),,y)
ifeq ($(TOOLS_KEPT),y)
$(shell $(call tool-store,take) && mv $(TOOLDIR)/seen.new $(TOOLDIR)/seen)
$(if $(filter 3,$(.SHELLSTATUS)),$(error nothing was done))
TOOLS_TAKEN := $(if $(filter 0,$(.SHELLSTATUS)),y)
endif
endif

# ---- rules ----

ifneq ($(if $(TOOLS_TAKEN),,$(TOOLS_STALE)$(UNIT_WANTED)),)
ifneq ($(UNIT_WANTED),)
UNIT_OBJECTS := $(sort $(filter-out $(TOOLDIR)/obj/tools/%,$(foreach t,$(UNIT_NAMES),$(call unit-objects,$t))))
UNIT_BUILT   := $(UNIT_OBJECTS) $(UNIT_TESTS)
endif
TOOL_BUILT   := $(LIB_OBJECTS) $(foreach t,$(TOOLNAMES),$(call tool-objects,$t)) $(LIB_ARCHIVE) $(TOOLS) $(UNIT_BUILT)

# Usage: $(call sum-of,PATHS), $(call built-of,SUMS)
# The file below sums/ for each, and the reverse.
sum-of     = $(1:$(TOOLDIR)/%=$(TOOLDIR)/sums/%)
built-of   = $(1:$(TOOLDIR)/sums/%=$(TOOLDIR)/%)

# Stale is what has no sum, or one with a line that is no fact.
TOOL_SUMS  := $(wildcard $(call sum-of,$(TOOL_BUILT)))
TOOL_TODO  := $(filter-out $(call built-of,$(TOOL_SUMS)),$(TOOL_BUILT)) \
              $(if $(TOOL_SUMS),$(call built-of,$(shell grep -lvxFf $(FACTS) $(TOOL_SUMS))))
$(TOOL_TODO): FORCE

# Usage: $(call tool-say,VERB,FILE)
# Starts a recipe line: one line on the terminal counts what is done of TOOL_TODO. make expands this when the command begins.
# At V=1 make shows the command instead.
tool-say   = $(if $(filter-out 0,$(V)),,@$(if $(silent),,$(tool-count)))
TOOL_DONE :=
tool-count = $(eval TOOL_DONE += x)$(if $(value MAKE_TERMOUT),$(tool-count-on),$(tool-count-once))
tool-last  = $(filter $(words $(TOOL_TODO)),$(words $(TOOL_DONE)))
tool-count-on   = printf '\r  %-9s %s of %s$(if $(tool-last),\n)' TOOLS $(words $(TOOL_DONE)) $(words $(TOOL_TODO));
tool-count-once = $(if $(filter 1,$(words $(TOOL_DONE))),printf '  %-9s %s to build\n' TOOLS $(words $(TOOL_TODO));)

# Of a recipe that makes $@: before; it is stale until its sum is written.
tool-begin = mkdir -p $(@D) $(dir $(call sum-of,$@)) && echo unfinished >$(call sum-of,$@) &&
# Usage: $(call tool-sum,COMMAND)
# Behind: write its sum, which COMMAND prints.
tool-sum   = && $1 >$(call sum-of,$@).new && mv $(call sum-of,$@).new $(call sum-of,$@)

# The sum of an object: the facts on the flags and on the files that the compiler named in $@.d.
define sum-compiled
awk 'NR == FNR { fact[$$2] = $$0; if (/^flags /) print; next } \
	{ while (sub(/[^ \/]+\/\.\.\//, "")); for (i = 1; i <= NF; i++) if ($$i in fact) print fact[$$i] }' $(FACTS) $@.d
endef
# Usage: $(call sum-linked,OBJECTS,PARTS,LIBRARIES)
# The sum of a program or library: the sums of all its PARTS, and the fact about itself.
sum-linked = { cat $(call sum-of,$2) && echo $(call squote,$(call link-fact,$@,$1,$3)); } | sort -u

TEST_FLAGS := -Isupport/tests/helpers
compile     = $(CC_HOST) $(TOOL_FLAGS) $(if $(filter tests/% fuzz/%,$*),$(TEST_FLAGS)) -MMD -MF $@.d -c -o $@ support/$*.c
archive     = rm -f $@ && ar rcs $@ $(LIB_OBJECTS)
# Usage: $(call link,OBJECTS,LIBRARIES)
link        = $(CC_HOST) $(TOOL_FLAGS) $(HOST_LDFLAGS) -o $@ $1 $(LIB_ARCHIVE) -Wl,--as-needed $2

$(filter-out $(ARCH_OBJECT),$(sort $(filter %.o,$(TOOL_BUILT)))): $(TOOLDIR)/obj/%.o:
	$(call tool-say,CC,$@)$(tool-begin) $(compile) $(call tool-sum,$(sum-compiled))

$(ARCH_OBJECT):
	$(call tool-say,CC,$@)$(tool-begin) $(call arch-compile,$(CC_HOST) $(TOOL_FLAGS)) && \
		echo '$@: support/lib/arch/archtexts.h $(ARCH_TEXTS) $(TOOL_ARCHES)' >$@.d \
		$(call tool-sum,{ grep '^archs: ' $(FACTS) && $(sum-compiled); })

$(LIB_ARCHIVE): | $(LIB_OBJECTS)
	$(call tool-say,AR,$@)$(tool-begin) $(archive) $(call tool-sum,$(call sum-linked,$(LIB_OBJECTS),$(LIB_OBJECTS)))

# Usage: $(eval $(call link-rule,PROGRAM,OBJECTS,LIBRARIES))
define link-rule
$1: | $2 $(LIB_ARCHIVE)
	$$(call tool-say,LD,$$@)$$(tool-begin) $$(call link,$2,$3) $$(call tool-sum,$$(call sum-linked,$2,$2 $(LIB_ARCHIVE),$3))
endef
$(foreach t,$(TOOLNAMES),$(eval $(call link-rule,$(TOOLBIN)/$t,$(call tool-objects,$t),$(call tool-libs,$t))))
ifneq ($(UNIT_WANTED),)
$(foreach t,$(UNIT_NAMES),$(eval $(call link-rule,$(TOOLDIR)/unit/$t,$(call unit-objects,$t),$(call unit-libs,$t))))
endif

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
