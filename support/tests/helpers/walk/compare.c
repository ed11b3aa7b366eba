// SPDX-License-Identifier: GPL-2.0-or-later
#include "compare.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/msg.h"
#include "fs/file.h"

/* Symbols that tell how to build, not what; results are the same with any of their values. */
#define CONFIGHOW "CACHE"

static struct {
	char state[DIGESTHEX];
	const struct result *result;
} * memory;
static size_t memorylen;

static void listtree(const char *root, const char *rel, struct buf *out)
{
	char *path = *rel ? pathjoin(root, rel) : xstrdup(root);
	struct strlist names = { 0 };
	char hex[DIGESTHEX] = "-";
	char target[256];
	ssize_t n;
	struct stat st;

	if (lstat(path, &st) < 0)
		die("cannot look at %s:", path);
	if (S_ISREG(st.st_mode) && digestfile(path, hex) < 0)
		die("cannot read %s:", path);
	bufprintf(out, "%06o %s %s", (unsigned int)st.st_mode, hex, rel);
	if (S_ISLNK(st.st_mode) && (n = readlink(path, target, sizeof(target))) >= 0)
		bufprintf(out, " -> %.*s", (int)n, target);
	bufputc(out, '\n');
	if (S_ISDIR(st.st_mode) && dirlist(path, &names) < 0)
		die("cannot read %s:", path);
	for (size_t i = 0; i < names.len; i++) {
		char *sub = *rel ? pathjoin(rel, names.item[i]) : xstrdup(names.item[i]);

		listtree(root, sub, out);
		free(sub);
	}
	listfree(&names);
	free(path);
}

void resultread(const char *out, struct result *r)
{
	char *images = pathjoin(out, "images");
	char *config = pathjoin(out, ".config");
	struct buf text = { 0 };

	memset(r, 0, sizeof(*r));
	listtree(images, "", &r->images);
	if (fileread(config, &r->config) < 0)
		die("cannot read %s:", config);
	configset(&r->config, CONFIGHOW "*", "");
	buffree(&text);
	free(images);
	free(config);
}

void resultfree(struct result *r)
{
	buffree(&r->images);
	buffree(&r->config);
}

/* Nonzero if one of text's lines is the len bytes at line. */
static int linehas(const char *text, const char *line, size_t len)
{
	for (const char *p = text; *p; p += strcspn(p, "\n"), p += *p == '\n') {
		if (strcspn(p, "\n") == len && memcmp(p, line, len) == 0)
			return 1;
	}
	return 0;
}

/* Lines of a that are not in b. */
static void only(struct buf *a, struct buf *b, char sign, struct buf *out)
{
	size_t len;

	for (const char *p = bufstr(a); *p; p += len, p += *p == '\n') {
		len = strcspn(p, "\n");
		if (!linehas(bufstr(b), p, len))
			bufprintf(out, "%c %.*s\n", sign, (int)len, p);
	}
}

void resultdiff(const struct result *a, const struct result *b, struct buf *out)
{
	struct result x = *a, y = *b;

	only(&x.images, &y.images, '-', out);
	only(&y.images, &x.images, '+', out);
	only(&x.config, &y.config, '-', out);
	only(&y.config, &x.config, '+', out);
}

void statedigest(const struct world *w, const char *config, char hex[DIGESTHEX])
{
	struct digest *d = digestnew();
	struct world counts = *w;
	struct buf text = { 0 };

	counts.overlaygit = 0;
	bufputs(&text, config);
	configset(&text, CONFIGHOW "*", "");
	digestadd(d, &counts, sizeof(counts));
	digestadd(d, bufstr(&text), text.len);
	digestend(d, hex);
	buffree(&text);
}

const struct result *recall(const char state[DIGESTHEX])
{
	for (size_t i = 0; i < memorylen; i++) {
		if (strcmp(memory[i].state, state) == 0)
			return memory[i].result;
	}
	return NULL;
}

void remember(const char state[DIGESTHEX], const struct result *r)
{
	memory = xrealloc(memory, (memorylen + 1) * sizeof(*memory));
	memcpy(memory[memorylen].state, state, DIGESTHEX);
	memory[memorylen++].result = r;
}

/* The line that the manifest has to have for p. */
static void manifestline(const struct world *w, const char *config, int p, struct buf *out)
{
	struct buf text = { 0 };
	char hex[DIGESTHEX];

	modelfile(w, config, p, &text);
	digestbytes(bufstr(&text), text.len, hex);
	bufprintf(out, "/usr/share/%s file 0644 0 0 %zu %s %s", partname[p], text.len, hex,
		  partname[p]);
	buffree(&text);
}

void manifestcheck(const struct world *w, const char *config, const char *out, struct buf *wrong)
{
	char *path = pathjoin(out, "images/rootfs.manifest");
	struct buf manifest = { 0 };

	if (fileread(path, &manifest) < 0)
		die("cannot read %s:", path);
	for (int p = 0; p < NPKG; p++) {
		char *name = xasprintf("/usr/share/%s ", partname[p]);
		struct buf line = { 0 };

		manifestline(w, config, p, &line);
		if (packageon(config, p) && !linehas(bufstr(&manifest), line.data, line.len))
			bufprintf(wrong, "the manifest has no line '%s'\n", line.data);
		if (!packageon(config, p) && strstr(bufstr(&manifest), name))
			bufprintf(wrong, "%s is not chosen, but its file is there\n", partname[p]);
		buffree(&line);
		free(name);
	}
	buffree(&manifest);
	free(path);
}
