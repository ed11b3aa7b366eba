# SPDX-License-Identifier: GPL-2.0-or-later
BUSYBOX_VERSIONS := 1.37.0 1.38.0
ifeq ($(CONFIG_BUSYBOX_1_38),y)
BUSYBOX_VERSION  := 1.38.0
else # CONFIG_BUSYBOX_1_37
BUSYBOX_VERSION  := 1.37.0
endif
BUSYBOX_SITE     := https://busybox.net/downloads
BUSYBOX_SOURCE    = busybox-$(BUSYBOX_VERSION).tar.bz2
BUSYBOX_POOL      = b/busybox/busybox_$(BUSYBOX_VERSION).orig.tar.bz2
BUSYBOX_LICENSE       := GPL-2.0-only AND bzip2-1.0.6
BUSYBOX_LICENSE_FILES := LICENSE archival/libarchive/bz/LICENSE
BUSYBOX_HOMEPAGE      := https://busybox.net
BUSYBOX_CPE           := busybox:busybox

BUSYBOX_TYPE      := kbuild
BUSYBOX_MAKE_OPTS  = CC="$$CC" HOSTCC=gcc AR="$$AR" STRIP="$$STRIP"
# BusyBox has no olddefconfig: the answer to every question is its default.
BUSYBOX_OLDCONFIG  = yes '' | make -C "$(SRC)" O="$(BUILD)" $(BUSYBOX_MAKE_OPTS) oldconfig
BUSYBOX_SAVEDEFCONFIG := whole

ifeq ($(CONFIG_BUSYBOX_BASE_FILE),y)
BUSYBOX_config_file  := $(call given-path,CONFIG_BUSYBOX_CONFIG_FILE)
BUSYBOX_KCONFIG_BASE := $(if $(findstring /,$(BUSYBOX_config_file)),,./)$(BUSYBOX_config_file)
else ifeq ($(CONFIG_BUSYBOX_BASE_BOARD),y)
BUSYBOX_KCONFIG_BASE := $(BOARD_DIR)/busybox.config
else # CONFIG_BUSYBOX_BASE_DEFCONFIG
BUSYBOX_KCONFIG_BASE := defconfig
endif
BUSYBOX_KCONFIG_FRAGMENTS := $(call given-paths,CONFIG_BUSYBOX_FRAGMENTS)

# What our menu's choices are called in BusyBox's own configuration.
BUSYBOX_editing := FEATURE_EDITING FEATURE_TAB_COMPLETION VI
BUSYBOX_init    := INIT FEATURE_USE_INITTAB
BUSYBOX_mdev    := MDEV FEATURE_MDEV_CONF FEATURE_MDEV_EXEC
BUSYBOX_modutils := INSMOD RMMOD LSMOD MODPROBE DEPMOD MODINFO
BUSYBOX_login   := LOGIN GETTY SU SULOGIN PASSWD ADDUSER ADDGROUP DELUSER DELGROUP CHPASSWD VLOCK
BUSYBOX_networking := IP IFCONFIG ROUTE PING PING6 UDHCPC WGET NC TELNET TELNETD HTTPD FTPD FTPGET FTPPUT \
	TFTP TFTPD ARP ARPING BRCTL HOSTNAME DNSDOMAINNAME IFENSLAVE IFUP IFDOWN IFPLUGD INETD IPADDR IPLINK IPROUTE \
	IPTUNNEL IPRULE IPNEIGH IPCALC NAMEIF NBDCLIENT NETSTAT NSLOOKUP NTPD PSCAN SLATTACH SSL_CLIENT TCPSVD UDPSVD \
	TRACEROUTE TRACEROUTE6 TUNCTL UDHCPC6 UDHCPD DHCPRELAY VCONFIG WHOIS ZCIP DNSD ETHER_WAKE FAKEIDENTD
BUSYBOX_networking_main := IP IFCONFIG ROUTE PING UDHCPC WGET NC TELNET HTTPD

# Applets that enabled packages have full programs for.
BUSYBOX_replaced = $(sort $(foreach p,$(PACKAGES),$($($p.prefix)_REPLACES)))

# $(call BUSYBOX_choice,Y,SYMBOLS[,MAIN]): all SYMBOLS are set, or the MAIN ones, if Y is y; else none is
BUSYBOX_set    = $(call kconfig-set,$(filter-out $(BUSYBOX_replaced),$1))
BUSYBOX_choice = $(if $(filter y,$1),$(call BUSYBOX_set,$(or $3,$2)),$(call kconfig-unset,$2))

BUSYBOX_choices  = $(call BUSYBOX_choice,$(CONFIG_BUSYBOX_STATIC),STATIC)
BUSYBOX_choices += $(call BUSYBOX_choice,$(CONFIG_BUSYBOX_EDITING),$(BUSYBOX_editing))
BUSYBOX_choices += $(call BUSYBOX_choice,$(CONFIG_BUSYBOX_INIT),$(BUSYBOX_init))
BUSYBOX_choices += $(call BUSYBOX_choice,$(CONFIG_BUSYBOX_MDEV),$(BUSYBOX_mdev))
BUSYBOX_choices += $(call BUSYBOX_choice,$(CONFIG_BUSYBOX_NETWORKING),$(BUSYBOX_networking),$(BUSYBOX_networking_main))
BUSYBOX_choices += $(call BUSYBOX_choice,$(CONFIG_BUSYBOX_MODUTILS),$(BUSYBOX_modutils))
BUSYBOX_choices += $(call BUSYBOX_choice,$(CONFIG_BUSYBOX_LOGIN),$(BUSYBOX_login))
# Their code is in assembly of x86. Elsewhere they mean nothing, and version 1.37 does not compile with them.
BUSYBOX_choices += $(if $(filter x86,$(arch.srcarch)),,$(call kconfig-unset,SHA1_HWACCEL SHA256_HWACCEL))
# hwclock calls settimeofday by number, which riscv32 does not have.
BUSYBOX_choices += $(if $(filter riscv32,$(CONFIG_ARCH)),$(call kconfig-unset,HWCLOCK))

ifeq ($(CONFIG_BUSYBOX_SHELL_HUSH),y)
BUSYBOX_shell = $(call kconfig-set,HUSH SH_IS_HUSH) $(call kconfig-unset,SH_IS_ASH)
else # CONFIG_BUSYBOX_SHELL_ASH
BUSYBOX_shell = $(call kconfig-set,ASH SH_IS_ASH)
endif

BUSYBOX_KCONFIG = $(call kconfig-lines,$(BUSYBOX_choices) $(BUSYBOX_shell) $(call kconfig-unset,$(BUSYBOX_replaced) TC))

define BUSYBOX_INSTALL
make -C "$(SRC)" O="$(BUILD)" $(BUSYBOX_MAKE_OPTS) CONFIG_PREFIX="$(IMAGE)/target" install
rm -f "$(IMAGE)/target/linuxrc"
endef
