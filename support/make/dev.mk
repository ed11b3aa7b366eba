# SPDX-License-Identifier: GPL-2.0-or-later
# Goals that a script of scripts/ does, which calls make in turn.
#
# takes: TOOLS, TOOLBIN; LINUX_DIR GOOD BAD (bisect), KERNELS ARCHES BOARDS JSON GUEST (matrix), GUEST_VARIABLES
# gives: doctor, bisect, matrix

dev-guest  = $(foreach v,$(GUEST_VARIABLES),$v=$(call squote,$($v))) GUEST_VARIABLES='$(GUEST_VARIABLES)'
dev-env    = env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS O=$(abspath $(O)) TOOLDIR=$(abspath $(TOOLDIR)) MAKE=$(MAKE) $(dev-guest)
dev-bad    = LINUX_DIR=$(call squote,$(if $(LINUX_DIR),$(abspath $(LINUX_DIR)))) GOOD=$(call squote,$(GOOD)) BAD=$(call squote,$(BAD))
dev-matrix = JSON=$(call squote,$(JSON)) GUEST=$(call squote,$(filter-out default,$(GUEST))) \
             KERNELS=$(call squote,$(KERNELS)) ARCHES=$(call squote,$(ARCHES)) BOARDS=$(call squote,$(BOARDS))

.PHONY: doctor bisect matrix
doctor:
	@scripts/doctor -o $(O) -t $(TOOLBIN)
# Not a shell's child: a signal to make is the script's, which ends all that it began.
bisect: $(TOOLS)
	@exec $(dev-env) $(dev-bad) scripts/bisect
matrix: $(TOOLS)
	@$(dev-env) $(dev-matrix) scripts/matrix
