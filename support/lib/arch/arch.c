// SPDX-License-Identifier: GPL-2.0-or-later
#include "arch/arch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "arch/archcheck.h"
#include "arch/archtexts.h"
#include "base/affix.h"
#include "base/keylist.h"
#include "fs/file.h"

#define ENDING ".arch"

#define FIELD(field, form) form, offsetof(struct arch, field)

static const struct key keys[] = {
	{ "arch.title", FIELD(title, KEY_STRING) },
	{ "arch.bits", FIELD(bitstext, KEY_STRING) },
	{ "arch.endian", FIELD(endian, KEY_STRING) },
	{ "arch.elf", FIELD(elftext, KEY_STRING) },
	{ "arch.cross", FIELD(cross, KEY_STRING) },
	{ "arch.cflags", FIELD(cflags, KEY_STRING) },
	{ "arch.libgcc", FIELD(libgcc, KEY_STRING) },
	{ "arch.static", FIELD(only_static, KEY_STRING) },
	{ "arch.musl", FIELD(musl, KEY_STRING) },
	{ "arch.loader", FIELD(loader, KEY_STRING) },
	{ "arch.triplet", FIELD(triplet, KEY_STRING) },
	{ "arch.cmake", FIELD(cmake, KEY_STRING) },
	{ "arch.meson", FIELD(meson, KEY_STRING) },
	{ "arch.host", FIELD(host, KEY_WORDS) },
	{ "arch.kvm", FIELD(kvm, KEY_WORDS) },
	{ "arch.kernel", FIELD(kernel, KEY_STRING) },
	{ "arch.srcarch", FIELD(srcarch, KEY_STRING) },
	{ "arch.target", FIELD(target, KEY_STRING) },
	{ "arch.image", FIELD(image, KEY_STRING) },
	{ "arch.magic", FIELD(magic, KEY_WORDS) },
	{ "arch.size", FIELD(size, KEY_WORDS) },
	{ "arch.symbols", FIELD(symbols, KEY_WORDS) },
	{ "arch.lacks", FIELD(lacks, KEY_WORDS) },
	{ "arch.offset", FIELD(offset, KEY_STRING) },
	{ "arch.direct", FIELD(direct, KEY_STRING) },
	{ "arch.efi", FIELD(efi, KEY_STRING) },
	{ "arch.bios", FIELD(bios, KEY_STRING) },
	{ "arch.llvm", FIELD(llvm, KEY_STRING) },
	{ "arch.replay", FIELD(replay, KEY_WORDS) },
	{ "arch.nokaslr", FIELD(nokaslr, KEY_STRING) },
	{ "arch.append", FIELD(append, KEY_STRING) },
	{ "arch.qemu", FIELD(qemu, KEY_STRING) },
	{ "arch.cpu", FIELD(cpu, KEY_STRING) },
	{ "arch.kvmcpus", FIELD(kvmcpus, KEY_WORDS) },
	{ "arch.tune", FIELD(tune, KEY_STRING) },
	{ "arch.tune-one", FIELD(tuneone, KEY_STRING) },
	{ "arch.tune-tsc", FIELD(tunetsc, KEY_STRING) },
	{ "arch.record", FIELD(record, KEY_WORDS) },
	{ "arch.machines", FIELD(names, KEY_WORDS) },
	{ "packages.apt", FIELD(apt, KEY_WORDS) },
	{ "packages.dnf", FIELD(dnf, KEY_WORDS) },
	{ "packages.pacman", FIELD(pacman, KEY_WORDS) },
	{ "packages.zypper", FIELD(zypper, KEY_WORDS) },
	{ "packages.apk", FIELD(apk, KEY_WORDS) },
	{ "firmware.apt", FIELD(fwapt, KEY_WORDS) },
	{ "firmware.dnf", FIELD(fwdnf, KEY_WORDS) },
	{ "firmware.pacman", FIELD(fwpacman, KEY_WORDS) },
	{ "firmware.zypper", FIELD(fwzypper, KEY_WORDS) },
	{ "firmware.apk", FIELD(fwapk, KEY_WORDS) },
	{ NULL, KEY_STRING, 0 },
};

#undef FIELD
#define FIELD(field, form) form, offsetof(struct archmachine, field)

/* What stands behind "machine.NAME.". */
static const struct key machinekeys[] = {
	{ "variant", FIELD(variant, KEY_STRING) },
	{ "symbols", FIELD(symbols, KEY_WORDS) },
	{ "known", FIELD(known, KEY_STRING) },
	{ "poweroff", FIELD(poweroff, KEY_STRING) },
	{ "qemu", FIELD(qemu, KEY_STRING) },
	{ "cpu", FIELD(cpu, KEY_STRING) },
	{ "kernel", FIELD(kernel, KEY_WORDS) },
	{ "start", FIELD(start, KEY_WORDS) },
	{ "bus", FIELD(bus, KEY_STRING) },
	{ "slots", FIELD(slots, KEY_WORDS) }, /* of its PCI bus */
	{ "needs", FIELD(needs, KEY_WORDS) },
	{ "pci", FIELD(pci, KEY_WORDS) },   /* what it needs for that */
	{ "numa", FIELD(numa, KEY_WORDS) }, /* the same for NUMA nodes */
	{ "uefi", FIELD(uefi, KEY_WORDS) },
	{ "uefi-option", FIELD(uefioption, KEY_STRING) },
	{ "no-acpi", FIELD(noacpi, KEY_STRING) },
	{ "bios", FIELD(bios, KEY_STRING) },
	{ "console", FIELD(console, KEY_STRING) },
	{ "skip", FIELD(skip, KEY_STRING) },
	{ "serial", FIELD(serial, KEY_STRING) },
	{ "tty", FIELD(tty, KEY_STRING) },
	{ "append", FIELD(append, KEY_STRING) },
	{ "early", FIELD(early, KEY_STRING) },
	{ "fw-cfg", FIELD(fwcfg, KEY_STRING) },
	{ "tune", FIELD(tune, KEY_STRING) },
	{ "tune-one", FIELD(tuneone, KEY_STRING) },
	{ NULL, KEY_STRING, 0 },
};

#undef FIELD

/* The machine of a with that name of len bytes, which is added if there is none. */
static struct archmachine *machineget(struct arch *a, const char *name, size_t len)
{
	for (size_t i = 0; i < a->machines; i++)
		if (strncmp(a->machine[i].name, name, len) == 0 && !a->machine[i].name[len])
			return &a->machine[i];
	a->machine = xrealloc(a->machine, (a->machines + 1) * sizeof(*a->machine));
	a->machine[a->machines] = (struct archmachine){ .name = xstrndup(name, len) };
	return &a->machine[a->machines++];
}

/* Store a line's value. Returns NULL, or what is wrong. */
static const char *put(struct arch *a, const char *key, char *value)
{
	static const char machine[] = "machine.";
	const char *wrong = NULL, *dot;
	bool known;

	if (startswith(key, machine)) {
		key += strlen(machine);
		dot = strrchr(key, '.');
		if (!dot || dot == key)
			return "a machine's key is machine.NAME.KEY";
		known = keyput(machinekeys, machineget(a, key, (size_t)(dot - key)), dot + 1, value,
			       &wrong);
	} else {
		known = keyput(keys, a, key, value, &wrong);
	}
	return known ? wrong : "there is no such key";
}

/* Remove blanks at both ends of s, in place. */
static char *trim(char *s)
{
	size_t len;

	s += strspn(s, " \t");
	len = strlen(s);
	while (len && strchr(" \t", s[len - 1]))
		s[--len] = '\0';
	return s;
}

/* Take one line, which is cut up. Returns NULL, or what is wrong; *key is set for messages. */
static const char *line(struct arch *a, char *text, const char **key)
{
	char *equals, *value;

	*key = text = trim(text);
	if (!*text || *text == '#')
		return NULL;
	for (const char *s = text; *s; s++)
		if ((unsigned char)*s < ' ' && *s != '\t')
			return "a control character";
	equals = strchr(text, '=');
	if (!equals)
		return "expected 'key = value'";
	*equals = '\0';
	value = trim(equals + 1);
	trim(text);
	if (strpbrk(value, "$#\\"))
		return "make reads this file too: a value can have no $, # or backslash";
	for (char *s = value; *s; s++)
		if (*s == '\t')
			*s = ' ';
	return *value ? put(a, text, value) : NULL;
}

/* The name that the file gives its architecture. Caller frees. */
static char *nameof(const char *file)
{
	const char *base = strrchr(file, '/');
	size_t len;

	base = base ? base + 1 : file;
	len = strlen(base);
	if (len > strlen(ENDING) && strcmp(base + len - strlen(ENDING), ENDING) == 0)
		len -= strlen(ENDING);
	return xstrndup(base, len);
}

int archparse(struct arch *a, const char *file, const char *text, char **why)
{
	char *copy = xstrdup(text), *rest = copy, *one;
	const char *wrong = NULL, *key;
	long number = 0;

	*a = (struct arch){ .name = nameof(file) };
	*why = NULL;
	while (!wrong && (one = strsep(&rest, "\n"))) {
		number++;
		wrong = line(a, one, &key);
	}
	if (wrong)
		*why = xasprintf("%s:%ld: %s: %s", file, number, key, wrong);
	free(copy);
	if (wrong)
		return -1;
	*why = archcheck(a, file);
	return *why ? -1 : 0;
}

/* Add a description. Returns 0, or -1 with *why set. */
static int add(struct archs *all, const char *file, const char *text, char **why)
{
	struct arch a;

	if (archparse(&a, file, text, why) < 0) {
		archfree(&a);
		return -1;
	}
	all->item = xrealloc(all->item, (all->len + 1) * sizeof(a));
	all->item[all->len++] = a;
	return 0;
}

int archsload(struct archs *all, char **why)
{
	*why = NULL;
	for (const struct archtext *t = archtexts; t->file; t++)
		if (add(all, t->file, t->text, why) < 0)
			return -1;
	return 0;
}

const struct arch *archfind(struct archs *all, const char *name, char **why)
{
	struct buf text = { 0 };
	int ret;

	*why = NULL;
	for (size_t i = 0; i < all->len; i++)
		if (strcmp(all->item[i].name, name) == 0)
			return &all->item[i];
	if (!strchr(name, '/'))
		return NULL;
	if (fileread(name, &text) < 0) {
		*why = xasprintf("cannot read %s: %s", name, strerror(errno));
		return NULL;
	}
	ret = add(all, name, bufstr(&text), why);
	buffree(&text);
	return ret < 0 ? NULL : &all->item[all->len - 1];
}

const struct arch *archofelf(const struct archs *all, unsigned elf, unsigned bits, bool big)
{
	for (size_t i = 0; i < all->len; i++)
		if (all->item[i].elf == elf && all->item[i].bits == bits && all->item[i].big == big)
			return &all->item[i];
	return NULL;
}

const struct archmachine *archmachine(const struct arch *a, const char *name)
{
	for (size_t i = 0; i < a->machines; i++)
		if (strcmp(a->machine[i].name, name) == 0)
			return &a->machine[i];
	return NULL;
}

bool archhasmagic(const struct arch *a, const void *data, size_t len)
{
	unsigned char byte;
	const char *hex;
	size_t at;

	if (!a->magic.len)
		return false;
	at = strtoul(a->magic.item[0], NULL, 10);
	for (hex = a->magic.item[1]; *hex; hex += 2, at++) {
		char two[3] = { hex[0], hex[1], '\0' };

		byte = (unsigned char)strtoul(two, NULL, 16);
		if (at >= len || ((const unsigned char *)data)[at] != byte)
			return false;
	}
	return true;
}

unsigned long long archsize(const struct arch *a, const void *data, size_t len)
{
	const unsigned char *p = data;
	unsigned long long size = 0;
	size_t at, width;

	if (!a->size.len)
		return 0;
	at = strtoul(a->size.item[0], NULL, 10);
	width = strtoul(a->size.item[1], NULL, 10);
	if (at > len || width > len - at)
		return 0;
	for (size_t i = 0; i < width; i++)
		size = size << 8 | p[at + (a->big ? i : width - 1 - i)];
	return size;
}

void archfree(struct arch *a)
{
	for (size_t i = 0; i < a->machines; i++) {
		keysfree(machinekeys, &a->machine[i]);
		free(a->machine[i].name);
	}
	free(a->machine);
	free(a->name);
	keysfree(keys, a);
	*a = (struct arch){ 0 };
}

void archsfree(struct archs *all)
{
	for (size_t i = 0; i < all->len; i++)
		archfree(&all->item[i]);
	free(all->item);
	*all = (struct archs){ 0 };
}
