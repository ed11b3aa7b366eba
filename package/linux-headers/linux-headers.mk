# SPDX-License-Identifier: GPL-2.0-or-later
# From the kernel's own sources when those are a pinned release; with any other kernel,
# from a release of its own, so that trying kernels does not rebuild all programs.

LINUX_HEADERS_other   = $(LINUX_DIR)$(CONFIG_LINUX_CUSTOM)$(CONFIG_LINUX_URL)$(CONFIG_LINUX_GIT)$(CONFIG_LINUX_LOCAL)
LINUX_HEADERS_SRC_OF  = $(if $(LINUX_HEADERS_other),,$(if $(CONFIG_PACKAGE_LINUX),linux))
LINUX_HEADERS_VERSION = $(if $(LINUX_HEADERS_SRC_OF),$(LINUX_VERSION),6.12.95)
LINUX_HEADERS_SITE   := https://cdn.kernel.org/pub/linux/kernel/v6.x
LINUX_HEADERS_SOURCE  = linux-$(LINUX_HEADERS_VERSION).tar.xz
LINUX_HEADERS_POOL    = l/linux/linux_$(LINUX_HEADERS_VERSION).orig.tar.xz
LINUX_HEADERS_DL     := linux
LINUX_HEADERS_LICENSE       := GPL-2.0-only WITH Linux-syscall-note
LINUX_HEADERS_LICENSE_FILES := COPYING LICENSES/preferred/GPL-2.0 LICENSES/exceptions/Linux-syscall-note
LINUX_HEADERS_HOMEPAGE      := https://www.kernel.org
LINUX_HEADERS_MODE   := host

define LINUX_HEADERS_BUILD
make -C "$(SRC)" O="$(BUILD)" ARCH=$(arch.kernel) HOSTCC=gcc headers
endef

define LINUX_HEADERS_INSTALL
mkdir -p "$(IMAGE)/sysroot/usr"
cp -R usr/include "$(IMAGE)/sysroot/usr"
find "$(IMAGE)/sysroot" -type f ! -name '*.h' -exec rm {} +
endef
