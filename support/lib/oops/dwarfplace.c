// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarfplace.h"

#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "oops/addrsearch.h"

/* Addresses from start to before end belong to a unit. */
struct unit {
	Dwarf_Addr start, end;
	Dwarf_Die die;
};

static int unitcompare(const void *a, const void *b)
{
	const struct unit *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

static void unitadd(struct units *u, size_t *room, const struct unit *unit)
{
	if (u->len == *room) {
		*room = *room ? 2 * *room : 1024;
		u->item = xrealloc(u->item, *room * sizeof(*u->item));
	}
	u->item[u->len++] = *unit;
}

/* Read the ranges of all units. */
static void unitsread(struct units *u, Dwfl_Module *module)
{
	Dwarf_Addr bias, base;
	Dwarf_Die *die = NULL;
	size_t room = 0;

	u->read = true;
	while ((die = dwfl_module_nextcu(module, die, &bias))) {
		struct unit unit = { .die = *die };
		ptrdiff_t at = 0;

		while ((at = dwarf_ranges(die, at, &base, &unit.start, &unit.end)) > 0) {
			unit.start += bias;
			unit.end += bias;
			if (unit.start < unit.end)
				unitadd(u, &room, &unit);
		}
	}
	if (u->len)
		qsort(u->item, u->len, sizeof(*u->item), unitcompare);
}

static Dwarf_Die *unitfind(struct units *u, Dwfl_Module *module, Dwarf_Addr addr)
{
	size_t n;

	if (!u->read)
		unitsread(u, module);
	n = u->len ? addrsearch(&u->item->start, sizeof(*u->item), u->len, addr) : 0;
	return n && addr < u->item[n - 1].end ? &u->item[n - 1].die : NULL;
}

static const char *diename(Dwarf_Die *die)
{
	Dwarf_Attribute attr;
	const char *name = dwarf_formstring(dwarf_attr_integrate(die, DW_AT_linkage_name, &attr));

	if (!name)
		name = dwarf_formstring(dwarf_attr_integrate(die, DW_AT_name, &attr));
	return name ? name : "?";
}

static int dienumber(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute attr;
	Dwarf_Word value;

	if (dwarf_formudata(dwarf_attr(die, name, &attr), &value) != 0 || value > 1u << 30)
		return 0;
	return (int)value;
}

/* Append the path of a unit's file: its directory in front, where the compiler left that out. */
static char *unitpath(Dwarf_Die *unit, const char *name)
{
	Dwarf_Attribute attr;
	const char *dir = dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attr));

	return name[0] == '/' || !dir ? xstrdup(name) : xasprintf("%s/%s", dir, name);
}

static void frameput(struct frames *out, const char *function, Dwarf_Die *unit, const char *file,
		     int line)
{
	char *path = file ? unitpath(unit, file) : NULL;

	framesadd(out, function, path, line);
	free(path);
}

/* Append the functions of the count scopes, the innermost first. */
static size_t scopesput(Dwarf_Die *scopes, int count, Dwarf_Die *unit, const char *file, int line,
			struct frames *out)
{
	Dwarf_Files *files = NULL;
	size_t before = out->len, known = 0;

	dwarf_getsrcfiles(unit, &files, &known);
	for (int i = 0; i < count; i++) {
		int tag = dwarf_tag(&scopes[i]), number;

		if (tag != DW_TAG_subprogram && tag != DW_TAG_inlined_subroutine)
			continue;
		frameput(out, diename(&scopes[i]), unit, file, line);
		if (tag == DW_TAG_subprogram)
			break;
		out->item[out->len - 1].inlined = true;
		number = dienumber(&scopes[i], DW_AT_call_file);
		file = files && (size_t)number < known
			       ? dwarf_filesrc(files, (size_t)number, NULL, NULL)
			       : NULL;
		line = dienumber(&scopes[i], DW_AT_call_line);
	}
	return out->len - before;
}

bool dwarfframes(Dwfl_Module *module, struct units *units, Dwarf_Addr addr, struct frames *out)
{
	Dwarf_Addr bias = 0;
	Dwarf_Die *unit = dwfl_module_addrdie(module, addr, &bias), *scopes = NULL, *nest = NULL;
	Dwarf_Line *row;
	const char *file = NULL;
	int line = 0, count, inner;
	size_t put = 0;

	if (!unit) {
		dwfl_module_getdwarf(module, &bias);
		unit = unitfind(units, module, addr);
	}
	if (!unit)
		return false;
	row = dwarf_getsrc_die(unit, addr - bias);
	if (row) {
		file = dwarf_linesrc(row, NULL, NULL);
		dwarf_lineno(row, &line);
	}
	count = dwarf_getscopes(unit, addr - bias, &scopes);
	/* Those that really contain it: scopes continues with where an inlined function was
	 * written. */
	inner = count > 0 ? dwarf_getscopes_die(&scopes[0], &nest) : 0;
	if (inner > 0)
		put = scopesput(nest, inner, unit, file, line, out);
	free(scopes);
	free(nest);
	if (!put && file)
		frameput(out, "?", unit, file, line);
	return put || file;
}

bool dwarfthere(Dwfl_Module *module)
{
	Dwarf_Addr bias;
	Dwarf_Die *unit = dwfl_module_nextcu(module, NULL, &bias);
	Dwarf_Attribute attr;
	const char *name, *dir, *by;

	if (!unit)
		return false;
	name = dwarf_formstring(dwarf_attr(unit, DW_AT_name, &attr));
	dir = dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attr));
	by = dwarf_formstring(dwarf_attr(unit, DW_AT_producer, &attr));
	/* All are the first text: libdw cannot relocate a module of this machine. */
	return !dir || (dir != name && dir != by);
}

char *dwarfroot(Dwfl_Module *module, const char *file)
{
	size_t len = strlen(file);
	Dwarf_Die *die = NULL;
	Dwarf_Addr bias;

	while ((die = dwfl_module_nextcu(module, die, &bias))) {
		const char *name = dwarf_diename(die);
		struct frames one = { 0 };
		char *root = NULL;

		if (!name || strlen(name) < len || strcmp(name + strlen(name) - len, file) != 0)
			continue;
		frameput(&one, "", die, name, 0);
		if (strlen(one.item->path) > len &&
		    one.item->path[strlen(one.item->path) - len - 1] == '/')
			root = xstrndup(one.item->path, strlen(one.item->path) - len);
		framesfree(&one);
		if (root)
			return root;
	}
	return NULL;
}

void unitsfree(struct units *u)
{
	free(u->item);
	*u = (struct units){ 0 };
}
