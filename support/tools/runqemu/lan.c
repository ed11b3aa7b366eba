// SPDX-License-Identifier: GPL-2.0-or-later
#include "lan.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/number.h"

#define GROUP	   "230.0.0.1" /* multicast address; nothing leaves the loopback interface */
#define LAN_NAME   "lan0"      /* of the interface in the guest */
#define PORT_FIRST 20000       /* that of the first user is the next one */
#define PORT_USERS 10000

static char *wrong(const char *text)
{
	return xasprintf(
		"--lan (NET=mcast: of make) takes the guest's IPv4 address and, optionally, "
		"/BITS and @PORT, as in 10.0.3.1/24@20000, not '%s'",
		text);
}

/* Set the address from text, which is cut up. Returns whether it is valid. */
static bool addressset(struct lan *l, char *text)
{
	char *slash = strchr(text, '/');
	long long bits = 24;
	struct in_addr a;

	if (slash)
		*slash = '\0';
	if ((slash && !numberparse(slash + 1, 1, 32, &bits)) || inet_pton(AF_INET, text, &a) != 1)
		return false;
	l->address = xasprintf("%s/%lld", text, bits);
	return true;
}

/* Choose an Ethernet address, of those that are assigned locally. */
static int macset(struct lan *l)
{
	unsigned char b[4];

	if (getrandom(b, sizeof(b), 0) != sizeof(b))
		return -1;
	snprintf(l->mac, sizeof(l->mac), "52:55:%02x:%02x:%02x:%02x", b[0], b[1], b[2], b[3]);
	return 0;
}

char *lanparse(struct lan *l, const char *text)
{
	char *copy = xstrdup(text), *at = strchr(copy, '@');
	long long port = 0;
	bool good = true;

	*l = (struct lan){ .on = true, .port = PORT_FIRST + 1 + geteuid() % PORT_USERS };
	if (at) {
		*at = '\0';
		good = numberparse(at + 1, 1, 65535, &port);
		l->port = (unsigned)port;
	}
	if (good && *copy)
		good = addressset(l, copy);
	free(copy);
	if (!good)
		return wrong(text);
	if (macset(l) < 0)
		return xasprintf("cannot get random bytes: %s", strerror(errno));
	return NULL;
}

void lanargs(const struct lan *l, const char *bus, struct strlist *argv)
{
	bool pci = strcmp(bus, "pci") == 0;
	struct buf arg = { 0 };

	listadd(argv, "-netdev");
	bufprintf(&arg, "socket,id=lan,mcast=" GROUP ":%u,localaddr=127.0.0.1", l->port);
	listadd(argv, bufstr(&arg));
	bufclear(&arg);
	listadd(argv, "-device");
	bufprintf(&arg, "virtio-net-%s,netdev=lan,mac=%s%s", bus, l->mac, pci ? ",romfile=" : "");
	listadd(argv, bufstr(&arg));
	buffree(&arg);
}

/* Under a name of its own, nothing else configures it: the image asks eth0 for an address. */
void lanscript(const struct lan *l, struct buf *out)
{
	bufprintf(out,
		  "for interface in /sys/class/net/*; do\n"
		  "	read -r mac <\"$interface/address\"\n"
		  "	[ \"$mac\" = %s ] || continue\n"
		  "	for _ in 1 2 3 4 5; do # it may be set up again meanwhile\n"
		  "		ip link set \"${interface##*/}\" down\n"
		  "		ip link set \"${interface##*/}\" name " LAN_NAME
		  " 2>/dev/null && break\n"
		  "	done\n"
		  "done\n",
		  l->mac);
	if (l->address)
		bufprintf(out, "ip addr add %s dev " LAN_NAME "\n", l->address);
	bufputs(out, "ip link set " LAN_NAME " up\n");
}

void lanfree(struct lan *l)
{
	free(l->address);
	*l = (struct lan){ 0 };
}
