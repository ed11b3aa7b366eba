/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Capabilities of files: words such as cap_net_raw,cap_net_admin+ep, and the extended attribute
 * security.capability that the kernel reads (struct vfs_cap_data, revision 2).
 */
#ifndef MKINITRAMFS_CAPABILITY_H
#define MKINITRAMFS_CAPABILITY_H

#define CAPABILITY_ATTRIBUTE "security.capability"
#define CAPABILITY_BYTES     20

/*
 * Parse text: names, or "all", separated by commas; then "+" and one or more of e, i, p. Returns
 * NULL, and the bytes of the attribute in out; or what is wrong with it, a static text.
 */
const char *capabilityparse(const char *text, unsigned char out[CAPABILITY_BYTES]);

#endif
