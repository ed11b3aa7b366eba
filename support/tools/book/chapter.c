// SPDX-License-Identifier: GPL-2.0-or-later
#include "chapter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "fragment.h"
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

static int is(const char *value, const char *what)
{
	return value && strcmp(value, what) == 0;
}

/* A row of the facts, unless there is nothing to say. */
static void fact(struct node *table, const char *what, const struct buf *value)
{
	if (value->len)
		docrow(table, what, value->data, NULL);
}

static void factlist(struct node *table, const char *what, const struct strlist *values,
		     const char *fmt)
{
	struct buf s = { 0 };

	for (size_t i = 0; i < values->len; i++) {
		const char *v = values->item[i];

		bufputs(&s, i ? ", " : "");
		if (strcmp(fmt, "link") == 0)
			bufprintf(&s, LINK("#%s", "%s"), v, v);
		else if (strcmp(fmt, "url") == 0)
			bufprintf(&s, LINK("%s", "%s"), v, v);
		else
			bufprintf(&s, CODE("%s"), v);
	}
	fact(table, what, &s);
	buffree(&s);
}

static void factstring(struct node *table, const char *what, const char *fmt, const char *value)
{
	char *s = value && *value ? xasprintf("%s%s%s", fmt, value, *fmt ? "\002" : "") : NULL;

	if (s)
		docrow(table, what, s, NULL);
	free(s);
}

static void facts(struct doc *d, const struct book *b, const struct package *p)
{
	struct node *t = doctable(d, 0);
	char *took = sbutext(b, p->seconds);

	factstring(t, "Version", "", p->version);
	factstring(t, "Licence", "", p->license);
	factlist(t, "Source", &p->url, "url");
	factlist(t, p->digest.len > 1 ? "SHA-256, one of" : "SHA-256", &p->digest, "code");
	factstring(t, "Git repository", "\001", p->giturl);
	factstring(t, "Commit", "\001", p->gitcommit);
	factstring(t, "Source directory", "\001", p->local);
	if (p->owner) {
		char *s = xasprintf("those of " LINK("#%s", "%s"), p->owner, p->owner);

		docrow(t, "Sources", s, NULL);
		free(s);
	}
	factlist(t, "Patches", &p->patch, "code");
	factlist(t, "Built against", &p->all, "link");
	factlist(t, "Needed by", &p->users, "link");
	factstring(t, "Build time", "", took);
	factstring(t, "Recipe", "\001", p->recipe);
	free(took);
}

/* What the mode means, in words. */
static void modepara(struct doc *d, const struct package *p)
{
	if (is(p->mode, "target"))
		docadd(d, PARA,
		       "It is compiled for the new system, by the wrapper " CODE(
			       "wcc") ": the headers and "
				      "libraries it sees are those in " CODE(
					      "$SYSROOT") ", put there by the packages that it is built "
							  "against. This machine's own are out of its reach.");
	else if (is(p->mode, "bare"))
		docadd(d, PARA,
		       "It is compiled for the new system, but with nothing underneath: no C library, "
		       "since it is what others are to stand on. The compiler and its own sources have to do.");
	else if (is(p->mode, "kernel"))
		docadd(d, PARA,
		       "A kernel stands alone: it calls no C library and needs no headers but its own. "
		       "The wrapper " CODE(
			       "wcc") " only keeps the names of this machine's directories out of what is made.");
	else if (is(p->mode, "host"))
		docadd(d, PARA,
		       "Nothing of it runs in the new system. This machine's own compiler does what "
		       "little has to be compiled to make it.");
	if (p->users.len && p->measured && !p->part[0].files && !p->part[0].links)
		docadd(d, PARA,
		       "None of its files go into the root filesystem by themselves. It is here for those that "
		       "are built against it.");
}

/* Append commands that put a file of the recipe into $PACKAGES/NAME/files. */
static int placefile(struct buf *out, const struct package *p, const char *name, const char *path,
		     int embed, char **why)
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

/* Its sources, below src/; those of another are unpacked in the first chapter that needs them. */
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
				0, why);
	bufputs(&out, "rm -rf \"$SRC\"\n");
	if (ret == 0)
		ret = runcommand(&out, owner->dir, "unpack", &script, why);
	if (ret == 0)
		docadd(d, RUN, "%s", bufstr(&out));
	owner->unpacked = 1;
	buffree(&out);
	buffree(&script);
	return ret;
}

/* Fresh directories, and what it is built against. */
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
		ret = placefile(&out, p, p->copy.item[i].name, p->copy.item[i].value, 0, why);
	for (size_t i = 0; ret == 0 && i < p->embed.len; i++)
		ret = placefile(&out, p, p->embed.item[i].name, p->embed.item[i].value, 1, why);
	if (ret == 0)
		docadd(d, RUN, "%s", bufstr(&out));
	buffree(&out);
	return ret;
}

/* Is there nothing but comments below the header of a script? */
static int isidle(const char *script)
{
	const char *p = strstr(script, "\n\n");

	while (p && *p) {
		p += strspn(p, " \t\n");
		if (*p && *p != '#')
			return 0;
		p = strchr(p, '\n');
	}
	return 1;
}

static int stepsection(struct doc *d, const struct package *p, const char *title, const char *step,
		       char **why)
{
	struct buf out = { 0 }, script = { 0 };
	int kbuild = is(p->type, "kbuild") && strcmp(step, "configure") == 0;
	int ret = runcommand(&out, p->dir, step, &script, why);

	if (ret == 0 && isidle(bufstr(&script))) {
		docadd(d, PARA, "There is nothing to %s.", step);
	} else if (ret == 0) {
		docadd(d, SECTION, "%s", title);
		if (kbuild)
			docadd(d, PARA,
			       "There are many options inside, and a language that says which depends on "
			       "which: Kconfig. One starts from a configuration that is complete, here " CODE(
				       "%s") ", merges in what is to be different, lets Kconfig fill in what that "
					     "leaves open, and then checks that each wish was granted: for want of "
					     "another option it may not have been.",
			       p->base ? p->base : "the default");
		docadd(d, RUN, "%s", bufstr(&out));
		if (kbuild)
			ret = fragmenttable(d, p, bufstr(&script), why);
	}
	buffree(&out);
	buffree(&script);
	return ret;
}

/* "3 files (12 KiB) and 1 link", without what there is none of; caller frees. */
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

/* In an archive the files of p have the time of its newest source, if that is known. */
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
	modepara(d, p);
	if (!p->local && owner != p && !owner->unpacked)
		ret = unpacking(d, p, owner, why);
	if (ret == 0)
		ret = beginning(d, p, owner, why);
	if (ret == 0 && !p->local && !owner->unpacked)
		ret = unpacking(d, p, owner, why);
	if (ret == 0)
		ret = stepsection(d, p, "Configure", "configure", why);
	if (ret == 0)
		ret = stepsection(d, p, "Build", "build", why);
	if (ret == 0)
		ret = stepsection(d, p, "Install", "install", why);
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
