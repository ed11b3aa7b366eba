// SPDX-License-Identifier: GPL-2.0-or-later
#include "specs.h"

#include <string.h>

/*
 * musl has everything in libc. Of the gccs' own specs some add libatomic at -pthread, and some do
 * not know that option: it is known by being named.
 */
static const char onelibrary[] = "*lib:\n"
				 "-lc %{pthread:}\n"
				 "\n";

/* Link everything statically, except shared libraries. */
static const char linkstatic[] = "*self_spec:\n"
				 "%{!shared:%{pie:%<pie -static-pie;!static-pie:-static}}\n"
				 "\n";

/*
 * Search the package's -isystem directories first, then the sysroot's headers, then gcc's. musl
 * needs this order: it brings its own stddef.h, and leaves other headers to the compiler. No
 * default search directory of ld or gcc remains: link_libgcc (below) replaces gcc's list of library
 * directories, -nostdlib removes ld's own, and -rpath-link precedes ld's defaults for the
 * dependencies of shared libraries.
 */
static const char everything[] =
	"%rename cpp_unique_options wcc_cpp_unique_options\n"
	"\n"
	"*cpp_unique_options:\n"
	"%(wcc_cpp_unique_options) %{!nostdinc:-nostdinc"
	" -isystem %:getenv(SYSROOT /usr/include) -isystem include%s}\n"
	"\n"
	"%rename link wcc_link\n"
	"\n"
	"*link:\n"
	"%(wcc_link) -nostdlib"
	" -rpath-link %:getenv(SYSROOT /usr/lib) -rpath-link %:getenv(SYSROOT /lib)";

static const char gccends[] = "\n"
			      "\n"
			      "*libgcc:\n"
			      "libgcc.a%s %:if-exists(libgcc_eh.a%s)\n"
			      "\n"
			      "*endfile:\n"
			      "%{static:crtend.o%s;shared|static-pie|pie:crtendS.o%s;:crtend.o%s} ";

/*
 * For a gcc whose start files and libraries do not fit, because it is for a system without Linux or
 * for other -m options. musl works without crtbegin.o and crtend.o.
 */
static const char ownends[] = " %%{!shared:-e _start}\n"
			      "\n"
			      "*libgcc:\n"
			      "%s\n"
			      "\n"
			      "*endfile:\n";

static const char libraries[] = "%:getenv(SYSROOT /usr/lib/crtn.o)\n"
				"\n"
				"*link_libgcc:\n"
				"-L%:getenv(SYSROOT /usr/lib) -L%:getenv(SYSROOT /lib)";

static const char startfile[] = "\n"
				"\n"
				"*startfile:\n";

static const char start[] = "%{shared:;"
			    "static-pie:%:getenv(SYSROOT /usr/lib/rcrt1.o);"
			    "static:%:getenv(SYSROOT /usr/lib/crt1.o);"
			    "pie:%:getenv(SYSROOT /usr/lib/Scrt1.o);"
			    ":%:getenv(SYSROOT /usr/lib/crt1.o)}"
			    " %:getenv(SYSROOT /usr/lib/crti.o)";

static const char gccstart[] =
	" %{static:crtbeginT.o%s;shared|static-pie|pie:crtbeginS.o%s;:crtbegin.o%s}";

static const char nolibc[] = "%ewcc: there is no C library to link with ($SYSROOT/usr/lib/crt1.o):"
			     " let the package depend on it\n"
			     "\n";

static const char noshared[] =
	"%{static|static-pie:;:"
	"%ewcc: there is no shared C library to link with ($SYSROOT/usr/lib/libc.so):"
	" link statically, or build the C library as a shared one too} ";

void specswrite(const struct specs *s, struct buf *out)
{
	bufputs(out, onelibrary);
	if (!s->dynamic)
		bufputs(out, linkstatic);
	bufputs(out, everything);
	if (s->loader)
		bufprintf(out, " %%{!shared:%%{!static:%%{!static-pie:-dynamic-linker /lib/%s}}}",
			  s->loader);
	if (s->libgcc)
		bufprintf(out, ownends, s->libgcc);
	else
		bufputs(out, gccends);
	bufputs(out, libraries);
	if (s->lgcc && s->libgcc)
		bufprintf(out, " -L%.*s", (int)(strrchr(s->libgcc, '/') - s->libgcc), s->libgcc);
	else if (s->lgcc)
		bufputs(out, " -L .%s");
	bufputs(out, startfile);
	if (!s->haslibc) {
		bufputs(out, nolibc);
		return;
	}
	if (!s->hasshared)
		bufputs(out, noshared);
	bufputs(out, start);
	if (!s->libgcc)
		bufputs(out, gccstart);
	bufputs(out, "\n\n");
}
