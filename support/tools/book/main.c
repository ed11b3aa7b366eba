// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * book: writes a book on building one configuration by hand, from its step scripts. See
 * docs/book.md.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/getoption.h"
#include "base/msg.h"
#include "book.h"
#include "booklist.h"
#include "chapter.h"
#include "doc.h"
#include "fs/file.h"
#include "html.h"
#include "kconfighelp.h"
#include "measure.h"
#include "order.h"
#include "pages.h"
#include "prerequisites.h"
#include "requirements.h"
#include "tables.h"
#include "text.h"

static const char usage[] =
	"usage: book -o DIR --list FILE --pages DIR\n"
	"\n"
	"Writes DIR/index.html and DIR/book.txt: how to build the configuration by hand.\n"
	"  --list FILE   the configuration: packages and the places of their scripts\n"
	"  --pages DIR   the pages: book.txt and style.css\n"
	"  --help        show this\n"
	"  --version     show the version\n"
	"exit: 0 done, 1 something is missing or wrong (named), 2 usage\n";

static const struct insert inserts[] = {
	{ "overview", tableoverview },
	{ "needs", needstable },
	{ "directories", tabledirectories },
	{ "tools", tabletools },
	{ "sources", tablesources },
	{ "packages", chapterpackages },
	{ "rootfs", chapterrootfs },
	{ "manifest", tablemanifest },
	{ "images", tableimages },
	{ "tree", treetable },
	{ NULL, NULL },
};

/* Read title and help of p from its Kconfig file. */
static void readhelp(struct package *p)
{
	struct buf text = { 0 };

	if (p->kconfig && p->symbol) {
		if (fileread(p->kconfig, &text) < 0)
			die("cannot read %s:", p->kconfig);
		kconfighelp(bufstr(&text), p->symbol, &p->title, &p->help);
	}
	if (!p->title)
		p->title = xstrdup(p->name);
	buffree(&text);
}

static void measure(struct book *b)
{
	const struct package *unit = b->unit ? packagefind(b, b->unit) : NULL;
	char *why = NULL;

	for (size_t i = 0; i < b->len; i++) {
		struct package *p = b->package[i];

		readhelp(p);
		p->seconds = measuretime(p->dir);
		if (measureimage(p, &why) < 0)
			die("%s", why);
	}
	b->rootfsseconds = measuretime(b->rootfs);
	b->unitseconds = unit ? unit->seconds : -1;
}

/* Set the variables of the pages that depend on the build. */
static void setvariables(struct book *b)
{
	const struct package *kernel = NULL;
	const char *image = pairfind(&b->set, "initramfs");
	struct pairs digests = { 0 };
	double total = 0;
	size_t sources = 0;
	const char *digest;
	char *s;

	for (size_t i = 0; i < b->len && !kernel; i++) {
		if (b->package[i]->mode && strcmp(b->package[i]->mode, "kernel") == 0)
			kernel = b->package[i];
	}
	pairadd(&b->set, "kernel-package", kernel ? kernel->name : "");
	pairadd(&b->set, "kernel-skips",
		kernel && kernel->measured && !kernel->part[0].files && !kernel->users.len ? "y"
											   : "");
	for (size_t i = 0; i < b->len; i++) {
		total += b->package[i]->seconds > 0 ? b->package[i]->seconds : 0;
		sources += b->package[i]->source || b->package[i]->giturl;
	}
	s = xasprintf("%zu source%s", sources, sources == 1 ? "" : "s");
	pairadd(&b->set, "sources", s);
	free(s);
	s = sbutext(b, total);
	pairadd(&b->set, "total", s);
	free(s);
	s = b->unitseconds > 0 ? xasprintf("%.0f seconds", b->unitseconds) : xstrdup("unknown");
	pairadd(&b->set, "unit", b->unit ? b->unit : "");
	pairadd(&b->set, "unit-seconds", s);
	free(s);
	s = sbutext(b, b->rootfsseconds);
	pairadd(&b->set, "rootfs-time", s);
	free(s);
	measuredigests(&digests, b->rootfs, "images");
	digest = image ? pairfind(&digests, image) : NULL;
	pairadd(&b->set, "initramfs-digest", digest ? digest : "");
	pairsfree(&digests);
}

static void readin(const char *dir, const char *name, struct buf *out)
{
	char *path = pathjoin(dir, name);

	if (fileread(path, out) < 0)
		die("cannot read %s:", path);
	free(path);
}

static void writeout(const char *dir, const char *name, struct buf *text)
{
	char *path = pathjoin(dir, name);

	if (mkparents(path) < 0 || fileupdate(path, bufstr(text), text->len, 0666) < 0)
		die("cannot write %s:", path);
	buffree(text);
	free(path);
}

/* What the command line asks for. */
struct options {
	const char *dir, *list, *pages;
};

static void optionsparse(struct options *o, int argc, char **argv)
{
	static const struct option longopts[] = {
		{ "list", required_argument, NULL, 'l' },
		{ "pages", required_argument, NULL, 'p' },
		OPTIONS_END,
	};
	int c;

	while ((c = getoption(argc, argv, ":ho:", longopts, usage)) != -1) {
		if (c == 'o')
			o->dir = optarg;
		else if (c == 'l')
			o->list = optarg;
		else
			o->pages = optarg;
	}
	if (!o->dir || !o->list || !o->pages || optind < argc)
		dieusage("expected -o DIR, --list FILE and --pages DIR");
}

int main(int argc, char **argv)
{
	struct buf style = { 0 }, out = { 0 };
	struct book b = { 0 };
	struct doc d = { 0 };
	struct options o = { 0 };
	const char *title;
	char *path, *why = NULL;

	progname = "book";
	optionsparse(&o, argc, argv);
	if (listread(&b, o.list, &why) < 0 || bookorder(&b, &why) < 0)
		die("%s", why);
	measure(&b);
	setvariables(&b);
	path = pathjoin(o.pages, "book.txt");
	if (pagesread(&d, &b, path, inserts, &why) < 0)
		die("%s", why);
	free(path);
	readin(o.pages, "style.css", &style);
	title = pairfind(&b.set, "title");

	htmlwrite(&out, &d, title ? title : "", bufstr(&style));
	writeout(o.dir, "index.html", &out);
	textwrite(&out, &d, title ? title : "");
	writeout(o.dir, "book.txt", &out);

	docfree(&d);
	bookfree(&b);
	buffree(&style);
	return EXIT_OK;
}
