# SPDX-License-Identifier: GPL-2.0-or-later
# Goals that a script of scripts/ does, which calls make in turn.
#
# takes: TOOLS, TOOLBIN; LINUX_DIR GOOD BAD (bisect), LINUX_DIR BASE (series), RESTART (bisect, series, matrix), KERNELS ARCHES
#        BOARDS CONFIGS RUNS (row, matrix), SLOTS HOSTS SSH_CONFIG SCHEDULER SBATCH_ARGS (bisect, matrix), GUEST UNCOMMITTED
#        (matrix), JSON (series, row, matrix), LLVM, GUEST_VARIABLES
# gives: doctor, bisect, series, row, matrix

# Usage: $(call dev-give,VARIABLES)
# Shell text that puts them into a script's environment.
dev-give   = $(foreach v,$1,$v=$(call squote,$($v)))
dev-guest  = $(call dev-give,$(GUEST_VARIABLES)) GUEST_VARIABLES='$(GUEST_VARIABLES)'
dev-env    = env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS O=$(abspath $(O)) TOOLDIR=$(abspath $(TOOLDIR)) MAKE=$(MAKE) $(dev-guest) \
             $(if $(filter LLVM,$(GIVEN)),LLVM=$(call squote,$(or $(LLVM),n)))
dev-tree   = LINUX_DIR=$(call squote,$(if $(LINUX_DIR),$(abspath $(LINUX_DIR)))) $(call dev-give,RESTART)
dev-bisect = $(dev-tree) $(dev-hosts) $(call dev-give,GOOD BAD SLOTS)
dev-series = $(dev-tree) $(call dev-give,BASE) JSON=$(call squote,$(call path-home,JSON,$(JSON)))
dev-rows   = $(call dev-give,KERNELS ARCHES BOARDS CONFIGS RUNS)
dev-row    = $(dev-rows) JSON=$(call squote,$(call path-home,JSON,$(JSON)))
dev-hosts  = $(call dev-give,HOSTS UNCOMMITTED SCHEDULER SBATCH_ARGS) \
             SSH_CONFIG=$(call squote,$(abspath $(call given-path,SSH_CONFIG)))
dev-matrix = $(dev-rows) $(dev-hosts) $(call dev-give,JSON SLOTS RESTART) GUEST=$(call squote,$(filter-out default,$(GUEST)))

.PHONY: doctor bisect series row matrix
doctor:
	@scripts/doctor -o $(O) -t $(TOOLBIN)
# Not a shell's child: a signal to make is the script's, which ends all that it began.
bisect: $(TOOLS)
	@exec $(dev-env) $(dev-bisect) scripts/bisect
series: $(TOOLS)
	@exec $(dev-env) $(dev-series) scripts/series
row: $(TOOLS)
	@exec $(dev-env) $(dev-row) scripts/row
matrix: $(TOOLS)
	@exec $(dev-env) $(dev-matrix) scripts/matrix
