# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Content for images, for tests and measurements.

# content DIR: 100 MB in 200 files, half of it random and half of it text, unless it is there.
content() {
	mkdir -p "$1"
	content_i=0
	while [ $content_i -lt 100 ]; do
		[ -f "$1/$content_i.a" ] || head -c 500000 /dev/urandom >"$1/$content_i.a"
		[ -f "$1/$content_i.b" ] || od -An -tx1 "$1/$content_i.a" | head -c 500000 >"$1/$content_i.b"
		content_i=$((content_i + 1))
	done
}
