# SPDX-License-Identifier: GPL-2.0-or-later
# Which code of the kernel ran in a guest: lines by gcov, of several runs (scripts/coverage), and the trace of one command
# by KCOV (decode).
#
# takes: RUNQEMU, DEBUG_SOURCES, decode-places (run.mk, debug.mk), CC_KERNEL, images/; RUN=COMMAND, ONLY='PATTERN ...',
#        RESTART=y
# gives: coverage, coverage-clean, kcov

COVERAGE := $(O)/coverage

ifneq ($(filter coverage kcov,$(GOALS)),)
$(if $(findstring /,$(KERNEL)),$(error KERNEL=$(KERNEL): only the kernel that is built here can be measured))
$(if $(RUN),,$(if $(filter RUN,$(GIVEN)),$(error RUN is empty: name a command, or leave RUN out to count the boot)))
$(if $(FILE),$(error FILE=$(FILE) is for another goal: did you mean ONLY=?))
endif
$(if $(filter coverage,$(GOALS)),$(if $(KERNEL_LLVM),$(error make coverage needs a kernel that gcc compiled: LLVM=n)))
$(if $(filter kcov,$(GOALS)),$(if $(RUN),,$(error make kcov needs RUN=COMMAND)))

# What the guest runs. The data are complete only when they are read: they have no size before, which tar would believe.
# A run with a command counts from its start on, one without counts the boot.
COVERAGE_COMMAND = $(if $(RUN),sh -c $(call squote,$(RUN)),:)
define COVERAGE_GUEST
data=/sys/kernel/debug/gcov
[ -d $$data ] || mount -t debugfs debugfs /sys/kernel/debug
$(if $(RUN),echo 0 >$$data/reset)
$(COVERAGE_COMMAND)
status=$$?
copy=$$(mktemp -d)
cd $$data && cp -R */ $$copy && tar -C $$copy -cf /mnt/coverage/gcda.part . && mv /mnt/coverage/gcda.part /mnt/coverage/gcda.tar ||
	echo 'coverage: the data cannot be copied in the guest' >&2
exit $$status
endef

# gcov and gcov-tool of the compiler, by its name: PREFIX-gcc-12, PREFIX-gcov-12.
# Usage: $(call coverage-tool,NAME)
coverage-name  = $(notdir $(firstword $(CC_KERNEL)))
coverage-tool  = $(filter-out ./,$(dir $(firstword $(CC_KERNEL))))$(patsubst %gcc,%$1,$(subst gcc-,$1-,$(coverage-name)))
COVERAGE_ENV   = GCOV=$(call squote,$(call coverage-tool,gcov)) GCOV_TOOL=$(call squote,$(call coverage-tool,gcov-tool)) \
                 REMEDY=$(call squote,$(DECODE_REMEDY))
# Usage: $(call coverage-run,DIRECTORY,COMMAND)
coverage-run   = $(RUNQEMU) --share $(call squote,$(abspath $1):/mnt/coverage:rw) -- $(call squote,$2)
COVERAGE_ONLY = $(foreach f,$(ONLY),$(call squote,$f))

.PHONY: coverage coverage-clean kcov
coverage: images $(EXTRA_NEEDS)
	$(if $(filter y,$(RESTART)),@rm -rf $(COVERAGE))
	@$(COVERAGE_ENV) scripts/coverage begin $(COVERAGE) $(O)/images
	@status=0; $(call coverage-run,$(COVERAGE)/guest,$(COVERAGE_GUEST)) || status=$$?; \
	$(COVERAGE_ENV) scripts/coverage add $(COVERAGE) $(call squote,$(or $(RUN),boot)) && \
	$(COVERAGE_ENV) scripts/coverage report $(COVERAGE) $(call squote,$(DEBUG_SOURCES)) $(COVERAGE_ONLY) || exit; exit $$status

coverage-clean:
	$(call quiet,CLEAN,$(COVERAGE))rm -rf $(COVERAGE)

# The kernel follows a task, not its children: a RUN that names kcov-run itself says which.
KCOV_TRACED = $(if $(findstring kcov-run,$(RUN)),$(RUN),exec kcov-run sh -c $(call squote,$(RUN)))
define KCOV_GUEST
command -v kcov-run >/dev/null || { echo 'kcov: the guest has no kcov-run: enable that package' >&2; exit 127; }
export KCOV_FILE=/mnt/coverage/kcov.trace
$(KCOV_TRACED)
endef
KCOV_REMEDY := enable 'KCOV' in menu Kernel, Debugging (LINUX_PRESET_KCOV)
kcov: images $(EXTRA_NEEDS)
	@grep -qs '^CONFIG_KCOV=y' $(O)/images/kernel.config || \
		{ echo "kcov: the kernel has no KCOV: "$(call squote,$(KCOV_REMEDY)) >&2; exit 1; }
	@rm -rf $(COVERAGE)/kcov; mkdir -p $(COVERAGE)/kcov
	@status=0; $(call coverage-run,$(COVERAGE)/kcov,$(KCOV_GUEST)) || status=$$?; \
	[ -s $(COVERAGE)/kcov/kcov.trace ] || { echo "kcov: the guest left no trace" >&2; exit 1; }; \
	$(TOOLBIN)/decode --vmlinux $(O)/images/vmlinux $(call decode-places,--modules) $(COVERAGE_ONLY:%=--only %) \
		--covered $(COVERAGE)/kcov/kcov.trace >$(COVERAGE)/kcov/kcov.txt || exit; \
	cat $(COVERAGE)/kcov/kcov.txt; exit $$status
