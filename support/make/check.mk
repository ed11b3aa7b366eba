# SPDX-License-Identifier: GPL-2.0-or-later
# Tests. They are TAP programs that run alone as well (docs/testing.md).
#
# takes: TOOLS, UNIT_TESTS; T= picks test files by a part of their name
# gives: lint, check, check-unit, check-tools, check-engine, check-boot, check-full, check-scale, bench;
#        check-packages (P="PACKAGE ..." picks some), <package>-test; BOARDS and ARCHES pick boards for both

TESTS        := support/tests
lint-tests    = $(sort $(wildcard $(TESTS)/lint/*.t))
tools-tests   = $(sort $(wildcard $(TESTS)/tools/*.t))
engine-tests  = $(sort $(wildcard $(TESTS)/engine/*.t))
boot-tests    = $(sort $(wildcard $(TESTS)/boot/*.t))
full-tests    = $(sort $(wildcard $(TESTS)/full/*.t))
scale-tests   = $(sort $(wildcard $(TESTS)/scale/*.t))
quick-tests   = $(lint-tests) $(UNIT_TESTS) $(tools-tests) $(engine-tests)

# Tests start makes of their own, which are not to share this one's job slots or variables.
own-make  = env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS TOOLBIN=$(abspath $(TOOLBIN))
# Usage: $(call prove,FILES)
prove     = $(own-make) CHECK_O=$(abspath $(O))/check KERNEL_IMAGES=$(abspath $(O))/check/default/images \
            CMOCKA_MESSAGE_OUTPUT=TAP prove $(if $(filter-out 0,$(V)),-v) --exec '' $(call check-files,$1)
# Usage: $(call check-files,FILES)
# Those that T picks.
check-files = $(if $(T),$(foreach f,$1,$(if $(findstring $T,$f),$f)),$1)

.PHONY: check-packages lint check check-unit check-tools check-engine check-boot check-full check-scale bench
lint: $(TOOLS)
	@$(call prove,$(lint-tests))
check-unit: $(UNIT_TESTS)
	@$(call prove,$(UNIT_TESTS))
check-tools: $(TOOLS)
	@$(call prove,$(tools-tests))
check-engine: $(TOOLS)
	@$(call prove,$(engine-tests))
check-boot: $(TOOLS)
	@$(call prove,$(boot-tests))
check: $(TOOLS) $(UNIT_TESTS)
	@$(call prove,$(quick-tests) $(boot-tests))
check-full: $(TOOLS) $(UNIT_TESTS)
	@$(call prove,$(quick-tests) $(boot-tests) $(full-tests))
# On several machines, or what are several machines to it: not in any of the others.
check-scale: $(TOOLS)
	@$(call prove,$(scale-tests))

# Packages are built and tested in a guest, in a directory of their own; with BOARDS or ARCHES on each of these boards.
package-tests = $(own-make) PACKAGES_O=$(abspath $(O))/packages EXTERNAL=$(call squote,$(EXTERNAL)) \
                BOARDS=$(call squote,$(BOARDS)) ARCHES=$(call squote,$(ARCHES)) \
                $(TESTS)/packages/$(if $(strip $(BOARDS)$(ARCHES)),boards,run)
check-packages: $(TOOLS)
	@$(package-tests) $(foreach p,$P,$(call squote,$p))
%-test: $(TOOLS) FORCE
	@$(package-tests) $(call squote,$*)

bench: $(TOOLS)
	@$(own-make) BENCH_O=$(abspath $(O))/bench $(TESTS)/bench/run $(foreach b,$(BENCH),$(call squote,$b))
