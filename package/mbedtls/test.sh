#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The algorithms that TLS needs, with their test vectors; TLS itself is in curl's test.
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

for suite in sha256 sha512 aes gcm chacha20 poly1305 chacha20-poly1305 mpi rsa ecp entropy ctr_drbg; do
	ok "$suite" mbedtls_selftest "$suite"
	said 'has passed' 'Executed 1 test suites'
done
fails 1 'a suite that there is not' mbedtls_selftest rot13
done_testing
