#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=support/tests/tap.sh
. /test/tap.sh

ip link set eth0 up
like 'the driver' "$(ethtool -i eth0)" '^driver: virtio_net$'
like 'the link' "$(ethtool eth0)" 'Link detected: yes'
gro() {
	ethtool -k eth0 | sed -n 's/^generic-receive-offload: //p'
}
ok 'an offload is switched off' ethtool -K eth0 gro off
is 'and is off' "$(gro)" off
ok 'and on' ethtool -K eth0 gro on
is 'and is on' "$(gro)" on
like 'statistics' "$(ethtool -S eth0)" '^ *tx\(_queue_\)*0_kicks: [1-9]'
fails 71 'an interface that there is not' ethtool -i nosuch
said 'is named as such' 'No such device'
done_testing
