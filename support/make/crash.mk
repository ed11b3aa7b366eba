# SPDX-License-Identifier: GPL-2.0-or-later
# Guests that panicked or hung: their memory is kept, and a debugger opens it. docs/cores.md is about it.
#
# takes: TOOLBIN, RUN_DIR (run.mk), DEBUG_PLACES, GDB (debug.mk); CRASH=keep|n, CRASH_MAX=SIZE, FILE=NAME, WITH=PROGRAM,
#        VMLINUX=FILE, GDB_ARGS
# gives: crash, crash-list; CRASH_RUN (run.mk)

$(if $(filter-out keep n,$(CRASH)),$(error CRASH=$(CRASH): keep or n is expected))
$(if $(filter-out gdb crash drgn,$(WITH)),$(error WITH=$(WITH): gdb, crash or drgn is expected))

CRASH_DIR = $(O)/crash
# make says by these whether its own outputs are terminals.
CRASH_KEEP = $(or $(CRASH),$(if $(MAKE_TERMOUT)$(MAKE_TERMERR),keep))
CRASH_RUN  = $(if $(filter keep,$(CRASH_KEEP)),--crash $(CRASH_DIR) $(call run-option,crash-max,$(CRASH_MAX)))

CRASH_WITH    = $(or $(WITH),gdb)
CRASH_PROGRAM = $(if $(filter gdb,$(CRASH_WITH)),$(firstword $(GDB)),$(CRASH_WITH))
CRASH_SCRIPT  = $(O)/run/crash.gdb
CRASH_VMLINUX = $(if $(VMLINUX),--vmlinux $(call squote,$(call path-home,VMLINUX,$(VMLINUX))))
CRASH_GDB     = PYTHONDONTWRITEBYTECODE=1 $(GDB) -q -x $(CRASH_SCRIPT) -x "$$core.gdb" $(GDB_ARGS)
CRASH_OTHER   = $(CRASH_WITH) \
	$(if $(filter drgn,$(CRASH_WITH)),-c "$$core" -s "$$vmlinux",$(if $(filter-out 0,$(V)),,-s) "$$vmlinux" "$$core")
CRASH_OWN     = $(if $(VMLINUX),$(call squote,$(call path-home,VMLINUX,$(VMLINUX))),"$$crash/vmlinux")

# The memory is unpacked for the debugger, with holes where it is zero, and removed when that ends. Ctrl-C is the debugger's.
# Several may be open at once, each with commands of its own.
.PHONY: crash crash-list
crash: | $(TOOLS)
	@command -v $(CRASH_PROGRAM) >/dev/null || \
		{ echo "there is no $(CRASH_PROGRAM) on this machine: scripts/bootstrap debug installs gdb" >&2; exit 1; }
	$(shell mkdir -p $(O)/run)$(file >$(CRASH_SCRIPT),# Written by 'make crash'.$(newline)$(DEBUG_PLACES))
	@crash=$$($(TOOLBIN)/cores last $(CRASH_DIR) $(call squote,$(FILE))) || exit; \
	core=$(O)/run/core.$$$$; vmlinux=$(CRASH_OWN); \
	trap 'rm -f "$$core" "$$core.gdb"' EXIT; trap 'exit 1' HUP TERM; trap : INT; \
	$(if $(silent),:,echo "  CRASH     $$crash") >&2; \
	$(TOOLBIN)/cores open $(CRASH_VMLINUX) $(if $(filter gdb,$(CRASH_WITH)),,--plain) "$$crash" "$$core" >"$$core.gdb" || exit; \
	$(if $(filter gdb,$(CRASH_WITH)),$(CRASH_GDB),$(CRASH_OTHER))

crash-list: | $(TOOLS)
	@$(TOOLBIN)/cores list $(CRASH_DIR)
