// SPDX-License-Identifier: GPL-2.0-or-later
#include "initlevels.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/namemap.h"
#include "fs/file.h"

/* What include/linux/init.h puts before the object, line and function of an initcall. */
#define PREFIX "__initcall__kmod_"

/* The ends of these symbols, and levels. Those with an s behind them wait for the ones before. */
static const struct {
	const char *id, *name;
} kinds[] = {
	{ "early", "early" }, { "0", "pure" },	 { "1", "core" },      { "2", "postcore" },
	{ "3", "arch" },      { "4", "subsys" }, { "5", "fs" },	       { "rootfs", "rootfs" },
	{ "6", "device" },    { "7", "late" },	 { "con", "console" },
};

#define LEVELS (sizeof(kinds) / sizeof(*kinds))

struct function {
	unsigned long long address;
	char *name; /* owned */
};

struct initlevels {
	struct table calls; /* of struct initcall, by name */
	struct initcall **call;
	size_t len;
	struct function *function; /* sorted by address */
	size_t functions, room;
};

const char *initlevelname(int level)
{
	return kinds[level].name;
}

/* The level that a symbol's end tells, and in *len how long that end is; -1: none. */
static int levelof(const char *symbol, size_t *len)
{
	size_t all = strlen(symbol);
	size_t sync = all > 1 && symbol[all - 1] == 's' && strchr("01234567", symbol[all - 2]);

	for (size_t i = 0; i < LEVELS; i++) {
		*len = strlen(kinds[i].id);
		if (all - sync > *len &&
		    strncmp(symbol + all - sync - *len, kinds[i].id, *len) == 0) {
			*len += sync;
			return (int)i;
		}
	}
	return -1;
}

/* The function's part of a symbol: behind "OBJECT__COUNTER_LINE_"; NULL: there is none. */
static const char *functionpart(const char *symbol, size_t *object)
{
	const char *digits = "0123456789";

	for (const char *p = symbol; (p = strstr(p, "__")); p++) {
		size_t a = strspn(p + 2, digits);
		size_t b = p[2 + a] == '_' ? strspn(p + 3 + a, digits) : 0;

		if (a && b && p[3 + a + b] == '_') {
			*object = (size_t)(p - symbol);
			return p + 4 + a + b;
		}
	}
	return NULL;
}

static void calladd(struct initlevels *l, const char *symbol)
{
	size_t object, end;
	const char *function = functionpart(symbol, &object);
	int level = function ? levelof(function, &end) : -1;
	struct initcall *call;
	void **place;

	if (level < 0)
		return;
	call = xmalloc(sizeof(*call));
	*call = (struct initcall){
		.name = xstrndup(function, strlen(function) - end),
		.object = xstrndup(symbol, object),
		.level = level,
	};
	l->call = xrealloc(l->call, (l->len + 1) * sizeof(*l->call));
	l->call[l->len++] = call;
	place = tableput(&l->calls, call->name);
	if (!*place)
		*place = call;
	else if (((struct initcall *)*place)->level != level)
		((struct initcall *)*place)->level = -1;
}

static void functionadd(struct initlevels *l, unsigned long long address, const char *name)
{
	if (l->functions == l->room) {
		l->room = l->room ? 2 * l->room : 1024;
		l->function = xrealloc(l->function, l->room * sizeof(*l->function));
	}
	l->function[l->functions++] = (struct function){ address, xstrdup(name) };
}

static int compare(const void *a, const void *b)
{
	const struct function *x = a, *y = b;

	return (x->address > y->address) - (x->address < y->address);
}

static void symbolsadd(struct initlevels *l, Elf *elf, Elf_Scn *section, const GElf_Shdr *shdr)
{
	Elf_Data *data = elf_getdata(section, NULL);
	size_t count = data && shdr->sh_entsize ? shdr->sh_size / shdr->sh_entsize : 0;

	for (size_t i = 0; i < count && i < INT_MAX; i++) {
		GElf_Sym sym;
		const char *name;

		if (!gelf_getsym(data, (int)i, &sym))
			break;
		name = elf_strptr(elf, shdr->sh_link, sym.st_name);
		if (name && strncmp(name, PREFIX, strlen(PREFIX)) == 0)
			calladd(l, name + strlen(PREFIX));
		else if (name && GELF_ST_TYPE(sym.st_info) == STT_FUNC)
			functionadd(l, sym.st_value, name);
	}
}

/* Returns why that is not possible; NULL: it is. */
static const char *elfread(struct initlevels *l, int fd)
{
	Elf *elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
	Elf_Scn *section = NULL;
	const char *why = NULL;

	if (!elf || elf_kind(elf) != ELF_K_ELF)
		why = "it is no ELF file";
	while (!why && (section = elf_nextscn(elf, section))) {
		GElf_Shdr shdr;

		if (gelf_getshdr(section, &shdr) && shdr.sh_type == SHT_SYMTAB)
			symbolsadd(l, elf, section, &shdr);
	}
	elf_end(elf);
	return why ? why : l->len ? NULL : "it has no symbols of initcalls";
}

struct initlevels *initlevelsread(const char *path, const char **why)
{
	struct initlevels *l = xcalloc(1, sizeof(*l));
	int fd = regopen(path, O_RDONLY, 0);

	elf_version(EV_CURRENT);
	*why = fd < 0 ? strerror(errno) : elfread(l, fd);
	if (fd >= 0)
		close(fd);
	if (*why) {
		initlevelsfree(l);
		return NULL;
	}
	qsort(l->function, l->functions, sizeof(*l->function), compare);
	return l;
}

const struct initcall *initlevelsfind(const struct initlevels *l, const char *name)
{
	return tableget(&l->calls, name);
}

const char *initlevelsat(const struct initlevels *l, unsigned long long address)
{
	struct function key = { .address = address };
	const struct function *found =
		l->functions ? bsearch(&key, l->function, l->functions, sizeof(key), compare)
			     : NULL;

	return found ? found->name : NULL;
}

void initlevelsfree(struct initlevels *l)
{
	if (!l)
		return;
	for (size_t i = 0; i < l->len; i++) {
		free((char *)l->call[i]->name);
		free((char *)l->call[i]->object);
		free(l->call[i]);
	}
	for (size_t i = 0; i < l->functions; i++)
		free(l->function[i].name);
	tablefree(&l->calls);
	free(l->call);
	free(l->function);
	free(l);
}
