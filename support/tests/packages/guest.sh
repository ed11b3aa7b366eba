#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# In the guest: the test of each package that is named, each in a directory of its own.
export TOOLBIN=/bin
for package; do
	WORK=/test/$package
	export WORK
	: >"$WORK/started"
	mkdir -p "/tmp/test/$package"
	cd "/tmp/test/$package" || exit 1
	timeout 120 sh "$WORK/test.sh" >"$WORK/tap" 2>&1 </dev/null
	echo $? >"$WORK/status.new"
	mv "$WORK/status.new" "$WORK/status"
	echo "$package: $(cat "$WORK/status")"
done
