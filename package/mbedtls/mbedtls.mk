# SPDX-License-Identifier: GPL-2.0-or-later
MBEDTLS_VERSION  := 3.6.6
MBEDTLS_SITE     := https://github.com/Mbed-TLS/mbedtls/releases/download/mbedtls-$(MBEDTLS_VERSION)
MBEDTLS_SOURCE   := mbedtls-$(MBEDTLS_VERSION).tar.bz2
MBEDTLS_POOL     := m/mbedtls/mbedtls_$(MBEDTLS_VERSION).orig.tar.bz2
MBEDTLS_LICENSE       := Apache-2.0 OR GPL-2.0-or-later
MBEDTLS_LICENSE_FILES := LICENSE
MBEDTLS_HOMEPAGE := https://www.trustedfirmware.org/projects/mbed-tls
MBEDTLS_CPE      := arm:mbed_tls

MBEDTLS_TYPE      := make
# In sections, so that programs take no more of it than they call (--gc-sections).
MBEDTLS_CFLAGS    := -ffunction-sections -fdata-sections
MBEDTLS_MAKE_OPTS  = -C library$(if $(LINK_DYNAMIC), SHARED=1)

# Upstream's install would build all programs and tests first.
# So that a .pc file says what cmake would have it say.
MBEDTLS_pc = -e 's,@CMAKE_INSTALL_PREFIX@,/usr,' -e 's,@PKGCONFIG_INCLUDEDIR@,$${prefix}/include,' -e 's,@PKGCONFIG_LIBDIR@,$${prefix}/lib,'
MBEDTLS_selftest := -Iinclude -o "$(IMAGE)/target/usr/bin/mbedtls_selftest" programs/test/selftest.c

define MBEDTLS_INSTALL
mkdir -p "$(IMAGE)/sysroot/usr/include" "$(IMAGE)/sysroot/usr/lib/pkgconfig"
cp -R include/mbedtls include/psa "$(IMAGE)/sysroot/usr/include"
cp -P library/libmbed*.[as]* "$(IMAGE)/sysroot/usr/lib"
for name in mbedtls mbedx509 mbedcrypto; do
	sed $(MBEDTLS_pc) \
		-e 's,@PROJECT_VERSION@,$(MBEDTLS_VERSION),' -e 's,@.*_URL@,$(MBEDTLS_HOMEPAGE),' -e "s,@.*@,$$name," \
		pkgconfig/$$name.pc.in >"$(IMAGE)/sysroot/usr/lib/pkgconfig/$$name.pc"
done
$(if $(LINK_DYNAMIC),mkdir -p "$(IMAGE)/target/usr/lib"
cp -P library/libmbed*.so.* "$(IMAGE)/target/usr/lib")
$(if $(CONFIG_MBEDTLS_SELFTEST),mkdir -p "$(IMAGE)/target/usr/bin"
$$CC $$CFLAGS $(LINK_STRIP) $(MBEDTLS_selftest) -Llibrary -lmbedtls -lmbedx509 -lmbedcrypto)
endef
