// SPDX-License-Identifier: GPL-2.0-or-later
#include "ksymbols.h"

#include <elfutils/libdwelf.h>
#include <elfutils/libdwfl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fs/file.h"
#include "oops/addrsearch.h"
#include "oops/dwarfplace.h"
#include "oops/kofile.h"

/* The most bytes that fill the space behind a function: the kernel counts them as its. */
#define FILLING 64

/* Modules that are looked for: a kernel has less, but a log may name any number. */
#define MODULES_MAX 1000

/* A function of an object. */
struct symbol {
	const char *name; /* libelf's */
	uint64_t start;	  /* where libdwfl places it */
	uint64_t size;	  /* as the object tells */
	uint64_t next;	  /* start of the next one, or of nothing */
	size_t chain;	  /* number of the next one with this hash, from 1 on; 0: none */
};

/* The kernel, or a module. */
struct object {
	char *name; /* of the module; "": the kernel */
	Dwfl *dwfl; /* NULL: there is no file */
	Dwfl_Module *module;
	struct symbol *symbol; /* sorted by start; owned */
	size_t len;
	size_t *heads; /* len numbers of symbols by hash, as in chain; owned */
	struct units units;
	bool lines;	  /* it has debug information */
	char buildid[48]; /* "": none */
};

struct symbols {
	struct object kernel;
	struct object *module; /* those that were needed */
	size_t modules;
	struct kofiles files;
	char *banner; /* NULL: not looked for */
	char *root;
};

/* No other file has debug information: none is looked for, here or in the network. */
static int nodebuginfo(Dwfl_Module *m, void **user, const char *name, Dwarf_Addr base,
		       const char *file, const char *link, GElf_Word sum, char **found)
{
	(void)m, (void)user, (void)name, (void)base, (void)file, (void)link, (void)sum, (void)found;
	return -1;
}

static const Dwfl_Callbacks callbacks = {
	.find_elf = dwfl_build_id_find_elf,
	.find_debuginfo = nodebuginfo,
	.section_address = dwfl_offline_section_address,
};

static int symbolcompare(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

/* Whether it is a function, or a label in code, but no mark of the assembler. */
static bool iscode(const GElf_Sym *sym, const char *name)
{
	int type = GELF_ST_TYPE(sym->st_info);

	if (sym->st_shndx == SHN_UNDEF || sym->st_shndx == SHN_ABS || !*name || *name == '$')
		return false;
	return type == STT_FUNC || type == STT_NOTYPE || type == STT_GNU_IFUNC;
}

static size_t hash(const char *name)
{
	size_t h = 5381;

	for (; *name; name++)
		h = h * 33 + (unsigned char)*name;
	return h;
}

/* Chain the symbols by their names, so that one chain has them in their order. */
static void symbolschain(struct object *o)
{
	o->heads = xcalloc(o->len + 1, sizeof(*o->heads));
	for (size_t i = o->len; i-- > 0;) {
		size_t *head = &o->heads[hash(o->symbol[i].name) % o->len];

		o->symbol[i].chain = *head;
		*head = i + 1;
	}
}

static void symbolsread(struct object *o)
{
	int count = dwfl_module_getsymtab(o->module);

	if (count <= 0)
		return;
	o->symbol = xcalloc((size_t)count, sizeof(*o->symbol));
	for (int i = 0; i < count; i++) {
		GElf_Sym sym;
		GElf_Addr addr;
		const char *name =
			dwfl_module_getsym_info(o->module, i, &sym, &addr, NULL, NULL, NULL);

		if (name && iscode(&sym, name))
			o->symbol[o->len++] =
				(struct symbol){ .name = name, .start = addr, .size = sym.st_size };
	}
	qsort(o->symbol, o->len, sizeof(*o->symbol), symbolcompare);
	symbolschain(o);
	for (size_t i = o->len; i-- > 0;) {
		struct symbol *s = &o->symbol[i];

		s->next = i + 1 == o->len	   ? s->start + s->size
			  : s->start == s[1].start ? s[1].next
						   : s[1].start;
	}
}

static void buildidread(struct object *o)
{
	const unsigned char *bits;
	GElf_Addr at;
	int len = dwfl_module_build_id(o->module, &bits, &at);

	for (int i = 0; i < len && 2 * (size_t)i + 2 < sizeof(o->buildid); i++) {
		o->buildid[2 * i] = "0123456789abcdef"[bits[i] >> 4];
		o->buildid[2 * i + 1] = "0123456789abcdef"[bits[i] & 15];
	}
}

static void objectclose(struct object *o)
{
	unitsfree(&o->units);
	free(o->symbol);
	free(o->heads);
	free(o->name);
	if (o->dwfl)
		dwfl_end(o->dwfl);
	*o = (struct object){ 0 };
}

/* Open the file at path as o; a module has no addresses yet. Returns whether that is possible. */
static bool objectopen(struct object *o, const char *path, bool module)
{
	o->dwfl = dwfl_begin(&callbacks);
	if (!o->dwfl)
		return false;
	dwfl_report_begin(o->dwfl);
	o->module = module ? dwfl_report_offline(o->dwfl, "module", path, -1)
			   : dwfl_report_elf(o->dwfl, "vmlinux", path, -1, 0, true);
	if (!o->module || dwfl_report_end(o->dwfl, NULL, NULL) != 0)
		return false;
	symbolsread(o);
	buildidread(o);
	o->lines = dwarfthere(o->module);
	return o->len > 0;
}

struct symbols *symbolsopen(const char *vmlinux, const struct strlist *where, char **why)
{
	struct symbols *s = xcalloc(1, sizeof(*s));
	int fd = regopen(vmlinux, O_RDONLY, 0);

	*why = NULL;
	s->kernel.name = xstrdup("");
	s->files.where = where;
	if (fd < 0)
		*why = xstrdup(strerror(errno));
	else if (close(fd) == 0 && !objectopen(&s->kernel, vmlinux, false))
		*why = s->kernel.module
			       ? xstrdup("it has no symbols")
			       : xasprintf("it is no ELF file of a kernel (%s)", dwfl_errmsg(-1));
	if (*why) {
		symbolsclose(s);
		return NULL;
	}
	s->root = dwarfroot(s->kernel.module, "init/main.c");
	return s;
}

void symbolsclose(struct symbols *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->modules; i++)
		objectclose(&s->module[i]);
	objectclose(&s->kernel);
	kofilesfree(&s->files);
	free(s->module);
	free(s->banner);
	free(s->root);
	free(s);
}

bool symbolslines(const struct symbols *s)
{
	return s->kernel.lines;
}

const char *symbolsbuildid(const struct symbols *s)
{
	return s->kernel.buildid;
}

const char *symbolsroot(const struct symbols *s)
{
	return s->root ? s->root : "";
}

/* The text that the section of index has at that address. */
static char *textat(Elf *elf, size_t index, uint64_t addr)
{
	Elf_Scn *section = elf_getscn(elf, index);
	GElf_Shdr shdr;
	Elf_Data *data;

	if (!section || !gelf_getshdr(section, &shdr) || addr < shdr.sh_addr)
		return NULL;
	data = elf_getdata(section, NULL);
	if (!data || !data->d_buf || addr - shdr.sh_addr >= data->d_size)
		return NULL;
	addr -= shdr.sh_addr;
	return xstrndup((const char *)data->d_buf + addr,
			strnlen((const char *)data->d_buf + addr, data->d_size - addr));
}

const char *symbolsbanner(struct symbols *s)
{
	int count = dwfl_module_getsymtab(s->kernel.module);

	for (int i = 0; !s->banner && i < count; i++) {
		GElf_Addr addr, bias;
		GElf_Word index;
		GElf_Sym sym;
		Elf *elf = NULL;
		const char *name = dwfl_module_getsym_info(s->kernel.module, i, &sym, &addr, &index,
							   &elf, &bias);

		if (name && elf && strcmp(name, "linux_banner") == 0)
			s->banner = textat(elf, index, addr - bias);
	}
	if (!s->banner)
		s->banner = xstrdup("");
	s->banner[strcspn(s->banner, "\n")] = '\0';
	return s->banner;
}

/* Whether the kernel would count that size for the function. */
static bool fits(const struct symbol *s, uint64_t size)
{
	uint64_t room = s->next - s->start;

	return size == s->size || size == room ||
	       (s->size && size > s->size && size < s->size + FILLING);
}

/* The functions of that name: the one of the size, else any; *unsure if that is one of several. */
static const struct symbol *byname(const struct object *o, const struct code *c, bool *fit,
				   bool *unsure)
{
	const struct symbol *found = NULL;

	*fit = *unsure = false;
	for (size_t n = o->heads[hash(c->name) % o->len]; n; n = o->symbol[n - 1].chain) {
		const struct symbol *s = &o->symbol[n - 1];
		bool good;

		if (strcmp(s->name, c->name) != 0 || (found && s->start == found->start))
			continue;
		good = fits(s, c->size);
		if (!found || (good && !*fit)) {
			*unsure = false;
			found = s;
			*fit = good;
		} else if (good == *fit) {
			*unsure = true;
		}
	}
	return found;
}

/* The function that has the address, or NULL. */
static const struct symbol *byaddress(const struct object *o, uint64_t addr)
{
	size_t n = o->len ? addrsearch(&o->symbol->start, sizeof(*o->symbol), o->len, addr) : 0;
	const struct symbol *found = n ? &o->symbol[n - 1] : NULL;

	return found && (addr < found->next || addr < found->start + found->size) ? found : NULL;
}

static struct object *moduleof(struct symbols *s, const char *name)
{
	static struct object none;
	struct object *o;
	const char *path;

	for (size_t i = 0; i < s->modules; i++)
		if (strcmp(s->module[i].name, name) == 0)
			return &s->module[i];
	if (s->modules == MODULES_MAX)
		return &none;
	s->module = xrealloc(s->module, (s->modules + 1) * sizeof(*s->module));
	o = &s->module[s->modules++];
	*o = (struct object){ .name = xstrdup(name) };
	/* A file with debug information is better than one without. */
	for (size_t i = 0; !o->lines && (path = kofilesfind(&s->files, name, i)); i++) {
		struct object new = { .name = xstrdup(name) };

		if (objectopen(&new, path, true) && (!o->dwfl || new.lines)) {
			objectclose(o);
			*o = new;
		} else {
			objectclose(&new);
		}
	}
	return o;
}

bool symbolsmoved(struct symbols *s, const struct code *c, uint64_t *by)
{
	const struct symbol *found;
	bool fit, unsure;

	if (!*c->name || *c->module || !c->address)
		return false;
	found = byname(&s->kernel, c, &fit, &unsure);
	if (!found || !fit || unsure)
		return false;
	*by = c->address - c->offset - found->start;
	return true;
}

/* Append the functions at the address of o, where found is. */
static enum lookup placed(struct object *o, const struct symbol *found, uint64_t addr,
			  struct frames *out)
{
	if (!found)
		return LOOKUP_NOSYMBOL;
	if (!o->lines || !dwarfframes(o->module, &o->units, addr, out))
		framesadd(out, found->name, NULL, 0);
	/* The assembler's functions have lines, but no scope. */
	for (size_t i = 0; i < out->len; i++) {
		if (strcmp(out->item[i].function, "?") != 0)
			continue;
		free(out->item[i].function);
		out->item[i].function = xstrdup(found->name);
	}
	return LOOKUP_FOUND;
}

enum lookup symbolslook(struct symbols *s, const struct code *c, uint64_t moved, struct frames *out)
{
	struct object *o = *c->module ? moduleof(s, c->module) : &s->kernel;
	const struct symbol *found;
	uint64_t back = c->exact ? 0 : 1, addr;
	bool fit;

	if (!o->dwfl)
		return LOOKUP_NOMODULE;
	if (!*c->name) {
		addr = c->address - moved - back;
		return placed(o, byaddress(o, addr), addr, out);
	}
	if (*c->buildid && *o->buildid && strcmp(c->buildid, o->buildid) != 0)
		return LOOKUP_OTHER;
	found = byname(o, c, &fit, &out->unsure);
	if (found && !fit)
		return LOOKUP_OTHER;
	return placed(o, found, found ? found->start + c->offset - back : 0, out);
}
