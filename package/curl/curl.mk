# SPDX-License-Identifier: GPL-2.0-or-later
CURL_VERSION  := 8.14.1
CURL_SITE     := https://curl.se/download
CURL_SOURCE   := curl-$(CURL_VERSION).tar.gz
CURL_POOL     := c/curl/curl_$(CURL_VERSION).orig.tar.gz
CURL_LICENSE       := curl
CURL_LICENSE_FILES := COPYING
CURL_HOMEPAGE := https://curl.se
CURL_CPE      := haxx:curl

CURL_DEPENDS := zlib $(if $(CONFIG_CURL_HTTPS),mbedtls)

# Certificates of authorities: the file that is asked for, or what this machine itself goes by.
CURL_ca_known := /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem /etc/ssl/cert.pem
ifeq ($(CONFIG_CURL_CA),y)
CURL_ca    := $(abspath $(or $(CONFIG_CURL_CA_BUNDLE),$(firstword $(wildcard $(CURL_ca_known)) $(CURL_ca_known))))
CURL_no_ca  = $(CURL_ca) is not there, whose certificates curl is to go by: install ca-certificates, \
	set CURL_CA_BUNDLE to another file, or turn CURL_CA off
CURL_FILES := $(or $(wildcard $(CURL_ca)),$(error $(CURL_no_ca)))
endif

CURL_TYPE      := autotools
CURL_CFLAGS    := -ffunction-sections -fdata-sections
CURL_LDFLAGS   := -Wl,--gc-sections
CURL_CONF_OPTS := --with-zlib $(if $(CONFIG_CURL_HTTPS),--with-mbedtls="$(SYSROOT)/usr",--without-ssl) \
	--with-ca-bundle=/etc/ssl/certs/ca-certificates.crt --without-ca-path \
	--$(if $(CONFIG_CURL_FTP),en,dis)able-ftp --$(if $(CONFIG_CURL_FILE),en,dis)able-file \
	$(addprefix --disable-,dict gopher imap ipfs ldap ldaps mqtt pop3 rtsp smb smtp telnet tftp) \
	$(addprefix --disable-,websockets ntlm tls-srp aws docs manual libcurl-option) \
	$(addprefix --without-,brotli zstd libpsl libidn2 libssh2 nghttp2 librtmp libgsasl)
CURL_TARGET_FILES  := usr/bin/curl
CURL_SYSROOT_FILES := usr/include usr/lib

define CURL_INSTALL
$(call TYPE_autotools_INSTALL,curl)
# Where this was built means nothing to others.
sed -i "s|-L$(SYSROOT)/usr/lib *||" "$(IMAGE)/sysroot/usr/lib/pkgconfig/libcurl.pc"
$(if $(CONFIG_CURL_CA),install -D -m 644 "$(FILES)/$(notdir $(CURL_ca))" "$(IMAGE)/target/etc/ssl/certs/ca-certificates.crt")
endef
