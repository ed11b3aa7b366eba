# SPDX-License-Identifier: GPL-2.0-or-later
BZIP2_VERSION  := 1.0.8
BZIP2_SITE     := https://sourceware.org/pub/bzip2
BZIP2_SOURCE   := bzip2-$(BZIP2_VERSION).tar.gz
BZIP2_POOL     := b/bzip2/bzip2_$(BZIP2_VERSION).orig.tar.gz
BZIP2_LICENSE       := bzip2-1.0.6
BZIP2_LICENSE_FILES := LICENSE
BZIP2_HOMEPAGE := https://sourceware.org/bzip2/
BZIP2_CPE      := bzip:bzip2

BZIP2_TYPE     := make
BZIP2_CFLAGS    = -D_FILE_OFFSET_BITS=64$(if $(LINK_DYNAMIC), -fPIC)
BZIP2_FILES    := bzip2.pc
BZIP2_REPLACES := $(if $(CONFIG_BZIP2_TOOLS),BZIP2 BUNZIP2 BZCAT)

# Upstream's makefile runs what it built, and another one knows how to make a shared library. The
# programs are linked with that if it is there.
BZIP2_make = make $(call type-make-vars,bzip2)
define BZIP2_BUILD
$(BZIP2_make) libbz2.a
$(if $(LINK_DYNAMIC),$(BZIP2_shared))
$(BZIP2_make) bzip2 bzip2recover
endef
define BZIP2_shared
$$CC -shared $(LINK_STRIP) -Wl,-soname,libbz2.so.1.0 -o libbz2.so.$(BZIP2_VERSION) -Wl,--whole-archive libbz2.a -Wl,--no-whole-archive
ln -s libbz2.so.$(BZIP2_VERSION) libbz2.so.1.0
ln -s libbz2.so.1.0 libbz2.so
endef

define BZIP2_INSTALL
mkdir -p "$(IMAGE)/sysroot/usr/lib"
cp -P libbz2.[as]* "$(IMAGE)/sysroot/usr/lib"
install -D -m 644 bzlib.h "$(IMAGE)/sysroot/usr/include/bzlib.h"
install -D -m 644 "$(FILES)/bzip2.pc" "$(IMAGE)/sysroot/usr/lib/pkgconfig/bzip2.pc"
$(if $(LINK_DYNAMIC),mkdir -p "$(IMAGE)/target/usr/lib"
cp -P libbz2.so.* "$(IMAGE)/target/usr/lib")
$(if $(CONFIG_BZIP2_TOOLS),mkdir -p "$(IMAGE)/target/usr/bin"
cp bzip2 bzip2recover "$(IMAGE)/target/usr/bin"
ln -s bzip2 "$(IMAGE)/target/usr/bin/bunzip2"
ln -s bzip2 "$(IMAGE)/target/usr/bin/bzcat")
endef
