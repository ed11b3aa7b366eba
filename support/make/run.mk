# SPDX-License-Identifier: GPL-2.0-or-later
# Running what was built in QEMU.
#
# takes: images/, CONFIG_QEMU_*; RUN=COMMAND, TIMEOUT=SECONDS
# gives: qemu-run

RUNQEMU = $(TOOLBIN)/runqemu --guest-init --cache $(CACHE_DIR) \
          --kernel $(O)/images/bzImage --vmlinux $(O)/images/vmlinux --config $(O)/images/kernel.config \
          --initramfs $(B)/rootfs/image/host/initramfs.cpio \
          --memory $(or $(CONFIG_QEMU_MEMORY),256) --cpus $(or $(CONFIG_QEMU_CPUS),1) \
          --accel $(or $(CONFIG_QEMU_ACCEL),auto) --machine $(or $(CONFIG_QEMU_MACHINE),auto) \
          $(if $(CONFIG_QEMU_APPEND),--append $(call squote,$(CONFIG_QEMU_APPEND))) \
          $(foreach a,$(CONFIG_QEMU_ARGS),--qemu-arg $(call squote,$a)) \
          $(if $(TIMEOUT),--timeout $(TIMEOUT)) $(if $(filter-out 0,$(V)),--verbose)

# RUN is taken as it was written: make does not expand it.
.PHONY: qemu-run
qemu-run: images
	$(if $(filter-out 0,$(V)),,@)$(RUNQEMU) $(if $(value RUN),-- $(call squote,$(value RUN)))
