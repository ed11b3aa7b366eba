// SPDX-License-Identifier: GPL-2.0-or-later
#include "chapter.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fragment.h"
#include "fs/file.h"
#include "inline.h"
#include "shell.h"

char *sbutext(const struct book *b, double seconds)
{
	if (seconds < 0 || b->unitseconds <= 0)
		return xstrdup("unknown");
	if (seconds < 0.05 * b->unitseconds)
		return xstrdup("less than 0.1 SBU");
	return xasprintf("%.1f SBU", seconds / b->unitseconds);
}

char *sizetext(unsigned long long bytes)
{
	if (bytes < 10240)
		return xasprintf("%llu bytes", bytes);
	if (bytes < 10240 * 1024)
		return xasprintf("%.0f KiB", (double)bytes / 1024);
	return xasprintf("%.0f MiB", (double)bytes / 1024 / 1024);
}

/* The format of a value. */
enum how { ASIS, ASCODE, ASURL, ASCHAPTER };

static void putvalue(struct buf *out, enum how how, const char *v)
{
	if (how == ASCODE)
		bufprintf(out, CODE("%s"), v);
	else if (how == ASURL)
		bufprintf(out, LINK("%s", "%s"), v, v);
	else if (how == ASCHAPTER)
		bufprintf(out, LINK("#%s", "%s"), v, v);
	else
		bufputs(out, v);
}

/* Add a row to the facts, unless value is empty. */
static void fact(struct node *table, const char *what, enum how how, const char *value)
{
	struct buf s = { 0 };

	if (!value || !*value)
		return;
	putvalue(&s, how, value);
	docrow(table, what, bufstr(&s), NULL);
	buffree(&s);
}

static void factlist(struct node *table, const char *what, enum how how,
		     const struct strlist *values)
{
	struct buf s = { 0 };

	for (size_t i = 0; i < values->len; i++) {
		bufputs(&s, i ? ", " : "");
		putvalue(&s, how, values->item[i]);
	}
	if (s.len)
		docrow(table, what, bufstr(&s), NULL);
	buffree(&s);
}

static void facts(struct doc *d, const struct book *b, const struct package *p)
{
	struct node *t = doctable(d, false);
	char *took = sbutext(b, p->seconds);

	fact(t, "Version", ASIS, p->version);
	fact(t, "Licence", ASIS, p->license);
	factlist(t, "Source", ASURL, &p->url);
	factlist(t, p->digest.len > 1 ? "SHA-256, one of" : "SHA-256", ASCODE, &p->digest);
	fact(t, "Git repository", ASCODE, p->giturl);
	fact(t, "Commit", ASCODE, p->gitcommit);
	fact(t, "Source directory", ASCODE, p->local);
	fact(t, "Sources of", ASCHAPTER, p->owner);
	factlist(t, "Patches", ASCODE, &p->patch);
	fact(t, "Configured from", ASCODE, p->base);
	factlist(t, "Built against", ASCHAPTER, &p->all);
	factlist(t, "Needed by", ASCHAPTER, &p->users);
	fact(t, "Build time", ASIS, took);
	fact(t, "Recipe", ASCODE, p->recipe);
	free(took);
}

/* Append the paragraph KIND-NAME, if the pages define it. */
static void defined(struct doc *d, const struct book *b, const char *kind, const char *name)
{
	char *key = xasprintf("%s-%s", kind, name ? name : "");
	const char *text = pairfind(&b->set, key);

	if (text)
		docadd(d, PARA, "%s", text);
	free(key);
}

/* Append the remarks on p from the pages. */
static void remarks(struct doc *d, const struct book *b, const struct package *p)
{
	defined(d, b, "mode", p->mode);
	if (p->users.len && p->measured && !p->part[0].files && !p->part[0].links)
		defined(d, b, "remark", "for-others");
	if (p->local)
		defined(d, b, "remark", "local");
}

/* Append commands that put a file of the recipe into $PACKAGES/NAME/files. */
static int placefile(struct buf *out, const struct package *p, const char *name, const char *path,
		     bool embed, char **why)
{
	if (embed || *path == '/') {
		bufprintf(out, "cat >\"$PACKAGES/%s/files/%s\" ", p->name, name);
		return shellherefile(out, path, why);
	}
	bufputs(out, "cp ");
	shellpath(out, "TOP", path);
	bufprintf(out, " \"$PACKAGES/%s/files/%s\"\n", p->name, name);
	return 0;
}

static const char *lastname(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Append the command that begins the work on p, whose sources are src's. */
static void begincommand(struct buf *out, const struct package *p, const struct package *src)
{
	bufprintf(out, "begin %s ", p->name);
	if (p->local)
		shellpath(out, "TOP", p->local);
	else
		bufprintf(out, "\"$PACKAGES/%s/src\"", src->name);
	bufputc(out, '\n');
}

/* Append "run STEP" with the script in p's directory; its text is left in text. */
static int runcommand(struct buf *out, const char *dir, const char *step, struct buf *text,
		      char **why)
{
	char *path = xasprintf("%s/%s.sh", dir, step);
	int ret = fileread(path, text);

	if (ret < 0)
		*why = xasprintf("cannot read %s: %s", path, strerror(errno));
	bufprintf(out, "run %s ", step);
	if (ret == 0)
		shellhere(out, bufstr(text));
	free(path);
	return ret;
}

/*
 * Append the unpacking of its sources to src/. Sources of another package are unpacked in the first
 * chapter that needs them.
 */
static int unpacking(struct doc *d, const struct package *p, struct package *owner, char **why)
{
	struct buf out = { 0 }, script = { 0 };
	int ret = 0;

	docadd(d, SECTION, "%s", owner == p ? "Unpack" : "Unpack the sources");
	if (owner != p) {
		docadd(d, PARA,
		       "They are those of " LINK("#%s", "%s") ", and are needed from here on.",
		       owner->name, owner->name);
		begincommand(&out, owner, owner);
	}
	if (owner->patch.len)
		docadd(d, PARA,
		       "Patches are applied, in this order, to what was found to be right.");
	for (size_t i = 0; ret == 0 && i < owner->patch.len; i++)
		ret = placefile(&out, owner, lastname(owner->patch.item[i]), owner->patch.item[i],
				false, why);
	bufputs(&out, "rm -rf \"$SRC\"\n");
	if (ret == 0)
		ret = runcommand(&out, owner->dir, "unpack", &script, why);
	if (ret == 0)
		docadd(d, RUN, "%s", bufstr(&out));
	owner->unpacked = true;
	buffree(&out);
	buffree(&script);
	return ret;
}

/* Append the creation of its directories, and the copying of its dependencies. */
static int beginning(struct doc *d, const struct package *p, const struct package *owner,
		     char **why)
{
	struct buf out = { 0 };
	int ret = 0;

	docadd(d, SECTION, "Prepare");
	if (owner == p && p->unpacked)
		docadd(d, PARA,
		       "The sources were unpacked before, for another package that needed them.");

	begincommand(&out, p, owner);
	if (p->all.len) {
		bufputs(&out, "use");
		for (size_t i = 0; i < p->all.len; i++)
			bufprintf(&out, " %s", p->all.item[i]);
		bufputc(&out, '\n');
	}
	for (size_t i = 0; ret == 0 && i < p->copy.len; i++)
		ret = placefile(&out, p, p->copy.item[i].name, p->copy.item[i].value, false, why);
	for (size_t i = 0; ret == 0 && i < p->embed.len; i++)
		ret = placefile(&out, p, p->embed.item[i].name, p->embed.item[i].value, true, why);
	if (ret == 0)
		docadd(d, RUN, "%s", bufstr(&out));
	buffree(&out);
	return ret;
}

/* Whether a script has only comments after its header. */
static bool isidle(const char *script)
{
	const char *p = strstr(script, "\n\n");

	while (p && *p) {
		p += strspn(p, " \t\n");
		if (*p && *p != '#')
			return false;
		p = strchr(p, '\n');
	}
	return true;
}

static int stepsection(struct doc *d, const struct book *b, const struct package *p,
		       const char *title, const char *step, char **why)
{
	struct buf out = { 0 }, script = { 0 };
	int ret = runcommand(&out, p->dir, step, &script, why);

	if (ret == 0 && isidle(bufstr(&script))) {
		docadd(d, PARA, "There is nothing to %s.", step);
	} else if (ret == 0) {
		docadd(d, SECTION, "%s", title);
		defined(d, b, step, p->type);
		docadd(d, RUN, "%s", bufstr(&out));
		if (strcmp(step, "configure") == 0)
			ret = fragmenttable(d, p, bufstr(&script), why);
	}
	buffree(&out);
	buffree(&script);
	return ret;
}

/* Return "3 files (12 KiB) and 1 link", without parts that are 0; the caller frees it. */
static char *counttext(const struct part *part)
{
	char *size = sizetext(part->bytes);
	struct buf s = { 0 };

	if (part->files)
		bufprintf(&s, "%zu file%s (%s)", part->files, part->files == 1 ? "" : "s", size);
	if (part->links)
		bufprintf(&s, "%s%zu link%s", s.len ? " and " : "", part->links,
			  part->links == 1 ? "" : "s");
	free(size);
	return bufsteal(&s);
}

/*
 * Append the command that records the time of the files of p in an archive: that of its newest
 * source, if known.
 */
static void epochcommand(struct doc *d, const struct package *p)
{
	char *path = pathjoin(p->dir, "epoch");

	if (access(path, F_OK) == 0) {
		docadd(d, PARA,
		       "What it brings to the root filesystem is as old as the newest of its sources. Note "
		       "that time, for the archive:");
		docadd(d, RUN, "cp \"$SRC.epoch\" \"$PACKAGES/%s/epoch\"\n", p->name);
	}
	free(path);
}

static void brought(struct doc *d, const struct package *p)
{
	static const char *const meaning[NPARTS] = {
		"for the root filesystem",
		"for packages that are built against it",
		"programs for the build",
		"what a machine is booted with",
	};

	docadd(d, SECTION, "What it brought");
	if (!p->measured)
		docadd(d, PARA, "That is not known: it was not built.");
	for (size_t i = 0; i < NPARTS; i++) {
		const struct part *part = &p->part[i];
		char *count, *summary;

		if (!p->measured || !(part->files + part->links))
			continue;
		count = counttext(part);
		summary =
			xasprintf("%s in " CODE("image/%s") ": %s", count, part->name, meaning[i]);
		docfiles(d, part, summary);
		free(count);
		free(summary);
	}
}

static int chapter(struct doc *d, struct book *b, struct package *p, char **why)
{
	struct package *owner = p->owner ? packagefind(b, p->owner) : p;
	char *title =
		xasprintf("%s%s%s", p->title, p->version ? " " : "", p->version ? p->version : "");
	int ret = 0;

	docchapter(d, p->name, title);
	free(title);
	for (size_t i = 0; i < p->help.len; i++)
		docadd(d, PARA, "%s", p->help.item[i]);
	facts(d, b, p);
	remarks(d, b, p);
	if (!p->local && owner != p && !owner->unpacked)
		ret = unpacking(d, p, owner, why);
	if (ret == 0)
		ret = beginning(d, p, owner, why);
	if (ret == 0 && !p->local && !owner->unpacked)
		ret = unpacking(d, p, owner, why);
	if (ret == 0)
		ret = stepsection(d, b, p, "Configure", "configure", why);
	if (ret == 0)
		ret = stepsection(d, b, p, "Build", "build", why);
	if (ret == 0)
		ret = stepsection(d, b, p, "Install", "install", why);
	if (ret == 0)
		epochcommand(d, p);
	brought(d, p);
	return ret;
}

int chapterpackages(struct doc *d, struct book *b, char **why)
{
	for (size_t i = 0; i < b->len; i++) {
		if (chapter(d, b, b->package[i], why) < 0)
			return -1;
	}
	return 0;
}

int chapterrootfs(struct doc *d, struct book *b, char **why)
{
	struct buf out = { 0 }, script = { 0 };
	int ret;

	bufputs(&out, "begin rootfs \"$PACKAGES/rootfs/src\"\n");
	ret = runcommand(&out, b->rootfs, "install", &script, why);
	if (ret == 0)
		docadd(d, RUN, "%s", bufstr(&out));
	buffree(&out);
	buffree(&script);
	return ret;
}
