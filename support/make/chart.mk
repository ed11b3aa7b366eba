# SPDX-License-Identifier: GPL-2.0-or-later
# Where the time of a boot goes: the kernel reports its initcalls, and scripts of init are marked for this boot alone.
#
# takes: RUNQEMU, RUN_IMAGE, run-firmware, LOG_FILE (run.mk), QEMU_INITRAMFS, MKINITRAMFS, EXTRA_NEEDS (initramfs.mk), images/, SKELETON
#        (rootfs.mk); CHART=FILE, LOG=FILE, VMLINUX=FILE, A=FILE, B=FILE; GIVEN_B (base.mk)
# gives: boot-chart

CHART_FILE = $(if $(CHART),$(call path-home,CHART,$(CHART)),$(O)/boot-chart.svg)
CHART_BASE = $(CHART_FILE:.svg=)
CHART_LOG  = $(if $(LOG_FILE),$(call path-home,LOG,$(LOG_FILE)),$(CHART_BASE).log)

# The tool, for a log. A vmlinux of the last build need not be there.
CHART_VMLINUX = $(if $(VMLINUX),$(call path-home,VMLINUX,$(VMLINUX)),$(wildcard $(O)/images/vmlinux))
CHART_DRAW    = $(TOOLBIN)/bootchart $(addprefix --vmlinux ,$(if $(CHART_VMLINUX),$(call squote,$(CHART_VMLINUX)))) \
                --svg $(call squote,$(CHART_FILE)) --json $(call squote,$(CHART_BASE).json) $(call squote,$(CHART_LOG)) && \
                echo && echo $(call squote,the chart is $(CHART_FILE)$(comma) its record $(CHART_BASE).json)

# What goes over the initramfs. A root file system on a disk has none.
CHART_CPIO  = $(O)/run/$(GUEST).chart.cpio
CHART_MARKS = $(MKINITRAMFS) -o $(CHART_CPIO).new --overlay chart=$(SKELETON)/chart --table chart=$(SKELETON)/chart.table && \
              $(MKINITRAMFS) -o $(CHART_CPIO) $(addprefix --append ,$(QEMU_INITRAMFS)) --append $(CHART_CPIO).new && \
              rm -f $(CHART_CPIO).new
CHART_INIT  = $(if $(RUN_IMAGE),,--initramfs $(CHART_CPIO) --append rdinit=/bootchart/init)

# The log comes by dmesg: messages on a console would take longer than most initcalls.
CHART_APPEND = --append 'initcall_debug printk.time=1 printk.devkmsg=on log_buf_len=512K'
CHART_RUN    = echo "bootchart: ready" >/dev/kmsg && dmesg
CHART_LESS   = there is no log of the boot: docs/bootchart.md says how to take it from the console
CHART_NONE   = dmesg in the guest printed nothing: boot-chart needs a kernel with CONFIG_PRINTK$(comma) and its log (dmesg -c in \
               a script of init clears it); LOG=FILE takes another log

.PHONY: boot-chart
ifneq ($(filter A B,$(GIVEN)),)
boot-chart: $(TOOLS)
	$(if $(and $A,$(GIVEN_B)),,$(error boot-chart compares two records: A=FILE and B=FILE))@$(TOOLBIN)/bootchart --compare \
		$(call squote,$(call path-home,A,$A)) $(call squote,$(call path-home,B,$(GIVEN_B)))
else ifneq ($(LOG_FILE),)
boot-chart: $(TOOLS)
	$(if $(filter-out 0,$(V)),,@)$(CHART_DRAW)
else
ifneq ($(and $(filter boot-chart,$(GOALS)),$(run-firmware)),)
$(error boot-chart cannot tell the kernel of BOOT=$(BOOT) to report: firmware starts it, with the arguments that are in the image. \
        BOOT=ext4 and the like have the same files; docs/bootchart.md tells another way)
endif
boot-chart: images $(EXTRA_NEEDS)
	@mkdir -p $(O)/run$(if $(RUN_IMAGE),, && $(CHART_MARKS))
	$(if $(filter-out 0,$(V)),,@)status=0; \
	$(RUNQEMU) $(CHART_INIT) $(CHART_APPEND) -- $(call squote,$(CHART_RUN)) >$(call squote,$(CHART_LOG)) || status=$$?; \
	if [ -s $(call squote,$(CHART_LOG)) ]; then $(CHART_DRAW); \
	elif [ $$status != 0 ]; then echo $(call squote,$(CHART_LESS)) >&2; \
	else status=1; echo $(call squote,$(CHART_NONE)) >&2; fi && exit $$status
endif
