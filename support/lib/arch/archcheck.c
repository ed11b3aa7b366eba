// SPDX-License-Identifier: GPL-2.0-or-later
#include "arch/archcheck.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

/* Values that a key may have; ends with NULL. */
typedef const char *const words[4];

static const words yes = { "y" };
static const words no = { "n" };
static const words bits = { "32", "64" };
static const words orders = { "little", "big" };
static const words kernels = { "image", "vmlinux", "pvh" };
static const words buses = { "device", "pci", "ccw" };
static const words serials = { "isa-serial", "serial" };
static const words uefioptions = { "bios", "kernel" };

/* Whether text is one of the words. */
static bool among(const char *text, const words w)
{
	for (size_t i = 0; w[i]; i++)
		if (strcmp(text, w[i]) == 0)
			return true;
	return false;
}

/* "a", "a or b", "a, b or c": the words. Caller frees. */
static char *either(const words w)
{
	struct buf text = { 0 };

	for (size_t i = 0; w[i]; i++)
		bufprintf(&text, "%s%s", !i ? "" : w[i + 1] ? ", " : " or ", w[i]);
	return bufsteal(&text);
}

static bool isnumber(const char *text, unsigned long most)
{
	size_t len = strlen(text);

	return len && len <= 9 && strspn(text, "0123456789") == len &&
	       strtoul(text, NULL, 10) <= most;
}

/* What is wrong with the value text of key, which has to be among w; NULL: nothing. */
static char *valuecheck(const char *file, const char *key, const char *text, const words w)
{
	char *all, *why;

	if (!text || among(text, w))
		return NULL;
	all = either(w);
	why = xasprintf("%s: %s is %s, not '%s'", file, key, all, text);
	free(all);
	return why;
}

/* What is required and missing. */
static char *missing(const struct arch *a, const char *file)
{
	const struct {
		const char *key, *value;
	} needed[] = {
		{ "arch.title", a->title },
		{ "arch.bits", a->bitstext },
		{ "arch.endian", a->endian },
		{ "arch.elf", a->elftext },
		{ "arch.cross", a->cross },
		{ "arch.musl", a->musl },
		{ "arch.loader", a->loader },
		{ "arch.triplet", a->triplet },
		{ "arch.cmake", a->cmake },
		{ "arch.meson", a->meson },
		{ "arch.kernel", a->kernel },
		{ "arch.srcarch", a->srcarch },
		{ "arch.qemu", a->qemu },
		{ "arch.host", a->host.len ? "" : NULL },
		{ "arch.symbols", a->symbols.len ? "" : NULL },
		{ "arch.machines", a->names.len ? "" : NULL },
	};

	for (size_t i = 0; i < COUNT(needed); i++)
		if (!needed[i].value)
			return xasprintf("%s: %s is missing", file, needed[i].key);
	if (!a->image != !a->target)
		return xasprintf("%s: of arch.target and arch.image one is missing", file);
	return NULL;
}

static bool ismagic(const struct strlist *magic)
{
	size_t len;

	if (magic->len != 2 || !isnumber(magic->item[0], 1 << 20))
		return false;
	len = strlen(magic->item[1]);
	return len % 2 == 0 && strspn(magic->item[1], "0123456789abcdef") == len;
}

/* What is wrong with the words of arch.lacks, which are parts of Kconfig's symbols; NULL: nothing.
 */
static char *lackscheck(const struct strlist *lacks, const char *file)
{
	for (size_t i = 0; i < lacks->len; i++) {
		const char *word = lacks->item[i];

		if (word[strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_")])
			return xasprintf(
				"%s: arch.lacks has words of small letters, digits and _, not '%s'",
				file, word);
	}
	return NULL;
}

static char *archvalues(struct arch *a, const char *file)
{
	char *why = valuecheck(file, "arch.bits", a->bitstext, bits);

	if (!why)
		why = valuecheck(file, "arch.endian", a->endian, orders);
	if (!why)
		why = valuecheck(file, "arch.nokaslr", a->nokaslr, yes);
	if (!why)
		why = valuecheck(file, "arch.static", a->only_static, yes);
	if (!why)
		why = lackscheck(&a->lacks, file);
	if (!why)
		why = valuecheck(file, "arch.llvm", a->llvm, yes);
	if (!why)
		why = valuecheck(file, "arch.bios", a->bios, yes);
	if (!why && a->efi && a->efi[strspn(a->efi, "abcdefghijklmnopqrstuvwxyz0123456789")])
		why = xasprintf("%s: arch.efi has small letters and digits, not '%s'", file,
				a->efi);
	if (!why && !isnumber(a->elftext, UINT16_MAX))
		why = xasprintf("%s: arch.elf is a number up to %d, not '%s'", file, UINT16_MAX,
				a->elftext);
	if (!why && a->magic.len && !ismagic(&a->magic))
		why = xasprintf("%s: arch.magic is an offset and bytes in hex", file);
	if (!why && a->size.len &&
	    (a->size.len != 2 || !isnumber(a->size.item[0], 1 << 20) ||
	     !isnumber(a->size.item[1], sizeof(long long))))
		why = xasprintf("%s: arch.size is an offset and a number of bytes up to 8", file);
	return why;
}

/* One key of a machine and the words that its value may be. */
struct choice {
	const char *key, *value;
	const char *const *among;
};

static char *machinevalues(const struct archmachine *m, const char *file)
{
	const struct choice choices[] = {
		{ "known", m->known, yes },	  { "poweroff", m->poweroff, no },
		{ "bus", m->bus, buses },	  { "bios", m->bios, yes },
		{ "serial", m->serial, serials }, { "uefi-option", m->uefioption, uefioptions },
	};
	char *why = NULL;

	for (size_t i = 0; !why && i < COUNT(choices); i++) {
		char *key = xasprintf("machine.%s.%s", m->name, choices[i].key);

		why = valuecheck(file, key, choices[i].value, choices[i].among);
		free(key);
	}
	for (size_t i = 0; !why && i < m->kernel.len; i++) {
		char *key = xasprintf("machine.%s.kernel", m->name);

		why = valuecheck(file, key, m->kernel.item[i], kernels);
		free(key);
	}
	if (!why && m->skip && !isnumber(m->skip, 9))
		why = xasprintf("%s: machine.%s.skip is a number up to 9, not '%s'", file, m->name,
				m->skip);
	return why;
}

static char *machinecheck(const struct arch *a, const struct archmachine *m, const char *file)
{
	const char *lacks = !m->qemu		   ? "qemu"
			    : !m->kernel.len	   ? "kernel"
			    : !m->bus		   ? "bus"
			    : !m->needs.len	   ? "needs"
			    : !m->console	   ? "console"
			    : m->serial && !m->tty ? "tty"
						   : NULL;

	if (!listhas(&a->names, m->name))
		return xasprintf("%s: arch.machines does not name %s, of which there are keys",
				 file, m->name);
	if (lacks)
		return xasprintf("%s: machine.%s.%s is missing", file, m->name, lacks);
	if (m->variant && !archmachine(a, m->variant))
		return xasprintf("%s: machine.%s.variant names %s, which is no machine", file,
				 m->name, m->variant);
	if (!a->image && listhas(&m->kernel, "image"))
		return xasprintf("%s: the machine %s boots an image, and there is no arch.image",
				 file, m->name);
	return machinevalues(m, file);
}

/* Put the machines in the order of their names. Returns NULL, or what is wrong. */
static char *machinesort(struct arch *a, const char *file)
{
	for (size_t i = 0; i < a->names.len; i++) {
		struct archmachine one;
		size_t at = i;

		while (at < a->machines && strcmp(a->machine[at].name, a->names.item[i]) != 0)
			at++;
		if (at >= a->machines)
			return xasprintf("%s: machine.%s.qemu is missing", file, a->names.item[i]);
		one = a->machine[at];
		a->machine[at] = a->machine[i];
		a->machine[i] = one;
	}
	return NULL;
}

char *archcheck(struct arch *a, const char *file)
{
	char *why = missing(a, file);

	if (!why)
		why = archvalues(a, file);
	if (!why)
		why = machinesort(a, file);
	for (size_t i = 0; !why && i < a->machines; i++)
		why = machinecheck(a, &a->machine[i], file);
	if (why)
		return why;
	a->bits = strcmp(a->bitstext, "64") == 0 ? 64 : 32;
	a->big = strcmp(a->endian, "big") == 0;
	a->elf = (unsigned)strtoul(a->elftext, NULL, 10);
	return NULL;
}
