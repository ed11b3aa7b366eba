# SPDX-License-Identifier: GPL-2.0-or-later
# Keys of the user for the server of Dropbear, apart from it, so that other keys do not compile it
# anew. Private ones come from a directory (DIR): nothing of that is kept in the artifact store.
DROPBEAR_KEYS_VERSION := 1
DROPBEAR_KEYS_LICENSE := CC0-1.0
DROPBEAR_KEYS_MODE  := none
DROPBEAR_KEYS_FILES := $(abspath $(CONFIG_DROPBEAR_AUTHORIZED_KEYS))
DROPBEAR_KEYS_DIR   := $(abspath $(CONFIG_DROPBEAR_HOST_KEYS))

define DROPBEAR_KEYS_INSTALL
$(if $(CONFIG_DROPBEAR_AUTHORIZED_KEYS),install -d -m 700 "$(IMAGE)/target/root" "$(IMAGE)/target/root/.ssh"
install -m 600 "$(FILES)/$(notdir $(CONFIG_DROPBEAR_AUTHORIZED_KEYS))" "$(IMAGE)/target/root/.ssh/authorized_keys"
)$(if $(CONFIG_DROPBEAR_HOST_KEYS),install -d -m 700 "$(IMAGE)/target/etc/dropbear"
install -m 600 "$(SRC)"/dropbear_*_host_key "$(IMAGE)/target/etc/dropbear"
)
endef
