# SPDX-License-Identifier: GPL-2.0-or-later
# Running what was built in QEMU. debug.mk goes on from here.
#
# takes: images/, QEMU_INITRAMFS and EXTRA_NEEDS (initramfs.mk), CONFIG_QEMU_*; RUN=COMMAND,
#        TIMEOUT=SECONDS, SHARE='DIR[:MOUNT][:rw] ...', PORTS='HOST:GUEST ...', NET=y, JSON=FILE, GUEST=NAME
# gives: qemu-run, shell; RUNQEMU (its command line), RUN_DIR (where its sockets are), RUN_ARGS (the
#        command for the guest)

# Guests that run at the same time have different names.
GUEST  ?= default
RUN_DIR = $(O)/run/$(GUEST)

RUNQEMU = $(TOOLBIN)/runqemu --guest-init --cache $(CACHE_DIR) --run-dir $(RUN_DIR) \
          --images $(O)/images $(addprefix --initramfs ,$(QEMU_INITRAMFS)) \
          --memory $(or $(CONFIG_QEMU_MEMORY),256) --cpus $(or $(CONFIG_QEMU_CPUS),1) \
          --accel $(or $(CONFIG_QEMU_ACCEL),auto) --machine $(or $(CONFIG_QEMU_MACHINE),auto) \
          $(if $(CONFIG_QEMU_APPEND),--append $(call squote,$(CONFIG_QEMU_APPEND))) \
          $(foreach a,$(CONFIG_QEMU_ARGS),--qemu-arg $(call squote,$a)) \
          $(foreach s,$(SHARE),--share $(call squote,$s)) $(foreach p,$(PORTS),--port $(call squote,$p)) $(if $(filter y,$(NET)),--net) \
          $(if $(JSON),--json $(call squote,$(JSON))) \
          $(if $(TIMEOUT),--timeout $(TIMEOUT)) $(if $(filter-out 0,$(V)),--verbose)

# RUN is taken as it was written: make does not expand it.
RUN_ARGS = $(if $(value RUN),-- $(call squote,$(value RUN)))

.PHONY: qemu-run shell
qemu-run: images $(EXTRA_NEEDS)
	$(if $(filter-out 0,$(V)),,@)$(RUNQEMU) $(RUN_ARGS)

# Nothing is built for it: the guest runs already.
shell:
	$(if $(filter-out 0,$(V)),,@)$(TOOLBIN)/runqemu --attach $(RUN_DIR) $(if $(TIMEOUT),--timeout $(TIMEOUT)) $(RUN_ARGS)
