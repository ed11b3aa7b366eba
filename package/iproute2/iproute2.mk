# SPDX-License-Identifier: GPL-2.0-or-later
IPROUTE2_VERSION := 6.1.0
IPROUTE2_SITE    := https://cdn.kernel.org/pub/linux/utils/net/iproute2
IPROUTE2_SOURCE  := iproute2-$(IPROUTE2_VERSION).tar.xz
IPROUTE2_POOL    := i/iproute2/iproute2_$(IPROUTE2_VERSION).orig.tar.xz
IPROUTE2_LICENSE       := GPL-2.0-or-later
IPROUTE2_LICENSE_FILES := COPYING
IPROUTE2_HOMEPAGE := https://wiki.linuxfoundation.org/networking/iproute2

IPROUTE2_TYPE     := make
IPROUTE2_REPLACES := $(if $(CONFIG_IPROUTE2_IP),IP)
IPROUTE2_programs := $(if $(CONFIG_IPROUTE2_IP),ip/ip) $(if $(CONFIG_IPROUTE2_SS),misc/ss) \
                     $(if $(CONFIG_IPROUTE2_TC),tc/tc) $(if $(CONFIG_IPROUTE2_BRIDGE),bridge/bridge)

# Its makefiles add to CFLAGS, which therefore comes from the environment; no plug-ins (SHARED_LIBS).
define IPROUTE2_BUILD
sh ./configure --libbpf_force off
make CC="$$CC" HOSTCC="$$HOSTCC" CCOPTS= LDFLAGS="$(LINK_STRIP)" SHARED_LIBS=n SUBDIRS="lib $(sort $(dir $(IPROUTE2_programs)))"
endef

define IPROUTE2_INSTALL
install -D -t "$(IMAGE)/target/usr/sbin" $(IPROUTE2_programs)
endef
