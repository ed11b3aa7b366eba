# SPDX-License-Identifier: GPL-2.0-or-later
BUSYBOX_VERSIONS := 1.37.0 1.38.0
BUSYBOX_VERSION  := $(if $(CONFIG_BUSYBOX_1_38),1.38.0,1.37.0)
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
else
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
BUSYBOX_replaced = $(sort $(foreach p,$(PACKAGES),$($(UP_$p)_REPLACES)))

BUSYBOX_on  = $(call lines,$(foreach s,$(filter-out $(BUSYBOX_replaced),$1),CONFIG_$s=y$(newline)))
BUSYBOX_off = $(call lines,$(foreach s,$1,$(hash) CONFIG_$s is not set$(newline)))
BUSYBOX_if  = $(if $(filter y,$(CONFIG_BUSYBOX_$1)),$(call BUSYBOX_on,$(or $3,$2)),$(call BUSYBOX_off,$2))

define BUSYBOX_KCONFIG
$(call BUSYBOX_if,STATIC,STATIC)$(call BUSYBOX_if,EDITING,$(BUSYBOX_editing))$(call BUSYBOX_if,INIT,$(BUSYBOX_init))$(call BUSYBOX_if,MDEV,$(BUSYBOX_mdev))$(call BUSYBOX_if,NETWORKING,$(BUSYBOX_networking),$(BUSYBOX_networking_main))$(call BUSYBOX_if,MODUTILS,$(BUSYBOX_modutils))$(call BUSYBOX_if,LOGIN,$(BUSYBOX_login))$(if $(CONFIG_BUSYBOX_SHELL_HUSH),CONFIG_HUSH=y
CONFIG_SH_IS_HUSH=y
# CONFIG_SH_IS_ASH is not set,CONFIG_ASH=y
CONFIG_SH_IS_ASH=y)
$(call BUSYBOX_off,$(BUSYBOX_replaced))# CONFIG_TC is not set
endef

define BUSYBOX_INSTALL
make -C "$(SRC)" O="$(BUILD)" $(BUSYBOX_MAKE_OPTS) CONFIG_PREFIX="$(IMAGE)/target" install
rm -f "$(IMAGE)/target/linuxrc"
endef
