# SPDX-License-Identifier: GPL-2.0-or-later
# Running what was built in QEMU. debug.mk goes on from here.
#
# takes: images/, QEMU_INITRAMFS and EXTRA_NEEDS (initramfs.mk), CONFIG_QEMU_*; RUN=COMMAND,
#        KERNEL=bzImage, TIMEOUT=SECONDS, STRICT=n, SHARE='DIR[:MOUNT][:rw] ...', PORTS='HOST:GUEST ...', NET=y,
#        CPUS=NUMBER, MEMORY=MIB, APPEND=ARGUMENTS, DISK='FILE[:ro] ...', LOG=y, LOG=FILE, JSON=FILE, GUEST=NAME
# gives: qemu-run, shell; RUNQEMU (its command line), LOG_FILE, RUN_DIR (where its sockets are), RUN_ARGS (the
#        command for the guest)

# Guests that run at the same time have different names.
GUEST  := $(or $(call given-path,GUEST),default)
RUN_DIR = $(O)/run/$(GUEST)

# What is in images/, of which runqemu takes what boots faster, or what KERNEL names.
$(if $(filter-out bzImage vmlinux,$(KERNEL)),$(error KERNEL=$(KERNEL): what there is to boot is bzImage and vmlinux; LINUX_DIR=DIR builds a tree of your own))
RUN_KERNEL = $(if $(filter bzImage vmlinux,$(KERNEL)),--kernel $(O)/images/$(KERNEL) --config $(O)/images/kernel.config,--images $(O)/images)

# What else may mean yes or no would be taken for neither, or for the name of a file.
$(foreach v,NET STRICT,$(if $(filter-out y n,$($v)),$(error $v=$($v): y or n is expected)))
$(if $(filter yes no on off true false 0 1,$(LOG)),$(error LOG=$(LOG): LOG=y shows what the kernel says$(comma) and LOG=./$(LOG) is a file))
# A job whose command is empty by mistake is not to get a shell, and end well.
$(if $(RUN),,$(if $(filter RUN,$(GIVEN)),$(if $(filter qemu-run shell,$(GOALS)),$(error RUN is empty: name a command, or leave RUN out for a shell))))

# LOG=y shows what the kernel says, another LOG is a file for it. V=1 shows it where somebody sits at the console.
LOG_FILE  = $(if $(filter-out y n,$(LOG)),$(LOG))
LOG_SHOWN = $(if $(filter y,$(LOG))$(if $(LOG)$(RUN),,$(filter-out 0,$(V))),--show-log)

RUNQEMU = $(TOOLBIN)/runqemu --guest-init --cache $(CACHE_DIR) --run-dir $(RUN_DIR) \
          $(RUN_KERNEL) $(addprefix --initramfs ,$(QEMU_INITRAMFS)) \
          --memory $(call squote,$(or $(MEMORY),$(CONFIG_QEMU_MEMORY),256)) --cpus $(or $(call given-number,CPUS),$(CONFIG_QEMU_CPUS),1) \
          --accel $(or $(CONFIG_QEMU_ACCEL),auto) --machine $(or $(CONFIG_QEMU_MACHINE),auto) \
          $(if $(CONFIG_QEMU_APPEND),--append $(call squote,$(CONFIG_QEMU_APPEND))) \
          $(if $(APPEND),--append $(call squote,$(APPEND))) \
          $(foreach a,$(CONFIG_QEMU_ARGS),--qemu-arg $(call squote,$a)) \
          $(foreach s,$(SHARE),--share $(call squote,$(call path-home,SHARE,$s))) $(foreach p,$(PORTS),--port $(call squote,$p)) $(if $(filter y,$(NET)),--net) $(if $(filter n,$(STRICT)),--no-strict) \
          $(foreach d,$(DISK),--disk $(call squote,$(call path-home,DISK,$d))) \
          $(LOG_SHOWN) $(if $(LOG_FILE),--log $(call squote,$(call path-home,LOG,$(LOG_FILE)))) \
          $(if $(JSON),--json $(call squote,$(call path-home,JSON,$(JSON)))) $(if $(findstring n,$(firstword -$(MAKEFLAGS))),,$(addprefix --loaded ,$(LOADING))) \
          $(if $(TIMEOUT),--timeout $(call given-number,TIMEOUT)) $(if $(filter-out 0,$(V)),--verbose)

RUN_ARGS = $(if $(RUN),-- $(call squote,$(RUN)))

.PHONY: qemu-run shell
qemu-run: images $(EXTRA_NEEDS)
	$(if $(filter-out 0,$(V)),,@)$(RUNQEMU) $(RUN_ARGS)

# Nothing is built or read for it: the guest runs already.
shell:
	@[ -x $(TOOLBIN)/runqemu ] || { echo "no guest runs: there is no $(TOOLBIN)/runqemu yet" >&2; exit 1; }
	$(if $(filter-out 0,$(V)),,@)$(TOOLBIN)/runqemu --attach $(RUN_DIR) $(if $(TIMEOUT),--timeout $(call given-number,TIMEOUT)) $(RUN_ARGS)
