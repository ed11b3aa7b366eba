# SPDX-License-Identifier: GPL-2.0-or-later
# A guest that waits for gdb, and gdb with the commands that it needs. docs/debugging-the-kernel.md does the same by hand.
#
# takes: RUNQEMU, RUN_DIR, RUN_ARGS (run.mk), images/; BREAK=FUNCTION, GDB_PORT=NUMBER, GDB=PROGRAM,
#        GDB_ARGS, TIMEOUT=SECONDS, LOG=FILE; for decode VMLINUX=FILE
# gives: qemu-debug, gdb, debug, decode; DECODE_RUN (run.mk), DEBUG_PLACES (crash.mk)

# The package whose sources the debugger shows.
DEBUG_PACKAGE := $(KERNEL_PACKAGE)
# Those of the guest, unless another directory is given now.
DEBUG_OWN      = $(abspath $($(DEBUG_PACKAGE).src))
DEBUG_NOTE     = $(O)/run/$(GUEST).sources
DEBUG_SOURCES  = $(or $(if $(filter LINUX_DIR,$(GIVEN)),$(DEBUG_OWN)),$(file <$(DEBUG_NOTE)),$(DEBUG_OWN))
debug-note     = $(shell mkdir -p $(O)/run)$(file >$(DEBUG_NOTE),$(DEBUG_OWN))

DEBUG_RUNQEMU = $(RUNQEMU) --debug $(if $(GDB_PORT),--gdb-port $(call given-number,GDB_PORT))
DEBUG_TARGET  = $(if $(GDB_PORT),:$(call given-number,GDB_PORT),$(RUN_DIR)/gdb)
DEBUG_SCRIPT  = $(O)/run/$(GUEST).gdb
DEBUG_BREAK   = $(DEBUG_SCRIPT).break

# Where the kernel and modules of packages were built: gdb reads their symbols there, and nowhere else; and where
# the modules are that the guest has.
DEBUG_BUILD   = $(abspath $(B)/$(DEBUG_PACKAGE)/build)
DEBUG_BUILDS  = $(DEBUG_BUILD) $(foreach p,$(MODULE_PACKAGES),$(abspath $(B)/$p/build))
DEBUG_MODULES = $(foreach p,$(DEBUG_PACKAGE) $(MODULE_PACKAGES),$(B)/$p/image/target)

DEBUG_HAS_LINES    = $(shell grep -s '^CONFIG_DEBUG_INFO=y' $(O)/images/kernel.config)
DEBUG_LINES_HOW    = 'Debug information' (menu Kernel, Debugging) adds lines and types.\n
DEBUG_NAMES_ALONE  = $(if $(DEBUG_HAS_LINES),,echo This kernel has the names of functions alone. $(DEBUG_LINES_HOW))
DEBUG_MODULE_PATHS = $(call lines,$(foreach p,$(MODULE_PACKAGES),set substitute-path /build/$p $(abspath $(B)/$p/build)$(newline)))

# gdb reads this. Only a processor that has not begun is where its machine starts it: a guest that runs stays where
# gdb found it. The breakpoints are the processor's: nothing can be written to a kernel that is
# not in its place yet. Scripts beside vmlinux (CONFIG_GDB_SCRIPTS) are loaded with it. Their lx-symbols
# takes the first file with a module's name, at last from below the directory that gdb is in: here,
# that of another build as well. So module-symbols has it look from one that has none.
# Where the kernel is not loaded at the addresses that its linker gave, its configuration says how far from there.
DEBUG_OFFSET = $(if $(arch.offset),$(shell $(TOOLBIN)/kmerge get --config $(O)/images/kernel.config $(arch.offset) 2>/dev/null))
DEBUG_FILE   = $(if $(DEBUG_OFFSET),symbol-file -o $(DEBUG_OFFSET),file) $(O)/images/vmlinux
DEBUG_STARTS = $(sort $(foreach m,$(arch.machines),$(machine.$m.start)))
DEBUG_BEGINS = $(or $(subst @,$(space)||$(space),$(subst $(space),@,$(DEBUG_STARTS:%=$$pc==%))),0)
define DEBUG_PLACES
set substitute-path /src/$(DEBUG_PACKAGE) $(DEBUG_SOURCES)
set substitute-path /build/$(DEBUG_PACKAGE) $(DEBUG_BUILD)
$(DEBUG_MODULE_PATHS)add-auto-load-safe-path $(abspath $(O)/images)
set remotetimeout 60
$(empty)define module-symbols
  cd $(abspath $(O)/run)
  lx-symbols $(DEBUG_BUILDS)
  cd $(TOP)
end
document module-symbols
Load the symbols of the guest's modules, and from now on those of each module that it loads: lx-symbols
with the directories where the kernel and the packages of TYPE module were built. Once more after rmmod:
gdb is not told when a module goes, and what is loaded next may be in its place.
end
endef
define DEBUG_COMMANDS
# Written by 'make gdb'.
$(DEBUG_PLACES)
$(DEBUG_FILE)
$(call line,$(DEBUG_NAMES_ALONE))target remote $(DEBUG_TARGET)
set $$begins = $(DEBUG_BEGINS)
$(if $(BREAK),source $(DEBUG_BREAK),if $$begins
  thbreak start_kernel
  continue
end)
endef

# The same for decode and runqemu: where modules with debug information are, and what the build had elsewhere.
# Usage: $(call decode-places,OPTION)
# OPTION names a place of modules.
DECODE_WHERE  = $(DEBUG_BUILDS) $(abspath $(DEBUG_MODULES))
DECODE_MOVED  = $(foreach p,$(MODULE_PACKAGES),/build/$p=$(abspath $(B)/$p/build) /src/$p=$(abspath $($p.src)))
decode-places = $(foreach d,$(DECODE_WHERE),$1 $d) --source $(call squote,$(DEBUG_SOURCES)) \
                $(foreach m,/build/$(DEBUG_PACKAGE)=$(DEBUG_BUILD) $(DECODE_MOVED),--map $(call squote,$m))
DECODE_RUN    = $(if $(KERNEL_PACKAGE),$(call decode-places,--symbols))

GDB := $(or $(GDB),$(ARCH_GDB))
# Without compiled Python files beside the kernel's scripts.
GDB_RUN = PYTHONDONTWRITEBYTECODE=1 $(GDB) -q -x $(DEBUG_SCRIPT) $(GDB_ARGS)

# Shell commands that wait for the guest's socket.
define DEBUG_WAIT
tries=0; \
until [ -S $(RUN_DIR)/gdb ]; do \
	[ $$tries != 10 ] || echo "waiting for a guest in $(RUN_DIR): make qemu-debug starts one" >&2; \
	[ $$tries -lt $$(($(or $(call given-number,TIMEOUT),60) * 10)) ] || { echo "no guest runs with $(RUN_DIR)" >&2; exit 1; }; \
	tries=$$((tries + 1)); sleep 0.1; \
done
endef

.PHONY: qemu-debug gdb debug gdb-ready
DEBUG_ATTACH = make$(if $(filter-out output,$(O)), O=$(O)) gdb$(DEBUG_WHICH)
DEBUG_WHICH  = $(if $(filter-out default,$(GUEST)), GUEST=$(GUEST))$(if $(GDB_PORT), GDB_PORT=$(GDB_PORT))$(if $(BREAK), BREAK=...)
qemu-debug: images $(EXTRA_NEEDS)
	$(debug-note)@$(if $(silent),:,echo "  attach by '$(DEBUG_ATTACH)' in another terminal") >&2
	$(if $(filter-out 0,$(V)),,@)$(DEBUG_RUNQEMU) $(RUN_ARGS)

debug-guest:
	@:$(debug-note)

DEBUG_REMEDY  = $(if $($(DEBUG_PACKAGE).unpacks),: make $(DEBUG_PACKAGE)-unpack gives them to gdb)
DEBUG_RESOLVE = scripts/breakpoints $(call squote,$(GDB)) $(O)/images $(call squote,$(DEBUG_BUILDS)) $(call squote,$(DEBUG_MODULES)) \
                $(foreach b,$(BREAK),$(call squote,$b))
# What gdb needs is there, and its script written.
gdb-ready: | $(if $(filter debug,$(GOALS)),debug-guest images)
	@[ -f $(O)/images/vmlinux ] || { echo "there is no $(O)/images/vmlinux to debug" >&2; exit 1; }
	@command -v $(firstword $(GDB)) >/dev/null || \
		{ echo "there is no $(firstword $(GDB)): scripts/bootstrap debug installs it" >&2; exit 1; }
	@! grep -qs '^CONFIG_DEBUG_INFO=y' $(O)/images/kernel.config || [ -d $(DEBUG_SOURCES) ] || \
		echo "the kernel's sources are not in $(DEBUG_SOURCES)$(DEBUG_REMEDY)" >&2
	$(shell mkdir -p $(O)/run)$(file >$(DEBUG_SCRIPT),$(DEBUG_COMMANDS))
	$(if $(BREAK),@$(DEBUG_RESOLVE) >$(DEBUG_BREAK))

gdb: gdb-ready
	@$(if $(LOADING),rm -f $(LOADING),:)
	$(if $(filter-out 0,$(V)),,@)$(if $(GDB_PORT),,$(DEBUG_WAIT); )$(GDB_RUN)

# Both at once: side by side in tmux; without it the guest runs in the background, its console in a
# file, and ends with gdb, which has Ctrl-C. With RUN it goes on after gdb, unless that failed: it may never have started then.
DEBUG_GUEST = $(DEBUG_RUNQEMU) $(RUN_ARGS) || read -r _
DEBUG_GDB   = $(if $(GDB_PORT),,$(DEBUG_WAIT);) $(GDB_RUN) || read -r _
DEBUG_LOG   = $(or $(LOG_FILE),$(O)/run/$(GUEST).console)
define DEBUG_PLAIN
echo "  the console is in "$(call squote,$(DEBUG_LOG))"; 'make shell' gives a shell once the guest runs" >&2; \
$(DEBUG_RUNQEMU) --log $(call squote,$(DEBUG_LOG)) $(or $(RUN_ARGS),-- 'while :; do sleep 3600; done') </dev/null & \
guest=$$!; trap : INT; \
( $(if $(GDB_PORT),,$(DEBUG_WAIT);) $(GDB_RUN) ); status=$$?; trap 'kill $$guest' INT; \
$(if $(RUN),[ $$status = 0 ] || kill $$guest; wait $$guest,kill $$guest; wait $$guest 2>/dev/null; exit $$status)
endef
debug: images $(EXTRA_NEEDS) debug-guest gdb-ready
	@if [ -n "$$TMUX" ]; then \
		tmux split-window -h -c $(call squote,$(TOP)) $(call squote,$(DEBUG_GDB)) && $(DEBUG_RUNQEMU) $(RUN_ARGS); \
	elif [ -t 0 ] && command -v tmux >/dev/null; then \
		tmux -L whittle$$$$ new-session -c $(call squote,$(TOP)) $(call squote,$(DEBUG_GUEST)) \; \
			split-window -h -c $(call squote,$(TOP)) $(call squote,$(DEBUG_GDB)); \
	else \
		$(DEBUG_PLAIN); \
	fi

# A log, of standard input without LOG=FILE, and where in the sources its traces are.
DECODE_VMLINUX = $(if $(VMLINUX),$(call path-home,VMLINUX,$(VMLINUX)),$(O)/images/vmlinux)
DECODE_LOG     = $(if $(LOG_FILE),$(call squote,$(call path-home,LOG,$(LOG_FILE))))
# Where they are not, the lines themselves are missing.
DECODE_SOURCES = [ -d $(call squote,$(DEBUG_SOURCES)) ] || \
                 echo "the kernel's sources are not in "$(call squote,$(DEBUG_SOURCES)$(DECODE_REMEDY)) >&2
DECODE_REMEDY  = $(if $($(DEBUG_PACKAGE).unpacks),: make $(DEBUG_PACKAGE)-unpack brings them)
DECODE_HOW     = $(if $(VMLINUX),,: 'make' builds one$(comma) VMLINUX=FILE is any other)
.PHONY: decode
decode: | $(TOOLS)
	@[ -f $(call squote,$(DECODE_VMLINUX)) ] || \
		{ echo "there is no "$(call squote,$(DECODE_VMLINUX))" to decode a log with"$(call squote,$(DECODE_HOW)) >&2; exit 1; }
	$(if $(filter-out 0,$(V)),,@)$(TOOLBIN)/decode --vmlinux $(call squote,$(DECODE_VMLINUX)) \
		$(call decode-places,--modules) $(DECODE_LOG)
	@$(if $(VMLINUX),:,$(if $(DEBUG_HAS_LINES),$(DECODE_SOURCES),printf '%b' $(call squote,$(DEBUG_LINES_HOW)) >&2))
