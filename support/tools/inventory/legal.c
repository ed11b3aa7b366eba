// SPDX-License-Identifier: GPL-2.0-or-later
#include "legal.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/affix.h"
#include "base/digest.h"
#include "base/packageprefix.h"
#include "copy.h"
#include "fs/file.h"

static const char readme[] =
	"Documents for the distribution of the image, written by 'make legal-info'. They are\n"
	"overwritten each time: to change them, change the recipes.\n"
	"\n"
	"manifest.csv  a line for each package of the configuration: its licence (SPDX), the files\n"
	"              that have the licence's text, and where its sources come from\n"
	"licenses/     those texts, by package, copied from the sources\n"
	"sources/      source files, as they were downloaded and verified, and the patches that were\n"
	"              applied to them, in the order of the file 'series'\n"
	"\n"
	"Columns of manifest.csv:\n"
	"\n"
	"USED    target: it is, or may be, a part of the image. host: it was used to build it\n"
	"ORIGIN  file: it is in sources/.\n"
	"        git: the commit in URL is what was built; its sources are NOT in sources/.\n"
	"        directory: a directory of the build machine, NOT in sources/; the sources of a part of\n"
	"        Whittle itself are in the Whittle tree.\n"
	"        package NAME: the sources of that package. none: no sources\n"
	"SHA256  of the file in sources/. If it came from a Debian mirror, its compression may\n"
	"        differ from that of the file at URL\n"
	"\n"
	"The scripts that control compilation and installation are the Whittle tree, with its\n"
	"configuration. This directory is an aid; it may not cover all of your obligations.\n";

static void add(struct strlist *l, char *text)
{
	listadd(l, text);
	free(text);
}

/*
 * Return the line number in the recipe that has word on a line with, or after, PREFIX_suffix; else
 * the line of that variable, or 1.
 */
static size_t recipeline(const struct package *p, const char *suffix, const char *word)
{
	char *name = packagevar(p->name, suffix);
	struct buf text = { 0 };
	size_t n = 0, begin = 0, found = 0;
	char *at, *line;

	at = fileread(p->recipe, &text) < 0 ? NULL : text.data;
	while (!found && at && (line = strsep(&at, "\n"))) {
		const char *var = line + strspn(line, " ");
		size_t len = strlen(name);

		n++;
		if (strncmp(var, name, len) == 0 && strchr(" \t:=+?", var[len]))
			begin = n;
		if (begin && word && strstr(line, word))
			found = n;
	}
	buffree(&text);
	free(name);
	return found ? found : begin ? begin : 1;
}

/* Whether a relative path stays below its directory. */
static bool inside(const char *path)
{
	size_t len;

	if (*path == '/')
		return false;
	for (; *path; path += len + (path[len] == '/')) {
		len = strcspn(path, "/");
		if (len == 2 && startswith(path, ".."))
			return false;
	}
	return true;
}

static bool isfile(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Copy a licence's text to licenses/ of dir. */
static void copylicense(const struct package *p, const char *file, const char *dir,
			struct findings *f)
{
	char *from = pathjoin(p->src, file);
	char *to = xasprintf("%s/licenses/%s/%s", dir, p->name, file);
	size_t line = recipeline(p, "LICENSE_FILES", file);

	if (!inside(file))
		add(&f->wrong,
		    xasprintf("%s:%zu: the licence file %s of %s is not below its sources",
			      p->recipe, line, file, p->name));
	else if (!isfile(from))
		add(&f->wrong, xasprintf("%s:%zu: the licence file %s of %s is not in its sources, "
					 "%s: name those that are",
					 p->recipe, line, file, p->name, p->src));
	else if (filecopy(from, to, 0) < 0)
		add(&f->wrong, xasprintf("cannot copy %s to %s: %s", from, to, strerror(errno)));
	free(from);
	free(to);
}

static void copylicenses(const struct package *p, const char *dir, struct findings *f)
{
	char *to;

	for (size_t i = 0; i < p->licensefile.len; i++)
		copylicense(p, p->licensefile.item[i], dir, f);
	if (p->ownlicense) {
		to = xasprintf("%s/licenses/%s/%s", dir, p->name, basenameof(p->ownlicense));
		if (filecopy(p->ownlicense, to, 0) < 0)
			add(&f->wrong, xasprintf("cannot copy %s to %s: %s", p->ownlicense, to,
						 strerror(errno)));
		free(to);
	} else if (!p->licensefile.len) {
		add(&f->note,
		    xasprintf("%s: the recipe of %s names no file with its licence's text "
			      "(LICENSE_FILES)",
			      p->recipe, p->name));
	}
}

/* Copy the source file to sources/ of dir, verified again. */
static void copysource(const struct inventory *v, const struct package *p, const char *dir,
		       char hex[DIGESTHEX], struct findings *f)
{
	char *from = pathjoin(v->downloads, p->source);
	char *to = xasprintf("%s/sources/%s/%s", dir, p->name, basenameof(p->source));

	if (digestfile(from, hex) < 0) {
		add(&f->wrong, xasprintf("cannot read %s: %s: 'make source' fetches it", from,
					 strerror(errno)));
	} else if (!listhas(&p->digest, hex)) {
		add(&f->wrong, xasprintf("%s does not match the digest in the recipe of %s: 'make "
					 "source' moves it aside and fetches it again",
					 from, p->name));
	} else if (filecopy(from, to, 1) < 0) {
		add(&f->wrong, xasprintf("cannot copy %s to %s: %s", from, to, strerror(errno)));
	}
	free(from);
	free(to);
}

/* Copy the patches there, and write their order to series. */
static void copypatches(const struct package *p, const char *dir, struct findings *f)
{
	struct buf series = { 0 };
	char *to;

	for (size_t i = 0; i < p->patch.len; i++) {
		const char *name = basenameof(p->patch.item[i]);

		to = xasprintf("%s/sources/%s/%s", dir, p->name, name);
		if (filecopy(p->patch.item[i], to, 0) < 0)
			add(&f->wrong, xasprintf("cannot copy %s to %s: %s", p->patch.item[i], to,
						 strerror(errno)));
		free(to);
		bufprintf(&series, "%s\n", name);
	}
	to = xasprintf("%s/sources/%s/series", dir, p->name);
	if (series.len && filewrite(to, series.data, series.len, 0666) < 0)
		add(&f->wrong, xasprintf("cannot write %s: %s", to, strerror(errno)));
	free(to);
	buffree(&series);
}

/* Append a field of the CSV table, quoted by RFC 4180. */
static void field(struct buf *csv, const char *text)
{
	if (csv->len && csv->data[csv->len - 1] != '\n')
		bufputc(csv, ',');
	if (!strpbrk(text, ",\"\n")) {
		bufputs(csv, text);
		return;
	}
	bufputc(csv, '"');
	for (; *text; text++) {
		if (*text == '"')
			bufputc(csv, '"');
		bufputc(csv, *text);
	}
	bufputc(csv, '"');
}

/* Append a field of several words; of paths, only the last component. */
static void fieldwords(struct buf *csv, const struct strlist *l, bool paths)
{
	struct buf words = { 0 };

	for (size_t i = 0; i < l->len; i++)
		bufprintf(&words, "%s%s", i ? " " : "",
			  paths ? basenameof(l->item[i]) : l->item[i]);
	field(csv, bufstr(&words));
	buffree(&words);
}

/* Return the text of the field ORIGIN; the caller frees it. */
static char *origin(const struct package *p)
{
	if (p->owner)
		return xasprintf("package %s", p->owner);
	if (p->local)
		return xstrdup("directory");
	if (p->giturl)
		return xstrdup("git");
	return xstrdup(p->source ? "file" : "none");
}

/* The fields ORIGIN, SOURCE, SHA256, URL. */
static void fieldsource(struct buf *csv, const struct package *p, const char *hex)
{
	char *text = origin(p);

	field(csv, text);
	free(text);
	field(csv, p->local ? p->local : p->source ? basenameof(p->source) : "");
	field(csv, hex);
	text = p->giturl ? xasprintf("%s@%s", p->giturl, p->gitcommit ? p->gitcommit : "") : NULL;
	field(csv, text ? text : p->url.len ? p->url.item[0] : "");
	free(text);
}

static void row(const struct inventory *v, const struct package *p, const char *dir,
		struct buf *csv, struct findings *f)
{
	char hex[DIGESTHEX] = "";

	if (!p->license || strcmp(p->license, "unknown") == 0)
		add(&f->wrong,
		    xasprintf("%s:%zu: %s has no LICENSE: give it as an SPDX expression, "
			      "such as MIT",
			      p->recipe, recipeline(p, "LICENSE", NULL), p->name));
	copylicenses(p, dir, f);
	if (p->source)
		copysource(v, p, dir, hex, f);
	copypatches(p, dir, f);

	field(csv, p->name);
	field(csv, p->version ? p->version : "");
	field(csv, p->license ? p->license : "");
	if (p->ownlicense)
		field(csv, basenameof(p->ownlicense));
	else
		fieldwords(csv, &p->licensefile, false);
	field(csv, p->mode && strcmp(p->mode, "host") == 0 ? "host" : "target");
	fieldsource(csv, p, hex);
	fieldwords(csv, &p->patch, true);
	bufputc(csv, '\n');
}

static void writetext(const char *dir, const char *name, const char *text, struct findings *f)
{
	char *path = pathjoin(dir, name);

	if (filewrite(path, text, strlen(text), 0666) < 0)
		add(&f->wrong, xasprintf("cannot write %s: %s", path, strerror(errno)));
	free(path);
}

void legalwrite(const struct inventory *v, const char *dir, struct findings *f)
{
	struct buf csv = { 0 };

	bufputs(&csv,
		"PACKAGE,VERSION,LICENSE,LICENSE FILES,USED,ORIGIN,SOURCE,SHA256,URL,PATCHES\n");
	for (size_t i = 0; i < v->len; i++)
		row(v, v->package[i], dir, &csv, f);
	writetext(dir, "manifest.csv", bufstr(&csv), f);
	writetext(dir, "README", readme, f);
	buffree(&csv);
}
