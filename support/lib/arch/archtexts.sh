#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Print descriptions of architectures as a C source, which goes into the tools (archtexts.h).
#
#   archtexts.sh FILE...     (sorted by name)
set -eu

echo '#include "arch/archtexts.h"'
echo 'const struct archtext archtexts[] = {'
for file; do
	echo "{ \"${file##*/}\","
	sed 's/[\\"]/\\&/g; s/.*/"&\\n"/' "$file"
	echo '},'
done
echo '{ 0, 0 }, };'
