/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of the virtio-serial ports used by scripts in the guest. */
#ifndef RUNQEMU_PORTS_H
#define RUNQEMU_PORTS_H

/* A command's output. */
#define PORT_OUT "whittle.out"
#define PORT_ERR "whittle.err"

/* Further shells: input and output; control messages, and standard error of a command. */
#define PORT_SHELL   "whittle.shell"
#define PORT_CONTROL "whittle.control"

/*
 * Shell commands that wait for two ports, by name, and set the variables out and err to their
 * devices; both variables must be empty before. virtio is 1 if such ports are expected.
 */
#define PORTS_SCRIPT(first, second)                                                                \
	"ports() {\n"                                                                              \
	"	for port in /sys/class/virtio-ports/*; do\n"                                             \
	"		name=\n"                                                                                \
	"		[ ! -r \"$port/name\" ] || read -r name <\"$port/name\"\n"                              \
	"		case $name in\n"                                                                        \
	"		" first ") out=/dev/${port##*/} ;;\n"                                      \
	"		" second ") err=/dev/${port##*/} ;;\n"                                     \
	"		esac\n"                                                                                 \
	"	done\n"                                                                                  \
	"	[ -c \"$out\" ] && [ -c \"$err\" ]\n"                                                    \
	"}\n"                                                                                      \
	"if [ $virtio = 1 ] && [ -d /sys/class/virtio-ports ]; then\n"                             \
	"	tries=0 # the driver learns of its ports a little later than we of the driver\n"         \
	"	until ports || [ $tries -ge 50 ]; do\n"                                                  \
	"		tries=$((tries + 1))\n"                                                                 \
	"		sleep 0.1 || sleep 1\n"                                                                 \
	"	done\n"                                                                                  \
	"fi\n"

#endif
