// SPDX-License-Identifier: GPL-2.0-or-later
#include "world.h"

#include <stdlib.h>
#include <string.h>

const char *const partname[NPARTS] = { "gen", "lib",   "twin", "left",	"right",
				       "top", "local", "keep", "rootfs" };
const char *const partprefix[NPKG] = {
	"GEN", "LIB", "TWIN", "LEFT", "RIGHT", "TOP", "LOCAL", "KEEP"
};
const char *const stepname[NSTEP] = { "UNPACK", "CONFIGURE", "BUILD", "INSTALL" };

unsigned int worlddepends(const struct world *w, int p)
{
	switch (p) {
	case LEFT:
		return 1u << LIB;
	case RIGHT:
		return 1u << LIB | (w->rightgen ? 1u << GEN : 0);
	case TOP:
		return 1u << LEFT | 1u << RIGHT;
	case LOCAL:
		return 1u << GEN;
	default:
		return 0;
	}
}

void sourcepatched(int p, int version, const char *file, int text, struct buf *out)
{
	/* The last version of lib differs from the one before only in what does not count. */
	if (p == LIB && version == LIBVERSIONS && strcmp(file, "used") == 0)
		version--;
	bufprintf(out, "%s %s of version %d\na\nb\nc\n", partname[p], file, version);
	if (text)
		bufprintf(out, "patched %d\n", text);
	else
		bufputs(out, "plain\n");
}

void sourcetext(int p, int version, const char *file, struct buf *out)
{
	sourcepatched(p, version, file, 0, out);
}

void localtext(int tree, const char *file, int text, struct buf *out)
{
	bufprintf(out, "%s %s, edited %d\n", tree == KEEPTREE ? "keep" : "local", file, text);
}

int localdirty(const struct world *w, int tree)
{
	const struct repo *r = &w->repo[tree];

	/* a file that is not tracked is no edit, one that is gone is */
	return r->used != w->used[tree] || r->unused != w->unused[tree] ||
	       (r->more && !w->more[tree]);
}

void localgit(const struct world *w, int tree, struct buf *out)
{
	const struct repo *r = &w->repo[tree];

	if (!r->on) {
		bufputs(out, "git none none clean\n");
		return;
	}
	bufprintf(out, "git commit-%d ", r->commit);
	if (r->tag)
		bufprintf(out, "tag-%d ", r->tag);
	else
		bufputs(out, "none ");
	bufputs(out, localdirty(w, tree) ? "dirty\n" : "clean\n");
}

long sourcedate(int version)
{
	return 1262304000 + version * 86400L * 365; /* from 2010 on */
}

static size_t linelen(const char *p)
{
	return strcspn(p, "\n");
}

/* The symbol that a line of .config is on, without CONFIG_, and its length; or NULL. */
static const char *linesymbol(const char *line, size_t *len)
{
	if (strncmp(line, "# ", 2) == 0)
		line += 2;
	if (strncmp(line, "CONFIG_", 7) != 0)
		return NULL;
	*len = strcspn(line + 7, "= \n");
	return line + 7;
}

void configget(const char *config, const char *symbol, struct buf *out)
{
	for (const char *p = config; *p; p += linelen(p), p += *p == '\n') {
		size_t len;
		const char *name = linesymbol(p, &len);

		if (name && len == strlen(symbol) && memcmp(name, symbol, len) == 0 &&
		    name[len] == '=')
			bufadd(out, name + len + 1, linelen(name + len + 1));
	}
}

int configon(const char *config, const char *symbol)
{
	struct buf value = { 0 };
	int ret;

	configget(config, symbol, &value);
	ret = strcmp(bufstr(&value), "y") == 0;
	buffree(&value);
	return ret;
}

int packageon(const char *config, int p)
{
	char *symbol = xasprintf("PACKAGE_%s", partprefix[p]);
	int ret = configon(config, symbol);

	free(symbol);
	return ret;
}

void configset(struct buf *config, const char *symbol, const char *line)
{
	size_t want = strcspn(symbol, "*");
	struct buf out = { 0 };

	for (const char *p = bufstr(config); *p; p += linelen(p), p += *p == '\n') {
		size_t len;
		const char *name = linesymbol(p, &len);

		if (name && (symbol[want] ? len >= want : len == want) &&
		    memcmp(name, symbol, want) == 0)
			continue;
		bufadd(&out, p, linelen(p));
		bufputc(&out, '\n');
	}
	if (*line)
		bufprintf(&out, "%s\n", line);
	buffree(config);
	*config = out;
}

void diceseed(struct dice *d, unsigned long seed)
{
	d->state = (seed + 1) * 0x9e3779b97f4a7c15u;
	for (int i = 0; i < 8; i++)
		roll(d, 2);
}

/* xorshift64* */
int roll(struct dice *d, int n)
{
	d->state ^= d->state >> 12;
	d->state ^= d->state << 25;
	d->state ^= d->state >> 27;
	return (int)((d->state * 0x2545f4914f6cdd1du >> 33) % (unsigned int)n);
}
