// SPDX-License-Identifier: GPL-2.0-or-later
#include "recipetext.h"

/* The objects are written in two parts, so that a build may well be cut short between them. */
const char *const keepmakefile = "all: out\n"
				 "a.o: $(SRC)/used opt/a\n"
				 "\tcat $(SRC)/used >$@; sleep 0.03; cat opt/a >>$@\n"
				 "b.o: opt/b opt/n\n"
				 "\tcat opt/b >$@; sleep 0.03; cat opt/n >>$@\n"
				 "out: a.o b.o opt/f opt/g opt/v\n"
				 "\tcat $^ >$@\n";

/* Sources: tarballs, patches (which the engine finds by itself), a directory, another package's. */
static void sources(const struct world *w, int p, struct buf *out)
{
	const char *up = partprefix[p];

	if (p == LIB || p == KEEP) {
		bufprintf(out, "%s_SITE := http://127.0.0.1:9\n", up);
		bufprintf(out, "%s_SOURCE = %s-$(%s_VERSION).tar\n", up, partname[p], up);
	}
	if (p == KEEP)
		bufputs(out,
			"KEEP_KEEP_BUILD := y\n"
			"KEEP_DIR = $(if $(filter y,$(CONFIG_KEEP_LOCAL)),$(KEEP_PKGDIR)/src)\n");
	if (p == LOCAL)
		bufputs(out, "LOCAL_DIR := $(LOCAL_PKGDIR)/src\n");
	if (p == TWIN)
		bufputs(out, "TWIN_SRC_OF := lib\n");
	if (p == LIB || p == GEN)
		bufprintf(out, "define %s_POST_UNPACK\n: %d\nendef\n", up,
			  w->recipe[p].noise[UNPACK]);
}

/*
 * Steps add to files and never begin them anew: on top of what an earlier run left, they would
 * come out wrong.
 */
static void configure(int p, int flag, struct buf *out)
{
	bufprintf(out, "echo '%s configure %d' >>conf\n", partname[p], flag);
	if (p == TOP)
		bufputs(out, "echo 'top $(CONFIG_TOP_SHOUT) $(CONFIG_TOP_WORD)' >>conf\n");
	if (p == KEEP)
		bufprintf(
			out,
			"mkdir -p opt\n"
			"for o in a=$(CONFIG_KEEP_A) b=$(CONFIG_KEEP_B) n=$(CONFIG_KEEP_N) f=%d; do\n"
			"\tread -r old <opt/$${o%%%%=*} 2>/dev/null || old=\n"
			"\t[ \"$$old\" = \"$$o\" ] || echo \"$$o\" >opt/$${o%%%%=*}\n"
			"done\n",
			flag);
}

/* $said is what a build may ask git for. */
#define HEAR                                                                                             \
	"said=\"git $$(git -C \"$(SRC)\" log -1 --format=%s 2>/dev/null || echo none)\"\n"               \
	"said=\"$$said $$(git -C \"$(SRC)\" describe --tags --exact-match 2>/dev/null || echo none)\"\n" \
	"if git -C \"$(SRC)\" --no-optional-locks status -uno --porcelain 2>/dev/null | read -r x; "     \
	"then said=\"$$said dirty\"; else said=\"$$said clean\"; fi\n"

static void build(int p, int flag, struct buf *out)
{
	static const char *const use[NPKG] = {
		[LIB] = "cat \"$(SRC)/used\" >>out\n",
		[TWIN] = "cat \"$(SRC)/used\" >>out\n",
		[LEFT] = "cat \"$(SYSROOT)/usr/lib/lib\" >>out\n",
		[RIGHT] = "test -s \"$(SYSROOT)/usr/lib/lib\"\n",
		[TOP] = "cat \"$(SYSROOT)/usr/lib/left\" \"$(SYSROOT)/usr/lib/right\" >>out\n",
		[LOCAL] = "cat \"$(SRC)/used\" \"$(SRC)/far\" >>out\ngen >>out\n" HEAR
			  "echo \"$$said\" >>out\n",
	};

	if (p == KEEP) {
		bufprintf(out,
			  "read -r old <opt/g 2>/dev/null || old=\n"
			  "[ \"$$old\" = g=%d ] || echo g=%d >opt/g\n",
			  flag, flag);
		bufputs(out, HEAR "read -r old <opt/v 2>/dev/null || old=\n"
				  "[ \"$$old\" = \"$$said\" ] || echo \"$$said\" >opt/v\n"
				  "make -f \"$(SRC)/Makefile\" SRC=\"$(SRC)\"\n");
		return;
	}
	bufputs(out, "cat conf >>out\n");
	if (use[p])
		bufputs(out, use[p]);
	bufprintf(out, "echo '%s build %d' >>out\n", partname[p], flag);
}

static void install(int p, int flag, int genflag, struct buf *out)
{
	const char *name = partname[p];

	bufputs(out, "mkdir -p \"$(IMAGE)/target/usr/share\" \"$(IMAGE)/sysroot/usr/lib\"\n");
	bufprintf(out, "cat out >\"$(IMAGE)/sysroot/usr/lib/%s\"\n", name);
	bufprintf(out, "{ cat out; echo '%s install %d'; } >\"$(IMAGE)/target/usr/share/%s\"\n",
		  name, flag, name);
	if (p == GEN)
		bufprintf(
			out,
			"mkdir -p \"$(IMAGE)/host/usr/bin\"\n"
			"printf '#!/bin/sh\\necho gen says %d\\n' >\"$(IMAGE)/host/usr/bin/gen\"\n"
			"chmod 755 \"$(IMAGE)/host/usr/bin/gen\"\n",
			genflag);
	if (p == KEEP)
		bufputs(out, "cat out >\"$(IMAGE)/images/keep.bin\"\n");
}

void recipetext(const struct world *w, int p, struct buf *out)
{
	const struct recipe *r = &w->recipe[p];
	const char *up = partprefix[p];

	bufprintf(out, "# comment %d\n", r->comment);
	bufprintf(out, "%s_VERSION := %d\n%s_LICENSE := MIT\n", up, r->version, up);
	bufprintf(out, "%s_MODE := %s\n%s_DEPENDS :=", up, p == GEN ? "host" : "none", up);
	for (int d = 0; d < NPKG; d++) {
		if (worlddepends(w, p) & 1u << d)
			bufprintf(out, " %s", partname[d]);
	}
	bufputc(out, '\n');
	sources(w, p, out);
	bufprintf(out, "define %s_CONFIGURE\n: %d\n", up, r->noise[CONFIGURE]);
	configure(p, r->flag[CONFIGURE], out);
	bufprintf(out, "endef\ndefine %s_BUILD\n: %d\n", up, r->noise[BUILD]);
	build(p, r->flag[BUILD], out);
	bufprintf(out, "endef\ndefine %s_INSTALL\n: %d\n", up, r->noise[INSTALL]);
	install(p, r->flag[INSTALL], r->flag[BUILD], out);
	bufputs(out, "endef\n");
}

void menutext(const struct world *w, int p, struct buf *out)
{
	bufprintf(out, "config PACKAGE_%s\n\tbool \"%s\"\n", partprefix[p], partname[p]);
	for (int d = 0; d < NPKG; d++) {
		if (worlddepends(w, p) & 1u << d)
			bufprintf(out, "\tselect PACKAGE_%s\n", partprefix[d]);
	}
	if (p == TWIN)
		bufputs(out, "\tdepends on PACKAGE_LIB\n");
	bufputs(out, "\thelp\n\t  For a walk.\n\n");
	if (p == TOP)
		bufputs(out, "config TOP_SHOUT\n\tbool \"shout\"\n\tdepends on PACKAGE_TOP\n\n"
			     "config TOP_WORD\n\tstring \"word\"\n\tdefault \"plain\"\n");
	if (p == KEEP)
		bufputs(out, "if PACKAGE_KEEP\n\n"
			     "config KEEP_A\n\tbool \"a\"\n\n"
			     "config KEEP_B\n\tbool \"b\"\n\n"
			     "config KEEP_N\n\tint \"n\"\n\tdefault 3\n\trange 0 9\n\n"
			     "config KEEP_LOCAL\n\tbool \"sources in a directory\"\n\n"
			     "endif\n");
}
