// SPDX-License-Identifier: GPL-2.0-or-later
#include "annotate.h"

#include <stdlib.h>
#include <string.h>

#include "base/visible.h"
#include "oops/sourceline.h"
#include "oops/title.h"

#define QUIET	  40   /* a trace ends after so many lines without a place of code */
#define NAMES_MAX 1000 /* modules without a file that are told: a kernel has less */

static const char banner[] = "Linux version ";

/* A walk through a log. */
struct pass {
	const struct annotate *with;
	const struct klog *log;
	struct buf *out;
	struct annotated *found;
	struct sources sources;
	uint64_t moved; /* how far the kernel was moved */
	bool after;	/* of the report's instruction, a program status word is behind it */
	size_t quiet;	/* lines since the last place; QUIET: in no trace */
};

/* ---- the same kernel? ---- */

/* The text of a log's line on the kernel: release, a blank, and the number: "6.12.95 #1". */
static char *versionof(const char *text)
{
	const char *release = text + strlen(banner), *number = strstr(text, " #");
	size_t len = strcspn(release, " ");

	return number ? xasprintf("%.*s%.*s", (int)len, release,
				  (int)(1 + strcspn(number + 1, " ")), number)
		      : xstrndup(release, len);
}

/* The build ID that ends the line "CPU: ...", or NULL. */
static const char *buildidin(const char *text)
{
	const char *p = strrchr(text, ' ');

	while (p && !p[1] && p > text) /* blanks at the end */
		for (p--; p > text && *p != ' '; p--)
			;
	p = p ? p + 1 : text;
	return strspn(p, "0123456789abcdef") >= 40 ? p : NULL;
}

/* Whether the line is a trace's on its processor and task, which names the kernel. */
static bool iscpuline(const char *text)
{
	return strncmp(text, "CPU: ", 5) == 0 && strstr(text, " Comm: ") && strstr(text, "ainted");
}

/* Which lines of a log tell the kernel, the surest first. */
enum telling { BY_BUILDID, BY_BANNER, BY_NUMBER, TELLINGS };

/*
 * Whether the line tells another kernel (1), this one (0), or nothing in that way (-1). own is the
 * kernel's banner, version its release and number.
 */
static int differs(enum telling by, const char *text, struct symbols *s, const char *own,
		   const char *version)
{
	const char *id = by != BY_BANNER && iscpuline(text) ? buildidin(text) : NULL;

	if (by == BY_BUILDID)
		return id && *symbolsbuildid(s) ? strncmp(id, symbolsbuildid(s), 40) != 0 : -1;
	if (by == BY_BANNER)
		return strncmp(text, banner, strlen(banner)) != 0
			       ? -1
			       : strncmp(text, own, strlen(own)) != 0 &&
					 strncmp(own, text, strlen(text)) != 0;
	return iscpuline(text) ? !strstr(text, version) : -1;
}

char *annotatediffers(const struct klog *log, struct symbols *s)
{
	const char *own = symbolsbanner(s), *other = NULL;
	char *version = *own ? versionof(own) : NULL;
	bool same = false;

	/* Builds of one release may have the same banner. */
	for (int by = BY_BUILDID; version && by < TELLINGS && !other && !same; by++)
		for (size_t i = 0; i < log->len && !same; i++) {
			int is = differs(by, log->item[i].text, s, own, version);

			same = is == 0;
			if (is > 0)
				other = log->item[i].text;
		}
	free(version);
	return other && !same ? xstrdup(other) : NULL;
}

/* ---- how far was it moved? ---- */

static uint64_t movedby(const struct klog *log, struct symbols *s)
{
	uint64_t by = 0;

	for (size_t i = 0; i < log->len; i++) {
		const char *text = log->item[i].text, *next = text;
		struct code c;

		if (strncmp(text, "Kernel Offset: 0x", 17) == 0)
			return strtoull(text + 15, NULL, 16);
		while (strchr(text, '+') && codenext(text, &next, &c))
			if (symbolsmoved(s, &c, &by))
				return by;
	}
	return 0;
}

/* ---- places ---- */

static void visible(struct buf *out, const char *text)
{
	bufvisible(out, text, strlen(text));
}

/* The path without the directory in front of it; NULL if it is not in there. */
static const char *below(const char *path, const char *dir, size_t len)
{
	return len && strncmp(path, dir, len) == 0 && (dir[len - 1] == '/' || path[len] == '/')
		       ? path + len + (path[len] == '/')
		       : NULL;
}

/* Where the file of the build is now. Caller frees. */
static char *placenow(const struct annotate *a, const char *path, const char *inside)
{
	if (inside && a->tree)
		return xasprintf("%s/%s", a->tree, inside);
	for (size_t i = 0; a->maps && i < a->maps->len; i++) {
		const char *map = a->maps->item[i];
		size_t len = strcspn(map, "=");
		const char *rest = below(path, map, len);

		if (rest && map[len])
			return xasprintf("%s/%s", map + len + 1, rest);
	}
	return xstrdup(path);
}

static void frameput(struct pass *p, const struct frame *f)
{
	const char *root = symbolsroot(p->with->symbols);
	const char *inside = f->path ? below(f->path, root, strlen(root)) : NULL, *line;
	char *now;

	bufputs(p->out, "        ");
	visible(p->out, f->function);
	if (!f->path || !f->line) {
		bufputs(p->out, "\n");
		return;
	}
	bufputs(p->out, " at ");
	visible(p->out, inside ? inside : f->path);
	bufprintf(p->out, ":%d%s\n", f->line, f->inlined ? " (inlined)" : "");
	now = placenow(p->with, f->path, inside);
	line = sourceline(&p->sources, now, f->line);
	if (line) {
		bufprintf(p->out, "        %6d  ", f->line);
		bufvisible(p->out, line, strnlen(line, 200));
		bufputc(p->out, '\n');
	} else if (!p->found->sources.len) {
		listadd(&p->found->sources, now);
	}
	free(now);
}

/* Append what a place is. */
static void codeput(struct pass *p, const struct code *c)
{
	struct frames frames = { 0 };
	enum lookup is = symbolslook(p->with->symbols, c, p->moved, &frames);

	p->found->places++;
	for (size_t i = 0; i < frames.len; i++)
		frameput(p, &frames.item[i]);
	if (frames.len && frames.item[0].line)
		p->found->lines++;
	if (frames.unsure)
		bufputs(p->out,
			"        (there are several functions of this name and size: this is one)\n");
	if (is == LOOKUP_NOMODULE) {
		if (p->found->modules.len < NAMES_MAX)
			listaddonce(&p->found->modules, c->module);
	} else if (is != LOOKUP_FOUND && *c->module) {
		listaddonce(&p->found->changed, c->module);
	} else if (is != LOOKUP_FOUND && *c->name) {
		p->found->other++;
	}
	framesfree(&frames);
}

/* ---- traces ---- */

/* Whether the line begins a trace that no trouble has. */
static bool isheading(const char *text)
{
	return strncmp(text, "Call Trace:", 11) == 0 || strncmp(text, "Call trace:", 11) == 0 ||
	       strncmp(text, "Backtrace:", 10) == 0 || strncmp(text, "stack backtrace:", 16) == 0 ||
	       strncmp(text, "task:", 5) == 0 || iscpuline(text);
}

/* Of a monitor call or an illegal operation, a program status word tells where it goes on. */
static bool ispast(const char *text)
{
	return strstr(text, "monitor event: ") || strstr(text, "illegal operation: ") ||
	       strncmp(text, "WARNING: ", 9) == 0 || strncmp(text, "kernel BUG at ", 14) == 0;
}

/* Whether a line without a place is worth showing: a heading, or who it was. */
static bool isshown(const char *text)
{
	size_t len = strlen(text);

	while (len && text[len - 1] == ' ')
		len--;
	return iscpuline(text) || (len > 1 && text[len - 1] == ':') ||
	       (text[0] == ' ' && text[1] == '<' && strchr(text, '>')) ||
	       strncmp(text, "Kernel panic", 12) == 0;
}

static void begin(struct pass *p, const char *title)
{
	p->found->traces++;
	p->after = false;
	p->quiet = 0;
	if (p->out->len)
		bufputc(p->out, '\n');
	if (!title)
		return;
	bufputs(p->out, "== ");
	visible(p->out, title);
	bufputs(p->out, " ==\n");
}

static void lineput(struct pass *p, const char *text)
{
	visible(p->out, text);
	bufputc(p->out, '\n');
}

/* What a processor says of the same oops, or the panic after it, begins no other report. */
static bool goeson(const struct pass *p, const char *at)
{
	static const char *const parts[] = { "Kernel panic - not syncing",
					     "Internal error: ", "general protection fault",
					     "invalid opcode: ", "unreferenced object " };

	for (size_t i = 0; p->quiet < QUIET && i < sizeof(parts) / sizeof(*parts); i++)
		if (strncmp(at, parts[i], strlen(parts[i])) == 0)
			return true;
	return false;
}

static void linelook(struct pass *p, size_t index)
{
	const char *text = p->log->item[index].text, *next = text, *at;
	const struct kind *k = klogkind(p->log, index, true, &at);
	bool report = k && !goeson(p, at), shown = true;
	struct code c;

	if (!report && p->quiet == QUIET && (k = klogkind(p->log, index, false, &at)))
		report = !k->title || *k->title;
	if (report) {
		char *title = titleof(p->log, index, k, at);

		begin(p, title);
		free(title);
		next = text = text > at ? text : at;
	} else if (p->quiet == QUIET && isheading(text)) {
		begin(p, NULL);
	} else {
		shown = isshown(text);
	}
	if (p->quiet == QUIET)
		return;
	p->quiet++;
	p->after = p->after || ispast(text);
	for (size_t n = 0; codenext(text, &next, &c); n++) {
		if (!n)
			lineput(p, text);
		c.exact = c.exact && !(p->after && c.offset && strstr(text, "PSW : "));
		codeput(p, &c);
		p->quiet = shown = 0;
	}
	if (shown)
		lineput(p, text);
}

void annotate(const struct annotate *a, const struct klog *log, size_t from, struct buf *out,
	      struct annotated *found)
{
	struct pass p = { .with = a, .log = log, .out = out, .found = found, .quiet = QUIET };

	p.moved = movedby(log, a->symbols);
	for (size_t i = from; i < log->len; i++)
		linelook(&p, i);
	sourcesfree(&p.sources);
}

size_t annotatetitles(const struct klog *log, struct buf *out)
{
	size_t count = 0;

	for (size_t i = 0; i < log->len; i++) {
		const char *at;
		const struct kind *k = klogkind(log, i, true, &at);
		char *title = k ? titleof(log, i, k, at) : NULL;

		if (title) {
			visible(out, title);
			bufputc(out, '\n');
			count++;
		}
		free(title);
	}
	return count;
}

void annotatedfree(struct annotated *found)
{
	listfree(&found->modules);
	listfree(&found->changed);
	listfree(&found->sources);
	*found = (struct annotated){ 0 };
}
