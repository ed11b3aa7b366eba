# SPDX-License-Identifier: GPL-2.0-or-later
KSELFTEST_VERSION = $(LINUX_VERSION)
KSELFTEST_SRC_OF := linux
KSELFTEST_DIR     = $(LINUX_DIR)
KSELFTEST_LICENSE       := GPL-2.0-only
KSELFTEST_LICENSE_FILES := COPYING
# Not each of them can be compiled (see Kconfig).
KSELFTEST_unfit   = $(if $(CONFIG_LINUX_6_1),proc timens) $(if $(CONFIG_ARCH_32BIT),timens)
KSELFTEST_fit     = $(filter-out $(KSELFTEST_unfit),membarrier mincore proc ptrace size splice sync timens tmpfs)
KSELFTEST_targets = $(or $(CONFIG_KSELFTEST_TARGETS),$(KSELFTEST_fit))
KSELFTEST_make = make -C "$(SRC)/tools/testing/selftests" O="$(BUILD)" ARCH=$(arch.srcarch) CC="$$CC" HOSTCC=gcc \
	LDFLAGS="$(LINK_STRIP)" TARGETS="$(KSELFTEST_targets)" KHDR_INCLUDES="-isystem $(SYSROOT)/usr/include" FORCE_TARGETS=1

define KSELFTEST_BUILD
command -v rsync >/dev/null || { echo 'kselftest: its makefiles want rsync, which is not here: install it' >&9; exit 1; }
$(KSELFTEST_make)
endef

define KSELFTEST_INSTALL
$(KSELFTEST_make) INSTALL_PATH="$(IMAGE)/target/usr/lib/kselftest" install
# BusyBox's timeout has no such option, and needs none
sed -i 's/timeout --foreground/timeout/' "$(IMAGE)/target/usr/lib/kselftest/kselftest/runner.sh"
# what wants Perl or Python
find "$(IMAGE)/target" '(' -name '*.pl' -o -name '*.py' ')' -exec rm {} +
endef
